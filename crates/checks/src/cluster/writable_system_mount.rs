//! Writable volumes over system directories of a container.

use crate::support::host_paths::clean;
use crate::support::pod_security::{containers, maps};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;

check::docs! {
    /// A volume mounted over /proc, /sys, /etc, /bin, /sbin, /lib, /usr or /boot of the container without
    /// `readOnly: true` makes what is fixed in the image changeable, and for persistent volumes the change stays.
    /// Volumes from ConfigMaps, Secrets, the downward API, images and emptyDir are left out: they can't be
    /// written or don't last. hostPath volumes are reported by other checks.
    ///
    /// ## How to fix
    /// Mount at a directory made for the data, or read-only.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       persistentVolumeClaim: {claimName: data}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: data, mountPath: /etc}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       nfs: {server: nfs.example.com, path: /}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: data, mountPath: /sys/fs/x, readOnly: false}
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
    ///     - name: data
    ///       persistentVolumeClaim: {claimName: data}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: data, mountPath: /etc, readOnly: true}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       configMap: {name: app}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: data, mountPath: /etc/app}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: data
    ///       persistentVolumeClaim: {claimName: data}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: data, mountPath: /etc/app}
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
        id: "writable-system-mount",
        title: "Writable volume over a system directory of the container",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an intruder can leave changed accounts, libraries or programs behind that outlive the container",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-10",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/immutable-fs",
        ],
        remediation: "Mount the volume at a directory of its own, or set `readOnly: true` on the mount.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Directories that count only as a whole: below them programs keep directories of their own.
const EXACT: &[&str] =
    &["/etc", "/bin", "/sbin", "/lib", "/lib64", "/usr", "/usr/bin", "/usr/sbin", "/usr/lib", "/boot"];

/// Types of volumes that can be written and that last.
const LASTING: &[&str] =
    &["persistentVolumeClaim", "ephemeral", "csi", "nfs", "iscsi", "cephfs", "rbd", "glusterfs"];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let lasting: BTreeSet<_> = pod
        .spec()
        .get("volumes")
        .items()
        .filter(|volume| LASTING.iter().any(|kind| volume.get(kind).is_set()))
        .filter_map(|volume| volume.get("name").scalar())
        .collect();
    for container in containers(pod, out) {
        for mount in maps(container.node.get("volumeMounts"), out) {
            let path = clean(mount.get("mountPath").scalar().unwrap_or("x"));
            let last = mount.get("name").scalar().is_some_and(|name| lasting.contains(name));
            if !last || !is_system(&path) {
                continue;
            }
            if out.unmet(mount.get("readOnly").bool(), |read_only| read_only).is_some() {
                out.fail(mount, format!("{} has a writable volume over `{path}`", container.label()))
                    .key(format!("{}/{path}", container.name()))
                    .fix(Plan::risky("mount it read-only").set(mount, &["readOnly"], true));
            }
        }
    }
}

fn is_system(path: &str) -> bool {
    let below =
        |tree: &str| path.strip_prefix(tree).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    EXACT.contains(&path) || below("/proc") || below("/sys")
}
