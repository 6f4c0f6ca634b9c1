//! Kubernetes objects in any document, by content and not by file name.

use super::{Object, Pod};
use syntax::Node;

/// How deep to look for pod templates inside custom resources.
const TEMPLATE_DEPTH: usize = 12;

/// `apiVersion` and `kind` of a mapping that is a Kubernetes object.
pub fn type_of(node: Node<'_>) -> Option<(&str, &str)> {
    let api_version = node.get("apiVersion").as_str()?;
    let kind = node.get("kind").as_str()?;
    (is_api_version(api_version) && !kind.is_empty()).then_some((api_version, kind))
}

/// `v1`, `apps/v1beta2`, `example.com/v1alpha1`: what Kubernetes takes for an apiVersion.
fn is_api_version(text: &str) -> bool {
    let version = text.rsplit('/').next().unwrap_or(text);
    text.matches('/').count() <= 1
        && !text.is_empty()
        && !version.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'/'))
}

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// An object, with its `apiVersion` and `kind`.
    Object(Node<'a>, &'a str, &'a str),
    /// Something that stands where an object should, or looks like one, but is none; and why.
    Broken(Node<'a>, &'static str),
}

/// Calls `found` for the object at `root`, or for each item if it is a list, nested lists included; and for
/// what looks like an object but can't be taken for one.
pub fn parts<'a>(root: Node<'a>, found: &mut impl FnMut(Part<'a>)) {
    match type_of(root) {
        Some((api_version, kind)) => walk(root, api_version, kind, found),
        None => {
            if let Some(why) = nearly_an_object(root) {
                found(Part::Broken(root, why));
            }
        }
    }
}

/// The items of a `List` (or `PodList`, whose items need not say what they are) and the objects of an OpenShift
/// `Template`; `None` for anything else.
fn members<'a>(root: Node<'a>, api_version: &str, kind: &'a str) -> Option<(Node<'a>, &'a str)> {
    let (items, objects) = (root.get("items"), root.get("objects"));
    if let Some(item_kind) = kind.strip_suffix("List")
        && (items.is_seq() || kind == "List")
    {
        return Some((items, item_kind));
    }
    let openshift = matches!(api_version, "v1" | "template.openshift.io/v1");
    (kind == "Template" && openshift && objects.is_set()).then_some((objects, ""))
}

fn walk<'a>(root: Node<'a>, api_version: &'a str, kind: &'a str, found: &mut impl FnMut(Part<'a>)) {
    let Some((list, item_kind)) = members(root, api_version, kind) else {
        return found(Part::Object(root, api_version, kind));
    };
    if list.is_set() && !list.is_seq() {
        found(Part::Broken(list, "the objects of a list should be items of a sequence"));
    }
    for item in list.items() {
        match type_of(item) {
            Some((api_version, kind)) => walk(item, api_version, kind, found),
            // Items of a typed list take over its type, as `kubectl` reads them.
            None if item.is_map() && !item_kind.is_empty() && !item.get("kind").is_set() => {
                found(Part::Object(item, api_version, item_kind));
            }
            None => {
                found(Part::Broken(item, "an item of a list is no object: it needs `apiVersion` and `kind`"));
            }
        }
    }
}

/// Why a mapping that is plainly meant for an object is none.
fn nearly_an_object(node: Node<'_>) -> Option<&'static str> {
    let (api_version, kind) = (node.get("apiVersion"), node.get("kind"));
    if api_version.exists() && kind.exists() {
        return Some("`apiVersion` and `kind` are there, but can't be read as those of a Kubernetes object");
    }
    let body = node.get("spec").is_map() || node.get("data").is_map() || node.get("rules").is_seq();
    let named = node.at("metadata.name").scalar().is_some();
    match (api_version.as_str(), kind.as_str()) {
        (None, Some(_)) if body && named => {
            Some("it looks like a Kubernetes object, but has no `apiVersion`")
        }
        (Some(text), None) if body && named && is_api_version(text) => {
            Some("it looks like a Kubernetes object, but has no `kind`")
        }
        _ => None,
    }
}

/// The pods that `object` stands for: one for a Pod or a controller, any number for a custom resource, none
/// for most kinds.
pub fn pods<'a>(object: &Object<'a>) -> Vec<Pod<'a>> {
    if object.is_builtin() {
        let node = match object.kind {
            "Pod" => object.root,
            "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicationController" => {
                object.root.at("spec.template")
            }
            "CronJob" => object.root.at("spec.jobTemplate.spec.template"),
            "PodTemplate" => object.root.get("template"),
            // Its schema may describe pods, but makes none.
            "CustomResourceDefinition" => return Vec::new(),
            _ => return by_shape(object),
        };
        return if node.is_map() { vec![Pod { owner: *object, template: node }] } else { Vec::new() };
    }
    by_shape(object)
}

/// What should be the pod template of a workload but is none: the place, and its name in a message.
pub fn lacks_template<'a>(object: &Object<'a>) -> Option<(Node<'a>, &'static str)> {
    if !object.is_builtin() {
        return None;
    }
    let (node, what) = match object.kind {
        "Pod" => (object.spec(), "spec"),
        "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicationController" => {
            (object.root.at("spec.template"), "spec.template")
        }
        "CronJob" => (object.root.at("spec.jobTemplate.spec.template"), "spec.jobTemplate.spec.template"),
        _ => return None,
    };
    let spec = if object.kind == "Pod" { node } else { node.get("spec") };
    (!node.is_map() || !spec.is_map()).then_some((node, what))
}

fn by_shape<'a>(object: &Object<'a>) -> Vec<Pod<'a>> {
    let mut found = Vec::new();
    search(object, object.spec(), 0, &mut found);
    found
}

/// Looks below `node` for mappings of the shape of a pod template: `spec.containers` is a list of mappings
/// of which at least one has an image.
fn search<'a>(object: &Object<'a>, node: Node<'a>, depth: usize, found: &mut Vec<Pod<'a>>) {
    if depth > TEMPLATE_DEPTH {
        return;
    }
    if looks_like_template(node) {
        found.push(Pod { owner: *object, template: node });
        return;
    }
    if node.is_map() {
        for (_, value) in node.entries() {
            search(object, value, depth + 1, found);
        }
    } else {
        for item in node.items() {
            search(object, item, depth + 1, found);
        }
    }
}

fn looks_like_template(node: Node<'_>) -> bool {
    let containers = node.at("spec.containers");
    containers.is_seq()
        && containers.items().all(Node::is_map)
        && containers.items().any(|c| c.get("image").is_set())
}
