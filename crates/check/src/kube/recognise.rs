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

/// Calls `found` for the object at `root`, or for each item if it is a `List`, nested lists included.
pub fn objects<'a>(root: Node<'a>, found: &mut impl FnMut(Node<'a>, &'a str, &'a str)) {
    walk(root, 0, found);
}

fn walk<'a>(root: Node<'a>, depth: usize, found: &mut impl FnMut(Node<'a>, &'a str, &'a str)) {
    let Some((api_version, kind)) = type_of(root) else { return };
    let items = root.get("items");
    if kind.ends_with("List") && items.is_seq() && depth < 8 {
        for item in items.items() {
            walk(item, depth + 1, found);
        }
    } else {
        found(root, api_version, kind);
    }
}

/// The pods that `object` stands for: one for a Pod or a controller, any number for a custom resource, none
/// for most kinds.
pub fn pods<'a>(object: &Object<'a>) -> Vec<Pod<'a>> {
    let template = |node: Node<'a>| vec![Pod { owner: *object, template: node }];
    if object.is_builtin() {
        let node = match object.kind {
            "Pod" => object.root,
            "Deployment" | "ReplicaSet" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicationController" => {
                object.root.at("spec.template")
            }
            "CronJob" => object.root.at("spec.jobTemplate.spec.template"),
            "PodTemplate" => object.root.get("template"),
            _ => return Vec::new(),
        };
        return if node.is_map() { template(node) } else { Vec::new() };
    }
    let mut found = Vec::new();
    search(object, object.spec(), 0, &mut found);
    found
}

/// Looks below `node` for mappings of the shape of a pod template: `spec.containers` is a list of mappings
/// with a name or an image.
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
        && !containers.is_empty()
        && containers.items().all(|c| c.is_map() && (c.get("image").as_str().is_some()))
}
