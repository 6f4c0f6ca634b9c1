//! Volume is not mounted.

use crate::support::workload;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;
use syntax::Node;

check::docs! {
    /// No container mounts the volume. A Secret or ConfigMap in it still has to exist for the pod to start.
    ///
    /// ## How to fix
    /// Remove it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
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
    ///   initContainers:
    ///     - {name: setup, image: "example.com/setup:1.0", volumeMounts: [{name: data, mountPath: /data}]}
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: data, emptyDir: {}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "volume-unused",
        title: "Volume is not mounted",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "nothing breaks, but what the volume holds is fetched to the node for nothing",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the volume, or mount it where it was meant to be.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if workload::note_patch(&pod.owner, out) {
        return;
    }
    let used: BTreeSet<&str> = pod
        .containers()
        .flat_map(|c| ["volumeMounts", "volumeDevices"].map(|field| c.node.get(field)))
        .flat_map(Node::items)
        .filter_map(|mount| mount.get("name").scalar())
        .collect();
    let open = pod.containers().any(|c| workload::has_placeholder(c.node.get("volumeMounts")));
    for volume in pod.spec().get("volumes").items() {
        let Some(name) = volume.get("name").scalar() else { continue };
        if !used.contains(name) && !open && pod.owner.is_builtin() {
            out.fail(volume.get("name"), format!("no container mounts the volume `{name}`"))
                .fix(Plan::safe("remove the volume").remove(volume));
        }
    }
}
