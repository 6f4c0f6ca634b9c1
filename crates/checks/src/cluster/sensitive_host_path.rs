//! Paths of the node that give it away.

use crate::support::host_paths::host_paths;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Some paths of a node are worth the node: `/` and `/etc` (accounts, start-up jobs), `/var/lib/kubelet`
    /// (secrets and tokens of all pods), `/etc/kubernetes` and `/var/lib/etcd` (the control plane), `/run`
    /// (runtime sockets), `/proc` and `/sys` (the kernel), `/root` and `/home` (keys), `/usr`, `/bin` and `/lib`
    /// (programs), `/var/log` (a way to read any file through the kubelet).
    ///
    /// Writable mounts rate higher than mounts that are `readOnly: true` in every container. Sockets of container
    /// runtimes and devices have checks of their own.
    ///
    /// ## How to fix
    /// Remove the volume; else mount only the file needed, with `readOnly: true`, in a pod that runs as a
    /// non-root user.
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
    ///       hostPath: {path: '/'}
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
    ///       hostPath: {path: '/etc'}
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
    ///       hostPath: {path: '/var/lib/kubelet/pods'}
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
    ///       hostPath: {path: '/proc'}
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
    ///       hostPath: {path: '/var/log/'}
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
    ///       hostPath: {path: '/var/run/../run'}
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
    ///       hostPath: {path: '/lib/modules'}
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
    ///       hostPath: {path: '/root'}
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
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/etc/kubernetes/pki'}
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
    ///       hostPath: {path: 'C:\Windows'}
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
    ///         - {name: host, mountPath: /host}
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
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   volumes:
    ///     - name: host
    ///       hostPath: {path: '/etc/localtime'}
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
    ///       hostPath: {path: '/var/run/docker.sock'}
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
    ///       hostPath: {path: '/dev/kvm'}
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
    ///       hostPath: {path: '/var/log/myapp'}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeMounts:
    ///         - {name: host, mountPath: /host}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "sensitive-host-path",
        title: "Pod mounts a sensitive path of the node",
        area: Area::Cluster,
        topic: "host-access",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "such paths give away secrets of the node or, where they can be written, the node itself; how bad it is follows the path",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-path",
            "cis-k8s:5.2.11",
        ],
        remediation: "Mount the single file that is needed, read-only, or get the data another way (projected volumes, the API, a CSI driver).",
        since: "0.1.0",
        aliases: &["kube-linter:sensitive-host-mounts", "trivy:KSV-0121"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for volume in host_paths(pod, out) {
        if volume.runtime().is_some() || volume.is_device() {
            continue;
        }
        let Some(danger) = volume.danger() else { continue };
        let mounts = &volume.mounts;
        let writable = mounts.iter().find(|mount| mount.writable);
        let severity = if writable.is_some() { Some(danger.write) } else { danger.read };
        let Some(severity) = severity else { continue };
        let how = match (writable, mounts.is_empty()) {
            (Some(mount), _) => format!("which {} may write", mount.container.label()),
            (None, true) => "though no container mounts it".to_owned(),
            (None, false) => "read-only".to_owned(),
        };
        let (name, path, why) = (volume.volume, &volume.path, danger.why);
        let draft =
            out.fail(volume.place, format!("volume `{name}` opens `{path}` of the node, {how}: {why}"));
        draft.severity(severity).key(format!("volume {name}"));
        for mount in mounts {
            draft.related(mount.node, format!("mounted by {}", mount.container.label()));
        }
        if pod.is_system() {
            // Parts of the control plane and network plug-ins can't do without.
            draft.confidence(Confidence::Low);
        }
    }
}
