//! Two containers have the same name.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;

check::docs! {
    /// Names of containers have to be unique in a pod, over init, regular and ephemeral containers.
    ///
    /// ## How to fix
    /// Rename one.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0"}
    ///     - {name: web, image: "example.com/proxy:1.0"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers: [{name: web, image: "example.com/setup:1.0"}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers: [{name: setup, image: "example.com/setup:1.0"}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "duplicate-container-name",
        title: "Two containers have the same name",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the pod, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give every container of the pod a name of its own, init containers included, \
                      and each container a name.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut seen = BTreeMap::new();
    for container in pod.containers() {
        let node = container.node.get("name");
        let Some(name) = out.known(node.name()) else {
            // Operators give the containers of their own kinds a name.
            if !node.is_set() && pod.owner.is_builtin() {
                out.fail(container.node, "a container has no name");
            }
            continue;
        };
        if let Some(first) = seen.insert(name, node) {
            out.fail(node, format!("two containers are called `{name}`")).related(first, "the first one");
        }
    }
}
