//! A container of a pod.

use super::Pod;
use syntax::Node;

/// What a container does in its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Runs to its end before the others start.
    Init,
    /// An init container with `restartPolicy: Always`: runs beside the others.
    Sidecar,
    /// An ordinary container.
    Regular,
    /// A debugging container added to a running pod.
    Ephemeral,
}

/// A container with the pod it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Container<'a> {
    /// Its pod.
    pub pod: Pod<'a>,
    /// Its mapping.
    pub node: Node<'a>,
    /// What it does there.
    pub role: Role,
}

impl<'a> Container<'a> {
    /// Its name, or the empty string.
    pub fn name(&self) -> &'a str {
        self.node.get("name").scalar().unwrap_or("")
    }

    /// How to call it in a message: ``container `web` ``, ``init container `setup` ``.
    pub fn label(&self) -> String {
        let role = match self.role {
            Role::Init => "init container",
            Role::Sidecar => "sidecar container",
            Role::Regular => "container",
            Role::Ephemeral => "ephemeral container",
        };
        match self.name() {
            "" => format!("an unnamed {role}"),
            name => format!("{role} `{name}`"),
        }
    }

    /// Its own security context.
    pub fn security_context(&self) -> Node<'a> {
        self.node.get("securityContext")
    }

    /// A field of the security context that counts for it: its own if set, else the pod's; if neither is
    /// set, the missing place in its own.
    pub fn effective(&self, field: &str) -> Node<'a> {
        let own = self.security_context().get(field);
        let pod = self.pod.security_context().get(field);
        if own.is_set() || !pod.is_set() { own } else { pod }
    }

    /// True if it keeps running: not an init container, not ephemeral.
    pub fn is_long_running(&self) -> bool {
        matches!(self.role, Role::Regular | Role::Sidecar)
    }
}
