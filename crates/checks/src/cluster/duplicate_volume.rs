//! Volume or mount path is used twice.

use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;
use syntax::Node;

check::docs! {
    /// Names of volumes have to be unique in a pod, and mount paths in a container.
    ///
    /// ## How to fix
    /// Rename the volume, or mount it elsewhere.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, emptyDir: {}}, {name: data, emptyDir: {}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data}]
    ///   volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: a, mountPath: /a, subPath: x}, {name: a, mountPath: /b, subPath: y}]
    ///   volumes: [{name: a, emptyDir: {}}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "duplicate-volume",
        title: "Volume or mount path is used twice",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the pod, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give each volume a name of its own, and mount at most one volume at a path.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    twice(pod.spec().get("volumes"), "name", "two volumes are called", "", out);
    for container in pod.containers() {
        twice(
            container.node.get("volumeMounts"),
            "mountPath",
            "two volumes are mounted at",
            container.name(),
            out,
        );
    }
}

fn twice<'a>(list: Node<'a>, field: &str, what: &str, scope: &str, out: &mut Out<'a>) {
    let mut seen = BTreeMap::new();
    for item in list.items() {
        let node = item.get(field);
        let Some(value) = node.scalar() else { continue };
        if let Some(first) = seen.insert(value, node) {
            out.fail(node, format!("{what} `{value}`"))
                .key(format!("{scope}/{field}/{value}"))
                .related(first, "the first one");
        }
    }
}
