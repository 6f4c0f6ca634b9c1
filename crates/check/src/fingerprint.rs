//! The stable identity of a finding.

use crate::Place;
use crate::kube::{Object, Pod};
use model::ResourceId;
use sha2::{Digest, Sha256};
use syntax::{Kind, Node};

/// The identity that counts for fingerprints: pods and replica sets made by a controller count as the
/// controller, so that a fault found in a file and met again in the cluster is one.
pub fn identity(object: &Object<'_>) -> ResourceId {
    let mut id = object.id();
    let controller = object
        .metadata()
        .get("ownerReferences")
        .items()
        .find(|owner| owner.get("controller").as_bool() == Some(true));
    if let Some(owner) = controller
        && let (Some(kind), Some(name)) = (owner.get("kind").scalar(), owner.get("name").scalar())
    {
        (id.kind, id.name) = (kind.to_owned(), name.to_owned());
    }
    let hash = object.labels().get("pod-template-hash").scalar();
    if id.kind == "ReplicaSet"
        && let Some(base) = hash.and_then(|hash| id.name.strip_suffix(hash)?.strip_suffix('-'))
    {
        (id.kind, id.name) = ("Deployment".to_owned(), base.to_owned());
    }
    id
}

/// Route to a node by names instead of indexes: `containers[web]/securityContext`. It starts at the pod's
/// spec for nodes of a pod template, so that it is the same for a Deployment and for its pods.
pub fn route(place: &Place<'_>, object: Option<&Object<'_>>, pods: &[Pod<'_>]) -> String {
    let node = match place {
        Place::Node(node) => node,
        // Sources without a tree: the words themselves, so that moved and re-indented lines stay the same.
        Place::Span(source, span) => {
            return source.slice(*span).split_whitespace().collect::<Vec<_>>().join(" ");
        }
    };
    let stop: Vec<Node<'_>> =
        pods.iter().map(|p| p.template).chain(object.map(|o| o.root)).filter(|n| n.exists()).collect();
    let mut steps = Vec::new();
    let mut here = if node.exists() { *node } else { node.parent().unwrap_or(*node) };
    while let Some(parent) = here.parent() {
        if stop.contains(&here) {
            break;
        }
        steps.push(match parent.kind() {
            Kind::Seq => {
                let name = ["name", "containerPort", "port", "key", "host"]
                    .iter()
                    .find_map(|key| here.get(key).scalar())
                    .or_else(|| here.scalar());
                format!("[{}]", name.unwrap_or("*"))
            }
            _ => here.key().unwrap_or("").to_owned(),
        });
        here = parent;
    }
    steps.reverse();
    steps.join("/")
}

/// 128 bits over the parts, as 32 hexadecimal digits.
pub fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut hex = String::with_capacity(32);
    for byte in hash.finalize().iter().take(16) {
        for digit in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    hex
}
