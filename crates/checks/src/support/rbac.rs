//! Judging what roles allow: one finding for each rule that gives a power, as bad as the role's reach.

use check::kube::rbac::{Ask, GROUP, Grant, Power, Rule, is_bootstrapped, rules};
use check::kube::{Binding, SubjectKind};
use check::{Cx, Object, Out};
use model::{Severity, Why, WhyCode};
use syntax::Node;

/// The kinds with rules.
pub const ROLES: &[&str] = &["Role", "ClusterRole"];

/// The kinds that give roles to subjects.
pub const BINDINGS: &[&str] = &["RoleBinding", "ClusterRoleBinding"];

/// Verbs that change or make an object.
pub const WRITES: &[&str] = &["create", "update", "patch"];

/// Verbs that change, make or remove an object.
pub const MANAGES: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];

/// A power over things in namespaces.
pub const fn namespaced(what: &'static str, asks: &'static [Ask]) -> Power {
    Power { what, asks, namespaced: true, though_named: false }
}

/// A power over things outside of namespaces.
pub const fn cluster_wide(what: &'static str, asks: &'static [Ask]) -> Power {
    Power { what, asks, namespaced: false, though_named: false }
}

/// Any of `verbs` on `resource` of the RBAC group.
pub const fn on_rbac(resource: &'static str, verbs: &'static [&'static str]) -> Ask {
    Ask::on(GROUP, resource, "", verbs)
}

/// Who holds a role, and where it holds.
#[derive(Debug)]
pub struct Reach<'s, 'a> {
    /// The bindings through which it is held.
    pub bindings: Vec<&'s Binding<'a>>,
    /// True if it holds, or can hold, in every namespace and outside of them.
    pub cluster_wide: bool,
    /// True if the input has bindings, but none for this role.
    pub unbound: bool,
}

impl<'a> Reach<'_, 'a> {
    /// Looks up a role.
    pub fn of(role: &Object<'a>, cx: &Cx<'a>) -> Reach<'a, 'a> {
        let access = cx.inventory.access();
        let bindings = access.of_role(role);
        let cluster_wide = role.kind == "ClusterRole"
            && (bindings.is_empty() || bindings.iter().any(|b| b.is_cluster_wide()));
        let unbound = bindings.is_empty()
            && !access.bindings().is_empty()
            && !access.is_aggregated(role)
            && cx.settings.complete;
        Reach { bindings, cluster_wide, unbound }
    }

    /// How to call those who hold it: ``service account `a/b` and 2 others``.
    pub fn holders(&self) -> String {
        let mut names: Vec<String> =
            self.bindings.iter().flat_map(|b| &b.subjects).map(check::kube::access::Subject::label).collect();
        names.sort();
        names.dedup();
        match names.as_slice() {
            [] => "whoever holds it".to_owned(),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [one, rest @ ..] => format!("{one} and {} others", rest.len()),
        }
    }

    /// Where it holds, for a message.
    pub fn scope(&self, role: &Object<'_>) -> String {
        if self.cluster_wide {
            return "in every namespace".to_owned();
        }
        let mut spaces: Vec<&str> = self.bindings.iter().map(|b| b.object.namespace()).collect();
        spaces.sort_unstable();
        spaces.dedup();
        match (role.kind, spaces.as_slice()) {
            ("ClusterRole", [one]) => format!("in namespace `{one}`"),
            ("ClusterRole", many) => format!("in {} namespaces", many.len()),
            _ => format!("in namespace `{}`", role.namespace()),
        }
    }

    /// True if anyone at all, or everyone in the cluster, holds it.
    pub fn is_broad(&self) -> bool {
        self.bindings.iter().flat_map(|b| &b.subjects).any(check::kube::access::Subject::is_broad)
    }

    /// How bad a fault is here that is `base` for a role bound throughout the cluster.
    pub fn severity(&self, role: &Object<'_>, base: Severity, namespaced: bool) -> Severity {
        if !namespaced && !self.cluster_wide {
            return Severity::Low;
        }
        let mut severity = base;
        if !self.cluster_wide {
            severity = lower(severity);
        }
        if self.unbound {
            severity = lower(severity);
        }
        if role.name().starts_with("system:") {
            severity = lower(severity);
        }
        if self.is_broad() { raise(severity) } else { severity }
    }
}

/// One step down, but not below low.
pub fn lower(severity: Severity) -> Severity {
    match severity {
        Severity::Critical => Severity::High,
        Severity::High => Severity::Medium,
        Severity::Medium | Severity::Low => Severity::Low,
        Severity::Info => Severity::Info,
    }
}

/// One step up.
pub fn raise(severity: Severity) -> Severity {
    match severity {
        Severity::Critical | Severity::High => Severity::Critical,
        Severity::Medium => Severity::High,
        Severity::Low | Severity::Info => Severity::Medium,
    }
}

/// The rules of a role that a check should look at: none for the ones that the API server itself makes.
/// What can't be read in them is noted.
pub fn readable<'a>(role: &Object<'a>, out: &mut Out<'a>) -> Vec<Rule<'a>> {
    if is_bootstrapped(role) {
        return Vec::new();
    }
    let list = role.root.get("rules");
    if list.is_set() && !list.is_seq() {
        malformed(list, "`rules` should be a list", out);
    }
    let found: Vec<Rule<'a>> = rules(role).collect();
    for rule in &found {
        for part in [rule.verbs(), rule.groups(), rule.resources(), rule.names()] {
            if part.is_set() && !part.is_seq() {
                malformed(part, "this part of a rule should be a list of strings", out);
            }
            for item in part.items() {
                if let model::Val::Unknown(why, place) = item.name() {
                    out.unknown(place, why);
                }
            }
        }
    }
    found
}

fn malformed<'a>(place: Node<'a>, what: &str, out: &mut Out<'a>) {
    let detail = match place.scalar().and_then(syntax::placeholder::find) {
        Some(expression) => format!("it is filled in later by `{expression}`"),
        None => what.to_owned(),
    };
    let code = if detail.starts_with("it is filled") { WhyCode::Unresolved } else { WhyCode::Malformed };
    out.unknown(place, Why::new(code, detail));
}

/// Which wildcards a check counts itself; the others are left to the checks on wildcards, so that one cause
/// is one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Star {
    /// Only resources that are named.
    Named,
    /// `*` for the resource as well, if the verb is named.
    AnyResource,
}

/// Judges a role for a power: one finding for each rule that gives it, at the resource.
pub fn judge<'a>(
    role: &Object<'a>,
    cx: &Cx<'a>,
    out: &mut Out<'a>,
    (base, power, star): (Severity, &Power, Star),
) {
    at(role, cx, out, (base, power, star), |grant| grant.resource);
}

/// Judges a role for a power that lies in the verb: one finding for each rule that gives it, at the verb.
pub fn judge_verb<'a>(role: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>, what: (Severity, &Power, Star)) {
    at(role, cx, out, what, |grant| grant.verb);
}

fn at<'a>(
    role: &Object<'a>,
    cx: &Cx<'a>,
    out: &mut Out<'a>,
    (base, power, star): (Severity, &Power, Star),
    place: impl Fn(&Grant<'a>) -> Node<'a>,
) {
    let mut reach = None;
    for rule in readable(role, out) {
        let mut grants = rule.gives(power);
        grants.retain(|g| !g.any_resource() || (star == Star::AnyResource && !g.any_verb()));
        let Some(first) = grants.first() else { continue };
        let reach = reach.get_or_insert_with(|| Reach::of(role, cx));
        let scope = scope(role, reach, power.namespaced);
        let message = format!(
            "{} `{}` lets {} {}{scope}: {} on {}",
            role.kind,
            role.name(),
            reach.holders(),
            power.what,
            listed(grants.iter().map(|g| g.verb)),
            listed(grants.iter().map(|g| g.resource)),
        );
        let draft = out.fail(place(first), message);
        draft.severity(reach.severity(role, base, power.namespaced)).key(key_of(&rule));
        for binding in reach.bindings.iter().take(3) {
            draft.related(&binding.object, format!("this {} gives the role", binding.object.kind));
        }
    }
}

/// Where a power holds, as the end of a clause.
pub fn scope(role: &Object<'_>, reach: &Reach<'_, '_>, namespaced: bool) -> String {
    match (namespaced, reach.cluster_wide) {
        (true, _) => format!(" {}", reach.scope(role)),
        (false, true) => String::new(),
        (false, false) => " (without effect until it is bound to the whole cluster)".to_owned(),
    }
}

/// How many names a message lists before it counts the others.
const NAMED: usize = 6;

/// Items as `` `a`, `b` and `c` ``, each once; the others of a long list are counted.
pub fn listed<'a>(items: impl Iterator<Item = Node<'a>>) -> String {
    let mut names: Vec<String> = Vec::new();
    for item in items {
        let name = format!("`{}`", item.scalar().unwrap_or(""));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        many if many.len() > NAMED + 1 => {
            let first: Vec<&str> = many.iter().take(NAMED).map(String::as_str).collect();
            format!("{} and {} more", first.join(", "), many.len() - NAMED)
        }
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// What tells a rule from the others of its role, whatever their order.
pub fn key_of(rule: &Rule<'_>) -> String {
    let part = |list: Node<'_>| {
        let mut items: Vec<&str> = list.items().filter_map(Node::scalar).collect();
        items.sort_unstable();
        items.join(",")
    };
    [rule.groups(), rule.resources(), rule.verbs(), rule.names(), rule.urls()].map(part).join(";")
}

/// Reads a binding for a check; notes a name of a role or a subject that is filled in later.
pub fn binding<'a>(object: &Object<'a>, out: &mut Out<'a>) -> Binding<'a> {
    let binding = Binding::new(object);
    out.known(binding.role_name().name());
    for subject in &binding.subjects {
        out.known(subject.node.get("name").name());
    }
    binding
}

/// True if the subject is a part of Kubernetes itself, which gets its rights from the cluster's own setup.
pub fn is_control_plane(subject: &check::kube::access::Subject<'_>) -> bool {
    match subject.kind {
        SubjectKind::User => subject.name.starts_with("system:kube-") || subject.name == "system:apiserver",
        SubjectKind::Group => subject.name == "system:nodes" || subject.name.starts_with("kubeadm:"),
        SubjectKind::ServiceAccount => {
            subject.namespace == "kube-system"
                && (subject.name.ends_with("-controller") || matches!(subject.name, "kube-proxy" | "coredns"))
        }
        SubjectKind::Other => false,
    }
}

/// True for the roles that Kubernetes means for everyone.
pub fn is_public_role(name: &str) -> bool {
    matches!(
        name,
        "system:basic-user"
            | "system:discovery"
            | "system:public-info-viewer"
            | "system:service-account-issuer-discovery"
            | "system:image-puller"
    )
}

/// True for a binding that Kubernetes or kubeadm makes by itself, as met in the dump of a live cluster.
pub fn is_own_setup(binding: &Binding<'_>) -> bool {
    let name = binding.object.name();
    binding.object.labels().get("kubernetes.io/bootstrapping").is("rbac-defaults")
        && (name.starts_with("system:") || name == "cluster-admin")
        || name.starts_with("kubeadm:") && (binding.role.starts_with("kubeadm:") || binding.role == name)
}

/// True if every API group of the rule is one of custom resources, not of Kubernetes itself.
pub fn is_own_api(rule: &Rule<'_>) -> bool {
    !rule.groups().is_empty()
        && rule.groups().items().all(|g| {
            let group = g.as_str().unwrap_or("");
            let own = group.contains('.') && group != "k8s.io" && !group.ends_with(".k8s.io");
            // Groups of numbers that adapters serve; there is nothing to take there.
            own || group.ends_with("metrics.k8s.io")
        })
}

/// The API groups of a rule, for a message.
pub fn groups(rule: &Rule<'_>) -> String {
    let one = |g: Node<'_>| match g.scalar() {
        Some("*") => "every API group".to_owned(),
        None | Some("") => "the core API group".to_owned(),
        Some(group) => format!("`{group}`"),
    };
    let names: Vec<String> = rule.groups().items().map(one).collect();
    if names.is_empty() { "its API groups".to_owned() } else { names.join(", ") }
}
