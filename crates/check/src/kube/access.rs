//! Who holds which role: bindings, their subjects, and aggregation.

use super::{Object, select};
use std::collections::{BTreeSet, HashMap};
use syntax::Node;

/// Comparisons of labels that aggregation may cost in one inventory, against inputs made to be slow.
const AGGREGATION_BUDGET: usize = 1_000_000;

/// Bindings of one group that are looked at for each service account; more tell nothing new.
const MOST_OF_A_GROUP: usize = 64;

/// Bindings of one role that are looked at; a role with more is as widely held as can be.
const MOST_OF_A_ROLE: usize = 1024;

/// What kind of identity a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// A user by name.
    User,
    /// A group of users.
    Group,
    /// A service account.
    ServiceAccount,
    /// Something Kubernetes does not know.
    Other,
}

/// A subject of a binding.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// Its mapping.
    pub node: Node<'a>,
    /// What kind it is.
    pub kind: SubjectKind,
    /// Its name.
    pub name: &'a str,
    /// The namespace of a service account: as written, else that of the binding; empty otherwise.
    pub namespace: &'a str,
}

impl Subject<'_> {
    /// How to call it in a message.
    pub fn label(&self) -> String {
        match self.kind {
            SubjectKind::User => format!("user `{}`", self.name),
            SubjectKind::Group => format!("group `{}`", self.name),
            SubjectKind::ServiceAccount if self.namespace.is_empty() => {
                format!("service account `{}`", self.name)
            }
            SubjectKind::ServiceAccount => format!("service account `{}/{}`", self.namespace, self.name),
            SubjectKind::Other => format!("`{}`", self.name),
        }
    }

    /// True if anyone who can reach the API server, or any identity of the cluster, is among the holders.
    pub fn is_broad(&self) -> bool {
        self.is_anonymous() || self.kind == SubjectKind::Group && is_all_group(self.name)
    }

    /// True for those who have not logged in.
    pub fn is_anonymous(&self) -> bool {
        match self.kind {
            SubjectKind::User => self.name == "system:anonymous",
            SubjectKind::Group => self.name == "system:unauthenticated",
            SubjectKind::ServiceAccount | SubjectKind::Other => false,
        }
    }
}

fn is_all_group(name: &str) -> bool {
    matches!(name, "system:authenticated" | "system:serviceaccounts")
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Clone, Debug)]
pub struct Binding<'a> {
    /// The object.
    pub object: Object<'a>,
    /// `roleRef.kind` is `ClusterRole`.
    pub to_cluster_role: bool,
    /// `roleRef.name`.
    pub role: &'a str,
    /// Whom it binds.
    pub subjects: Vec<Subject<'a>>,
}

impl<'a> Binding<'a> {
    /// Reads a binding.
    pub fn new(object: &Object<'a>) -> Self {
        let reference = object.root.get("roleRef");
        let cluster = object.kind == "ClusterRoleBinding";
        let subject = |node: Node<'a>| {
            let kind = match node.get("kind").as_str() {
                Some("User") => SubjectKind::User,
                Some("Group") => SubjectKind::Group,
                Some("ServiceAccount") => SubjectKind::ServiceAccount,
                _ => SubjectKind::Other,
            };
            let written = node.get("namespace").scalar().filter(|n| !n.is_empty());
            let name = node.get("name").scalar().unwrap_or("");
            // A user of this form is the service account.
            let account = name.strip_prefix("system:serviceaccount:").and_then(|n| n.split_once(':'));
            match (kind, account) {
                (SubjectKind::User, Some((namespace, name))) => {
                    Subject { node, kind: SubjectKind::ServiceAccount, name, namespace }
                }
                (SubjectKind::ServiceAccount, _) => {
                    Subject { node, kind, name, namespace: written.unwrap_or_else(|| object.namespace()) }
                }
                _ => Subject { node, kind, name, namespace: "" },
            }
        };
        Self {
            object: *object,
            to_cluster_role: cluster || reference.get("kind").is("ClusterRole"),
            role: reference.get("name").scalar().unwrap_or(""),
            subjects: object.root.get("subjects").items().map(subject).collect(),
        }
    }

    /// True if the role holds in every namespace and for what lives outside of them.
    pub fn is_cluster_wide(&self) -> bool {
        self.object.kind == "ClusterRoleBinding"
    }

    /// `roleRef.name`.
    pub fn role_name(&self) -> Node<'a> {
        self.object.root.path(&["roleRef", "name"])
    }
}

/// All bindings of an inventory, by role and by subject.
#[derive(Debug, Default)]
pub struct Access<'a> {
    bindings: Vec<Binding<'a>>,
    by_role: HashMap<(bool, &'a str, &'a str), Vec<usize>>,
    by_subject: HashMap<(SubjectKind, &'a str, &'a str), Vec<usize>>,
    /// Names of the ClusterRoles that take in the rules of a ClusterRole.
    takers: HashMap<&'a str, Vec<&'a str>>,
    /// The other direction: names of the ClusterRoles whose rules one takes in.
    parts: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Access<'a> {
    /// Reads the bindings and roles among `objects`.
    pub fn new(objects: &[Object<'a>]) -> Self {
        let mut access = Self::default();
        for object in objects {
            if object.is_any(&["RoleBinding", "ClusterRoleBinding"]) {
                access.add(Binding::new(object));
            }
        }
        access.aggregate(objects);
        access
    }

    fn add(&mut self, binding: Binding<'a>) {
        let index = self.bindings.len();
        let namespace = if binding.to_cluster_role { "" } else { binding.object.namespace() };
        let key = (binding.to_cluster_role, namespace, binding.role);
        self.by_role.entry(key).or_default().push(index);
        for subject in &binding.subjects {
            let held = self.by_subject.entry((subject.kind, subject.namespace, subject.name)).or_default();
            if held.last() != Some(&index) {
                held.push(index);
            }
        }
        self.bindings.push(binding);
    }

    fn aggregate(&mut self, objects: &[Object<'a>]) {
        let roles: Vec<&Object<'a>> = objects.iter().filter(|o| o.is_any(&["ClusterRole"])).collect();
        let mut budget = AGGREGATION_BUDGET;
        for role in &roles {
            for (label, value) in role.labels().entries() {
                let to = label.strip_prefix("rbac.authorization.k8s.io/aggregate-to-");
                let name = to.filter(|to| matches!(*to, "admin" | "edit" | "view"));
                if let (Some(name), Some("true")) = (name, value.scalar()) {
                    self.join(role.name(), name);
                }
            }
        }
        for (part, whole) in [("view", "edit"), ("edit", "admin")] {
            self.join(part, whole);
        }
        for whole in &roles {
            let selectors = whole.root.path(&["aggregationRule", "clusterRoleSelectors"]);
            for selector in selectors.items() {
                for part in &roles {
                    budget = budget.saturating_sub(1);
                    if budget > 0 && part != whole && select::matches(selector, part.labels()) {
                        self.join(part.name(), whole.name());
                    }
                }
            }
        }
    }

    fn join(&mut self, part: &'a str, whole: &'a str) {
        self.takers.entry(part).or_default().push(whole);
        self.parts.entry(whole).or_default().push(part);
    }

    /// Names of the ClusterRoles whose rules `name` takes in, directly or through others, itself first.
    pub fn parts<'s>(&'s self, name: &'s str) -> Vec<&'s str> {
        closure(name, &self.parts)
    }

    /// Every binding, in order of file and position.
    pub fn bindings(&self) -> &[Binding<'a>] {
        &self.bindings
    }

    fn listed<'s>(&'s self, indexes: &BTreeSet<usize>) -> Vec<&'s Binding<'a>> {
        indexes.iter().filter_map(|i| self.bindings.get(*i)).collect()
    }

    /// The bindings through which a Role or ClusterRole is held, those of ClusterRoles that take it in by
    /// aggregation among them.
    pub fn of_role(&self, role: &Object<'a>) -> Vec<&Binding<'a>> {
        let mut found = BTreeSet::new();
        if role.name().is_empty() {
            return Vec::new();
        }
        if role.kind == "Role" {
            let key = (false, role.namespace(), role.name());
            let held = self.by_role.get(&key).into_iter().flatten();
            found.extend(held.take(MOST_OF_A_ROLE).copied());
        } else {
            for name in closure(role.name(), &self.takers) {
                let held = self.by_role.get(&(true, "", name)).into_iter().flatten();
                found.extend(held.take(MOST_OF_A_ROLE).copied());
            }
        }
        self.listed(&found)
    }

    /// True if the rules of this ClusterRole end up in another one, whether or not that one is in the input.
    pub fn is_aggregated(&self, role: &Object<'a>) -> bool {
        self.takers.contains_key(role.name())
            || role.labels().entries().any(|(label, _)| label.contains("aggregate-to-"))
    }

    /// The bindings that give a service account its rights: by its name, and by the groups it is in.
    pub fn of_service_account(&self, namespace: &str, name: &str) -> Vec<&Binding<'a>> {
        let group = format!("system:serviceaccounts:{namespace}");
        let keys = [
            (SubjectKind::ServiceAccount, namespace, name),
            (SubjectKind::Group, "", "system:serviceaccounts"),
            (SubjectKind::Group, "", group.as_str()),
            (SubjectKind::Group, "", "system:authenticated"),
        ];
        let mut found = BTreeSet::new();
        for key in keys {
            let most = if key.0 == SubjectKind::Group { MOST_OF_A_GROUP } else { usize::MAX };
            found.extend(self.by_subject.get(&key).into_iter().flatten().take(most).copied());
        }
        self.listed(&found)
    }

    /// True if a role is bound to this very account or to all accounts of its namespace.
    pub fn is_bound(&self, namespace: &str, name: &str) -> bool {
        let group = format!("system:serviceaccounts:{namespace}");
        self.by_subject.contains_key(&(SubjectKind::ServiceAccount, namespace, name))
            || self.by_subject.contains_key(&(SubjectKind::Group, "", group.as_str()))
    }

    /// The bindings that name a service account itself.
    pub fn naming(&self, namespace: &str, name: &str) -> Vec<&Binding<'a>> {
        let key = (SubjectKind::ServiceAccount, namespace, name);
        self.listed(&self.by_subject.get(&key).into_iter().flatten().copied().collect())
    }
}

/// `start` and everything that `links` lead to from there, each once.
fn closure<'s>(start: &'s str, links: &HashMap<&'s str, Vec<&'s str>>) -> Vec<&'s str> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut open = vec![start];
    while let Some(name) = open.pop() {
        if seen.insert(name) {
            found.push(name);
            open.extend(links.get(name).into_iter().flatten());
        }
    }
    found
}
