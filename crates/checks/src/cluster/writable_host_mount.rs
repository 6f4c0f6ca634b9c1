//! Paths of the node that containers may write.

use crate::support::host_paths::host_paths;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A hostPath volume that is mounted without `readOnly: true` lets the container change files of the node.
    /// They outlive the pod, count against no quota and may be read by other pods or by the node itself.
    ///
    /// Sensitive paths, devices and runtime sockets are reported by checks of their own.
    ///
    /// ## How to fix
    /// Mount it with `readOnly: true` if reading is enough.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/srv/data'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/tmp'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host, readOnly: false}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/var/log/myapp'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/srv/data'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host, readOnly: true}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/etc'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/srv/data'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "writable-host-mount",
        title: "Container may write to a path of the node",
        area: Area::Cluster,
        topic: "host-access",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "outside the sensitive paths, which have a check of their own, an intruder can fill the disk, leave data behind or reach other pods that use the path",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-path",
            "cis-k8s:5.2.11",
        ],
        remediation: "Set `readOnly: true` on the volume mount, or use a PersistentVolumeClaim or emptyDir instead of hostPath.",
        since: "0.1.0",
        aliases: &["kube-linter:writable-host-mount"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for volume in host_paths(pod, out) {
        if volume.runtime().is_some() || volume.is_device() || volume.danger().is_some() {
            continue;
        }
        for mount in &volume.mounts {
            if out.unmet(mount.node.get("readOnly").bool(), |read_only| read_only).is_some() {
                let (label, path) = (mount.container.label(), &volume.path);
                out.fail(mount.node, format!("{label} may write to `{path}` of the node"))
                    .key(format!("{}/{}", mount.container.name(), volume.volume))
                    .related(volume.place, "the path of the node")
                    .fix(Plan::risky("mount it read-only").set(mount.node, &["readOnly"], true));
            }
        }
    }
}
