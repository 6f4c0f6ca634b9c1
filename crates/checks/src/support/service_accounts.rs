//! Service accounts of pods: whether a token is mounted, and whether any role is bound.

use check::{Cx, Out, Pod};
use model::Val;
use std::collections::BTreeSet;
use syntax::Node;

/// Whether a pod gets an API token.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    /// It does.
    Mounted {
        /// Where that is said, or could be denied.
        place: Node<'a>,
        /// True if the pod itself asks for it.
        explicit: bool,
    },
    /// It does not.
    Absent,
    /// It can't be told; already noted.
    Unknown,
}

/// Whether a pod gets an API token: its own setting counts, then that of its ServiceAccount, and by default
/// it does.
pub fn token<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) -> Token<'a> {
    let own = pod.spec().get("automountServiceAccountToken");
    let account = cx.inventory.find("ServiceAccount", pod.namespace(), pod.service_account());
    let of_account = account.map(|account| account.root.get("automountServiceAccountToken"));
    for setting in [Some(own), of_account].into_iter().flatten() {
        match setting.bool() {
            Val::Known(false, _) => return Token::Absent,
            Val::Known(true, place) => {
                let explicit = place == own;
                return Token::Mounted { place: if explicit { place } else { pod.spec() }, explicit };
            }
            Val::Absent(_) => {}
            Val::Unknown(why, place) => {
                out.unknown(place, why);
                return Token::Unknown;
            }
        }
    }
    Token::Mounted { place: pod.spec(), explicit: false }
}

/// The service accounts to which any role is bound, by all bindings of the inventory.
#[derive(Debug, Default)]
pub struct Bound<'a> {
    accounts: BTreeSet<(&'a str, &'a str)>,
    /// Namespaces all of whose accounts are bound through their group.
    namespaces: BTreeSet<&'a str>,
}

impl<'a> Bound<'a> {
    /// Reads the bindings.
    pub fn new(cx: &Cx<'a>) -> Self {
        let mut bound = Self::default();
        for kind in ["RoleBinding", "ClusterRoleBinding"] {
            for binding in cx.inventory.of_kind(kind) {
                for subject in binding.root.get("subjects").items() {
                    bound.add(subject, binding.namespace());
                }
            }
        }
        bound
    }

    fn add(&mut self, subject: Node<'a>, home: &'a str) {
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
    pub fn grants(&self, namespace: &str, account: &str) -> bool {
        self.accounts.contains(&(namespace, account)) || self.namespaces.contains(namespace)
    }
}
