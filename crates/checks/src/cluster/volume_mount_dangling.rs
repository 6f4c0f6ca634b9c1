//! Mounted volume is not declared.

use crate::support::workload;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use std::collections::BTreeSet;
use syntax::Node;

check::docs! {
    /// A container mounts a volume that the pod does not declare.
    ///
    /// ## How to fix
    /// Declare it, or correct the name.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts: [{name: data, mountPath: /data}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0", volumeDevices: [{name: disk, devicePath: /dev/xvda}]}
    ///   volumes: [{name: data, emptyDir: {}}]
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
    ///     - {name: web, image: "example.com/web:1.0", volumeMounts: [{name: data, mountPath: /data}]}
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec:
    ///       containers: [{name: db, image: "example.com/db:1.0", volumeMounts: [{name: data, mountPath: /data}]}]
    ///   volumeClaimTemplates: [{metadata: {name: data}}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "volume-mount-dangling",
        title: "Mounted volume is not declared",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the pod, which shows at the first deployment",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Declare the volume under `volumes`, for a StatefulSet under \
                      `volumeClaimTemplates`, or correct the name.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // Operators add volumes to the pods of their own kinds.
    if !pod.owner.is_builtin() || workload::note_patch(&pod.owner, out) {
        return;
    }
    let volumes = pod.spec().get("volumes");
    let claims = pod.owner.spec().get("volumeClaimTemplates");
    if workload::has_placeholder(claims) || volumes.items().any(|v| workload::has_placeholder(v.get("name")))
    {
        return out.unknown(volumes, Why::new(WhyCode::Unresolved, "volumes are filled in later"));
    }
    let declared: BTreeSet<&str> = volumes
        .items()
        .map(|volume| volume.get("name"))
        .chain(claims.items().map(|claim| claim.at("metadata.name")))
        .filter_map(Node::scalar)
        .collect();
    for container in pod.containers() {
        for field in ["volumeMounts", "volumeDevices"] {
            for mount in container.node.get(field).items() {
                let node = mount.get("name");
                if let Some(name) = out.known(node.name())
                    && !declared.contains(name)
                {
                    out.fail(
                        node,
                        format!("{} mounts the volume `{name}`, which is not declared", container.label()),
                    )
                    .key(format!("{}/{name}", container.name()));
                }
            }
        }
    }
}
