//! Secrets are not encrypted in etcd.

use crate::support::component::required;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--encryption-provider-config` the API server writes Secrets to etcd as they are. Whoever gets at
    /// the disk, a snapshot or a backup of etcd has every credential of the cluster.
    ///
    /// ## How to fix
    /// Write an EncryptionConfiguration with a `kms` or `secretbox` provider for `secrets` and set
    /// `encryption-provider-config` to its path.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - kube-apiserver
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kube-apiserver
    ///         - --profiling=false
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     profiling: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: profiling
    ///       value: "false"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       apiServer:
    ///         extraArgs:
    ///           profiling: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kube-apiserver
    ///         - --encryption-provider-config=/etc/kubernetes/encryption.yaml
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     encryption-provider-config: "/etc/kubernetes/encryption.yaml"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: encryption-provider-config
    ///       value: "/etc/kubernetes/encryption.yaml"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       apiServer:
    ///         extraArgs:
    ///           encryption-provider-config: "/etc/kubernetes/encryption.yaml"
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.12.0
    ///       command:
    ///         - kube-apiserver
    ///         - --experimental-encryption-provider-config=/etc/kubernetes/encryption.yaml
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apiserver-no-encryption-config",
        title: "Secrets are not encrypted in etcd",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it takes access to etcd, its disk or a backup, which then gives every secret at once",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.27",
            "practices:K8S-2",
            "practices:SEC-2",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets-encryption",
        ],
        remediation: "Write an EncryptionConfiguration with a `kms` or `secretbox` provider for `secrets` and set `encryption-provider-config` to its path.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_104", "trivy:KCV-0030"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // The name of the flag before Kubernetes 1.13.
    match component.text("experimental-encryption-provider-config") {
        Val::Known(text, _) if !text.is_empty() => {}
        _ => required(component, out, &["encryption-provider-config"], "writes Secrets to etcd unencrypted"),
    }
}
