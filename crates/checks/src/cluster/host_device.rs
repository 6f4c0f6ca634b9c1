//! Devices of the node inside pods.

use crate::support::host_paths::host_paths;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A hostPath volume below /dev, or of type CharDevice or BlockDevice, brings a device of the node into the
    /// container. With all of /dev, a disk (`/dev/sda`, `/dev/nvme0n1`, `/dev/mapper/...`) or memory (`/dev/mem`,
    /// `/dev/kmem`) the node can be read and changed as a whole. Devices still need a privileged container or a
    /// matching device rule to be opened, which is why such pods mostly are privileged.
    ///
    /// ## How to fix
    /// Use a device plug-in (`resources.limits`), dynamic resource allocation or, for disks, a PersistentVolume
    /// with `volumeMode: Block`.
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
    ///       hostPath: {path: '/dev'}
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
    ///       hostPath: {path: '/dev/sda'}
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
    ///       hostPath: {path: '/srv/disk', type: BlockDevice}
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
    ///       hostPath: {path: '/dev/shm'}
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
    ///       hostPath: {path: '/srv/dev'}
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
    ///     - name: disk
    ///       persistentVolumeClaim: {claimName: disk}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       volumeDevices:
    ///         - {name: disk, devicePath: /dev/xvda}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-device",
        title: "Pod reaches devices of the node",
        area: Area::Cluster,
        topic: "host-access",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a disk or memory device is the node itself; a single harmless device is less, and rated so",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-path",
            "cis-k8s:5.2.11",
        ],
        remediation: "Remove the volume and let a device plug-in or dynamic resource allocation hand out the single device.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Devices that stand for disks, memory or all of the node.
const WHOLE: &[&str] =
    &["sd", "vd", "xvd", "nvme", "dm-", "mapper", "disk", "block", "mem", "kmem", "port", "hd", "loop"];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for volume in host_paths(pod, out) {
        if !volume.is_device() || volume.runtime().is_some() {
            continue;
        }
        let (name, path) = (volume.volume, &volume.path);
        let device = path.strip_prefix("/dev").unwrap_or("").trim_start_matches('/');
        let whole = path == "/dev" || volume.source.get("type").is("BlockDevice");
        let severity = if whole || WHOLE.iter().any(|kind| device.starts_with(kind)) {
            Severity::High
        } else {
            Severity::Medium
        };
        let draft =
            out.fail(volume.place, format!("volume `{name}` brings `{path}` of the node into the pod"));
        draft.severity(severity).key(format!("volume {name}"));
        for mount in &volume.mounts {
            draft.related(mount.node, format!("mounted by {}", mount.container.label()));
        }
    }
}
