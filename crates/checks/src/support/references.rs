//! What a pod refers to by name.

use check::Pod;
use syntax::Node;

/// A name that a pod refers to.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// Kind of the object that is meant: `ConfigMap`, `Secret`, `PersistentVolumeClaim`.
    pub kind: &'static str,
    /// The name, where it is written.
    pub name: Node<'a>,
    /// The key within it, if only one is wanted; else missing.
    pub key: Node<'a>,
    /// True if the pod starts without it.
    pub optional: bool,
}

/// Every ConfigMap, Secret and PersistentVolumeClaim that a pod refers to: environment, volumes, image pull
/// secrets.
pub fn of<'a>(pod: &Pod<'a>) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    for container in pod.containers() {
        for variable in container.node.get("env").items() {
            let from = variable.get("valueFrom");
            for (field, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
                add(&mut found, kind, from.get(field), "name");
            }
        }
        for source in container.node.get("envFrom").items() {
            for (field, kind) in [("configMapRef", "ConfigMap"), ("secretRef", "Secret")] {
                add(&mut found, kind, source.get(field), "name");
            }
        }
    }
    for volume in pod.spec().get("volumes").items() {
        add(&mut found, "ConfigMap", volume.get("configMap"), "name");
        add(&mut found, "Secret", volume.get("secret"), "secretName");
        add(&mut found, "PersistentVolumeClaim", volume.get("persistentVolumeClaim"), "claimName");
        for source in volume.at("projected.sources").items() {
            add(&mut found, "ConfigMap", source.get("configMap"), "name");
            add(&mut found, "Secret", source.get("secret"), "name");
        }
    }
    for secret in pod.spec().get("imagePullSecrets").items() {
        add(&mut found, "Secret", secret, "name");
    }
    found
}

fn add<'a>(found: &mut Vec<Reference<'a>>, kind: &'static str, source: Node<'a>, field: &str) {
    let name = source.get(field);
    if name.scalar().is_some_and(|n| !n.is_empty()) {
        let optional = source.get("optional").as_bool() == Some(true);
        found.push(Reference { kind, name, key: source.get("key"), optional });
    }
}
