//! API server has no client certificate for kubelets.

use crate::support::component::required;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--kubelet-client-certificate` and `--kubelet-client-key` the API server reaches kubelets as an
    /// anonymous caller, so kubelets have to let anonymous callers run commands in containers.
    ///
    /// ## How to fix
    /// Set `kubelet-client-certificate` and `kubelet-client-key` to a certificate that kubelets trust.
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
    ///         - kube-apiserver
    ///         - --kubelet-client-certificate=/etc/kubernetes/pki/client.crt
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     kubelet-client-certificate: ""
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
    ///         - --kubelet-client-certificate=/etc/kubernetes/pki/client.crt
    ///         - --kubelet-client-key=/etc/kubernetes/pki/client.key
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     kubelet-client-certificate: "/etc/kubernetes/pki/client.crt"
    ///     kubelet-client-key: "/etc/kubernetes/pki/client.key"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: kubelet-client-certificate
    ///       value: "/etc/kubernetes/pki/client.crt"
    ///     - name: kubelet-client-key
    ///       value: "/etc/kubernetes/pki/client.key"
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
    ///           kubelet-client-certificate: "/etc/kubernetes/pki/client.crt"
    ///           kubelet-client-key: "/etc/kubernetes/pki/client.key"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apiserver-kubelet-client-cert",
        title: "API server has no client certificate for kubelets",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "kubelets must accept anonymous requests for such an API server to work",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.4",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set `kubelet-client-certificate` and `kubelet-client-key` to a certificate that kubelets trust.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_72", "trivy:KCV-0005"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    required(
        component,
        out,
        &["kubelet-client-certificate", "kubelet-client-key"],
        "has no client certificate for kubelets",
    );
}
