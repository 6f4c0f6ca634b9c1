//! Service accounts to which roles are bound.

use crate::kube::Object;
use std::collections::BTreeSet;
use syntax::Node;

/// The service accounts to which any role is bound, by all bindings of an inventory.
#[derive(Debug, Default)]
pub(crate) struct Bound<'a> {
    /// Namespace and name.
    accounts: BTreeSet<(&'a str, &'a str)>,
    /// Namespaces all of whose accounts are bound through their group.
    namespaces: BTreeSet<&'a str>,
}

impl<'a> Bound<'a> {
    /// Takes note of a RoleBinding or ClusterRoleBinding.
    pub(crate) fn add(&mut self, binding: &Object<'a>) {
        for subject in binding.root.get("subjects").items() {
            self.add_subject(subject, binding.namespace());
        }
    }

    fn add_subject(&mut self, subject: Node<'a>, home: &'a str) {
        let Some(name) = subject.get("name").scalar() else { return };
        match subject.get("kind").as_str() {
            Some("ServiceAccount") => {
                let namespace = subject.get("namespace").scalar().filter(|n| !n.is_empty());
                self.accounts.insert((namespace.unwrap_or(home), name));
            }
            Some("Group") => {
                if let Some(namespace) = name.strip_prefix("system:serviceaccounts:") {
                    self.namespaces.insert(namespace);
                }
            }
            Some("User") => {
                if let Some(account) = name.strip_prefix("system:serviceaccount:")
                    && let Some(pair) = account.split_once(':')
                {
                    self.accounts.insert(pair);
                }
            }
            _ => {}
        }
    }

    /// True if a role is bound to this account.
    pub(crate) fn contains(&self, namespace: &str, account: &str) -> bool {
        self.accounts.contains(&(namespace, account)) || self.namespaces.contains(namespace)
    }
}
