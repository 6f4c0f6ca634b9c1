//! Sockets of container runtimes inside pods.

use crate::support::host_paths::host_paths;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Whoever can talk to the socket of Docker, containerd, CRI-O or Podman can start a privileged container
    /// with the node's disk in it, read the environment of every other container and pull with the node's
    /// credentials. `readOnly: true` does not help: it protects the file, not what is said through it.
    ///
    /// ## How to fix
    /// Remove the volume. Monitoring agents that need it belong into a namespace that only administrators can
    /// deploy to.
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
    ///       hostPath: {path: '/run/containerd/containerd.sock'}
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
    ///       hostPath: {path: '/var/run/crio/crio.sock'}
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
    ///       hostPath: {path: '/run/k3s/containerd/'}
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
    ///       hostPath: {path: '/run/user/1000/podman/podman.sock'}
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
    ///       hostPath: {path: '/run/cri-dockerd.sock'}
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
    ///       hostPath: {path: '\\.\pipe\docker_engine'}
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
    ///       hostPath: {path: '/var/run/app.sock'}
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
    ///     - name: sock
    ///       emptyDir: {}
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
        id: "container-runtime-socket",
        title: "Pod can command the node's container runtime",
        area: Area::Cluster,
        topic: "host-access",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "the socket starts privileged containers on the node: root there in one command, read-only mount or not",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-path",
            "cis-k8s:5.2.11",
        ],
        remediation: "Remove the volume; build images with a builder that needs no socket (BuildKit rootless, Kaniko, Buildah) and read container data from the kubelet or the API.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_27", "trivy:KSV-0006", "kube-linter:docker-sock"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for volume in host_paths(pod, out) {
        let Some(runtime) = volume.runtime() else { continue };
        let (name, path) = (volume.volume, &volume.path);
        let draft = out.fail(
            volume.place,
            format!("volume `{name}` hands the socket of {runtime} (`{path}`) to the pod"),
        );
        draft.key(format!("volume {name}"));
        for mount in &volume.mounts {
            draft.related(mount.node, format!("mounted by {}", mount.container.label()));
        }
    }
}
