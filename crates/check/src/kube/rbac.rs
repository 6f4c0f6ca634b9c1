//! Rules of Roles and ClusterRoles, as the RBAC authoriser of Kubernetes decides them (Kubernetes
//! documentation, "Using RBAC Authorization"; `rbac.authorization.k8s.io/v1`).

use super::Object;
use syntax::Node;

/// The API group of roles and bindings.
pub const GROUP: &str = "rbac.authorization.k8s.io";

/// A rule of a role.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Its mapping.
    pub node: Node<'a>,
    /// Its position in the role, from 0.
    pub index: usize,
}

/// What makes a rule grant something.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'a> {
    /// The item of `verbs`.
    pub verb: Node<'a>,
    /// The item of `resources`.
    pub resource: Node<'a>,
}

impl Grant<'_> {
    /// True if the verb is `*`.
    pub fn any_verb(&self) -> bool {
        self.verb.is("*")
    }

    /// True if the resource is `*`.
    pub fn any_resource(&self) -> bool {
        self.resource.is("*")
    }
}

/// Something a role can allow, as requests that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    /// What its holder can do, for a message: `read Secrets`.
    pub what: &'static str,
    /// The requests; any one of them is enough.
    pub asks: &'static [Ask],
    /// True if the things live in namespaces, so that a Role can grant it.
    pub namespaced: bool,
    /// True if it counts although the rule is limited to named objects.
    pub though_named: bool,
}

/// A family of requests: any of the verbs on one resource.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// API group; empty for the core group.
    pub group: &'static str,
    /// Plural resource name, `pods`.
    pub resource: &'static str,
    /// Subresource, or empty.
    pub sub: &'static str,
    /// The verbs.
    pub verbs: &'static [&'static str],
}

impl Ask {
    /// Any of `verbs` on `resource` of `group`.
    pub const fn on(
        group: &'static str,
        resource: &'static str,
        sub: &'static str,
        verbs: &'static [&'static str],
    ) -> Self {
        Self { group, resource, sub, verbs }
    }
}

/// The rules of a Role or ClusterRole.
pub fn rules<'a>(role: &Object<'a>) -> impl Iterator<Item = Rule<'a>> + use<'a> {
    role.root.get("rules").items().enumerate().map(|(index, node)| Rule { node, index })
}

fn find(list: Node<'_>, wanted: impl Fn(&str) -> bool) -> Option<Node<'_>> {
    list.items().find(|item| item.scalar().is_some_and(&wanted))
}

impl<'a> Rule<'a> {
    /// `verbs`.
    pub fn verbs(&self) -> Node<'a> {
        self.node.get("verbs")
    }

    /// `apiGroups`.
    pub fn groups(&self) -> Node<'a> {
        self.node.get("apiGroups")
    }

    /// `resources`.
    pub fn resources(&self) -> Node<'a> {
        self.node.get("resources")
    }

    /// `nonResourceURLs`.
    pub fn urls(&self) -> Node<'a> {
        self.node.get("nonResourceURLs")
    }

    /// `resourceNames`.
    pub fn names(&self) -> Node<'a> {
        self.node.get("resourceNames")
    }

    /// True if it holds only for objects with certain names. An empty name in the list stands for requests
    /// without a name (`list`, `create`), which is no limit.
    pub fn is_named(&self) -> bool {
        !self.names().is_empty() && !self.names().items().any(|n| n.scalar().unwrap_or("").is_empty())
    }

    /// The item of `apiGroups` that covers `group`. A rule on resources without `apiGroups`, which the API
    /// server refuses, is taken for what its author meant: its missing list covers every group.
    pub fn group(&self, group: &str) -> Option<Node<'a>> {
        let groups = self.groups();
        if groups.is_empty() && !groups.is_map() {
            return Some(groups);
        }
        find(groups, |g| g == "*" || g == group)
    }

    /// The item of `verbs` that covers `verb`, the exact one rather than `*`.
    pub fn verb(&self, verb: &str) -> Option<Node<'a>> {
        find(self.verbs(), |v| v == verb).or_else(|| find(self.verbs(), |v| v == "*"))
    }

    /// The item of `resources` that covers a resource or subresource, an exact one rather than a wildcard.
    /// `*` covers everything, `*/exec` that subresource of every resource; `pods/*` is no wildcard.
    pub fn resource(&self, resource: &str, sub: &str) -> Option<Node<'a>> {
        let list = self.resources();
        let exact = |item: &str| match item.split_once('/') {
            None => sub.is_empty() && item == resource,
            Some((of, part)) => !sub.is_empty() && part == sub && of == resource,
        };
        let every = |item: &str| !sub.is_empty() && item.strip_prefix("*/") == Some(sub);
        find(list, exact).or_else(|| find(list, every)).or_else(|| find(list, |item| item == "*"))
    }

    /// What grants `verb` on a resource or subresource, if this rule does. Names are not looked at: see
    /// [`Rule::is_named`].
    pub fn grants(&self, group: &str, resource: &str, sub: &str, verb: &str) -> Option<Grant<'a>> {
        self.group(group)?;
        Some(Grant { resource: self.resource(resource, sub)?, verb: self.verb(verb)? })
    }

    /// Everything in this rule that gives a power; empty if it does not. Each pair of items stands once.
    pub fn gives(&self, power: &Power) -> Vec<Grant<'a>> {
        let mut found: Vec<Grant<'a>> = Vec::new();
        if self.is_named() && !power.though_named {
            return found;
        }
        for ask in power.asks {
            for verb in ask.verbs {
                if let Some(grant) = self.grants(ask.group, ask.resource, ask.sub, verb)
                    && !found.iter().any(|g| g.verb == grant.verb && g.resource == grant.resource)
                {
                    found.push(grant);
                }
            }
        }
        found
    }

    /// True if it allows every verb on every resource of every group.
    pub fn is_everything(&self) -> bool {
        !self.is_named()
            && find(self.groups(), |g| g == "*").is_some()
            && find(self.resources(), |r| r == "*").is_some()
            && find(self.verbs(), |v| v == "*").is_some()
    }
}

/// True for a role that the API server itself makes and restores at every start, as met in the dump of a
/// live cluster.
pub fn is_bootstrapped(object: &Object<'_>) -> bool {
    object.labels().get("kubernetes.io/bootstrapping").is("rbac-defaults")
        && (object.name().starts_with("system:") || is_user_facing(object.name()))
}

/// True for the names of the built-in ClusterRoles made for people.
pub fn is_user_facing(name: &str) -> bool {
    matches!(name, "cluster-admin" | "admin" | "edit" | "view")
}

/// ClusterRoles that a cluster has without anyone declaring them: the built-in ones, and those that
/// common distributions and kubeadm add under reserved prefixes.
pub fn is_builtin_cluster_role(name: &str) -> bool {
    is_user_facing(name)
        || name.starts_with("system:")
        || name.starts_with("kubeadm:")
        || name.starts_with("eks:")
        || name.starts_with("gce:")
        || name.starts_with("rancher:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use syntax::{SourceText, yaml};

    fn granted(rule: &str, group: &str, resource: &str, sub: &str, verb: &str) -> bool {
        let tree = yaml::parse(Arc::new(SourceText::new("r.yaml", rule)));
        let node = tree.roots().next().unwrap();
        Rule { node, index: 0 }.grants(group, resource, sub, verb).is_some()
    }

    #[test]
    fn wildcards_hold_as_the_authoriser_reads_them() {
        let pods = "{apiGroups: [''], resources: [pods], verbs: [get]}";
        assert!(granted(pods, "", "pods", "", "get"));
        assert!(!granted(pods, "", "pods", "log", "get"), "a resource does not cover its subresources");
        assert!(!granted(pods, "apps", "pods", "", "get"));
        assert!(!granted(pods, "", "pods", "", "list"));
        let slash = "{apiGroups: [''], resources: ['pods/*'], verbs: ['*']}";
        assert!(!granted(slash, "", "pods", "exec", "create"), "`pods/*` is no wildcard");
        let every = "{apiGroups: ['*'], resources: ['*/exec'], verbs: [create]}";
        assert!(granted(every, "", "pods", "exec", "create"));
        assert!(!granted(every, "", "pods", "", "create"));
        let star = "{apiGroups: [''], resources: ['*'], verbs: ['*']}";
        assert!(granted(star, "", "pods", "exec", "create"));
        assert!(!granted(star, "apps", "deployments", "", "create"));
    }

    #[test]
    fn names_limit_a_rule() {
        let tree = yaml::parse(Arc::new(SourceText::new(
            "r.yaml",
            "[{resourceNames: [a]}, {resourceNames: ['']}, {}]",
        )));
        let named: Vec<bool> =
            tree.roots().next().unwrap().items().map(|node| Rule { node, index: 0 }.is_named()).collect();
        assert_eq!(named, [true, false, false]);
    }
}
