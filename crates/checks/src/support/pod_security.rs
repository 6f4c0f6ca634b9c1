//! How the Pod Security checks read pods: every container, every security context, and nothing guessed where
//! a template stands or the shape is wrong.

use check::{Container, Cx, Out, Plan, Pod};
use model::{Val, Why, WhyCode};
use syntax::{Kind, Node, Style, placeholder};

/// The first policy version that trusts user namespaces (KEP-127).
const USER_NAMESPACES: u32 = 35;

/// The first policy version that exempts Windows pods from controls that mean nothing there.
const POD_OS: u32 = 25;

/// A security context with the thing it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The container; absent for the pod itself.
    pub container: Option<Container<'a>>,
    /// The container's mapping, or the pod's spec.
    pub node: Node<'a>,
    /// Its `securityContext`, possibly missing.
    pub context: Node<'a>,
}

impl Scope<'_> {
    /// How to call it in a message: `the pod`, or the container's label.
    pub fn label(&self) -> String {
        self.container.map_or_else(|| "the pod".to_owned(), |container| container.label())
    }
}

/// A node that should be a mapping, or should not be there. Anything else is noted as not evaluated.
pub fn mapping<'a>(node: Node<'a>, out: &mut Out<'a>) -> Option<Node<'a>> {
    shaped(node, Kind::Map, out)
}

/// A node that should be a list, or should not be there. Anything else is noted as not evaluated.
pub fn list<'a>(node: Node<'a>, out: &mut Out<'a>) -> Option<Node<'a>> {
    shaped(node, Kind::Seq, out)
}

fn shaped<'a>(node: Node<'a>, kind: Kind, out: &mut Out<'a>) -> Option<Node<'a>> {
    if !node.is_set() || node.kind() == kind {
        return Some(node);
    }
    let name = node.key().unwrap_or("the item");
    let why = if let Some(expression) = node.scalar().and_then(placeholder::find) {
        Why::new(WhyCode::Unresolved, format!("`{name}` is filled in later by `{expression}`"))
    } else {
        let wanted = if kind == Kind::Map { "a mapping" } else { "a list" };
        Why::new(WhyCode::Malformed, format!("`{name}` should be {wanted}"))
    };
    out.unknown(node, why);
    None
}

/// The items of a list of mappings; others are noted as not evaluated.
pub fn maps<'a>(node: Node<'a>, out: &mut Out<'a>) -> Vec<Node<'a>> {
    let Some(node) = list(node, out) else { return Vec::new() };
    node.items().filter(|item| mapping(*item, out).is_some_and(Node::is_set)).collect()
}

/// Every container of a pod: init, sidecar, regular and ephemeral.
pub fn containers<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> Vec<Container<'a>> {
    let Some(spec) = mapping(pod.spec(), out) else { return Vec::new() };
    for key in ["initContainers", "containers", "ephemeralContainers"] {
        maps(spec.get(key), out);
    }
    pod.containers().collect()
}

/// The security contexts of every container of a pod. Where one can't be read it is noted and left out.
pub fn container_scopes<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> Vec<Scope<'a>> {
    let mut scopes = Vec::new();
    for container in containers(pod, out) {
        if let Some(context) = mapping(container.security_context(), out) {
            scopes.push(Scope { container: Some(container), node: container.node, context });
        }
    }
    scopes
}

/// The security context of the pod itself; `None`, with a note, where it can't be read.
pub fn pod_scope<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> Option<Scope<'a>> {
    let node = mapping(pod.spec(), out)?;
    let context = mapping(pod.security_context(), out)?;
    Some(Scope { container: None, node, context })
}

/// The security contexts of the pod and of every container.
pub fn scopes<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> Vec<Scope<'a>> {
    let mut scopes: Vec<_> = pod_scope(pod, out).into_iter().collect();
    if pod.spec().is_map() {
        scopes.extend(container_scopes(pod, out));
    }
    scopes
}

/// True if the pod runs in a user namespace of its own and the policy version honours that. `None`, with a
/// note, if it can't be told.
pub fn in_user_namespace<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) -> Option<bool> {
    if !cx.settings.pss_version.at_least(USER_NAMESPACES) {
        return Some(false);
    }
    match pod.spec().get("hostUsers").bool() {
        Val::Known(host, _) => Some(!host),
        Val::Absent(_) => Some(false),
        Val::Unknown(why, place) => {
            out.unknown(place, why);
            None
        }
    }
}

/// True if the pod is for Windows and the policy version exempts such pods from controls that only mean
/// something on Linux. `None`, with a note, if it can't be told.
pub fn is_exempt_windows<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) -> Option<bool> {
    if !cx.settings.pss_version.at_least(POD_OS) {
        return Some(false);
    }
    match pod.spec().at("os.name").name() {
        Val::Known(name, _) => Some(name == "windows"),
        Val::Absent(_) => Some(false),
        Val::Unknown(why, place) => {
            out.unknown(place, why);
            None
        }
    }
}

/// True, with a note, for objects that hold only a part of a pod: none of the containers has an image, so
/// this is a patch, and what is absent here may stand in what it is applied to.
pub fn is_partial<'a>(pod: &Pod<'a>, out: &mut Out<'a>) -> bool {
    let mut some = false;
    for container in pod.containers() {
        if container.node.get("image").is_set() {
            return false;
        }
        some = true;
    }
    if some {
        let detail = "no container has an image, so this seems to be a patch to a pod that stands elsewhere";
        out.unknown(pod.spec(), Why::new(WhyCode::MissingInput, detail));
    }
    some
}

/// True, with a note, for a container without an image: it is part of a patch, and what is absent here may
/// stand in what it is applied to.
pub fn is_partial_container<'a>(container: &Container<'a>, out: &mut Out<'a>) -> bool {
    let partial = !container.node.get("image").is_set();
    if partial {
        let detail = "the container has no image, so this seems to be a patch to a pod that stands elsewhere";
        out.unknown(container.node, Why::new(WhyCode::MissingInput, detail));
    }
    partial
}

/// How a field stands that may be set for the pod and for single containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Set to what is asked for.
    Good,
    /// Set to something else.
    Bad,
    /// Not set.
    Unset,
    /// Can't be told; already noted.
    Unknown,
}

/// Takes `items` out of the list they stand in: the whole list if nothing would be left.
pub fn without<'a>(plan: Plan<'a>, list: Node<'a>, items: &[Node<'a>]) -> Plan<'a> {
    if items.len() == list.len() {
        return plan.remove(list);
    }
    if list.style() == Style::Flow {
        // Neighbours in brackets share their commas, so the list is written anew.
        let kept = list.items().filter(|item| !items.contains(item)).filter_map(Node::scalar);
        return plan.set(list, &[], kept.collect::<Vec<_>>());
    }
    items.iter().fold(plan, |plan, item| plan.remove(*item))
}

/// Names in a message: `` `A`, `B` ``.
pub fn quoted<'s>(names: impl IntoIterator<Item = &'s str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
