//! Pods are not given the authority of the API server.

use crate::support::component::required;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--root-ca-file` pods get no certificate authority with which to verify the API server, so
    /// programs skip the verification.
    ///
    /// ## How to fix
    /// Set `root-ca-file` to the authority that signs the API server.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-controller-manager, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-controller-manager
    ///       image: registry.k8s.io/kube-controller-manager:v1.34.0
    ///       command:
    ///         - kube-controller-manager
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     root-ca-file: ""
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-controller-manager, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-controller-manager
    ///       image: registry.k8s.io/kube-controller-manager:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kube-controller-manager
    ///         - --root-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     root-ca-file: "/etc/kubernetes/pki/ca.crt"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: root-ca-file
    ///       value: "/etc/kubernetes/pki/ca.crt"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       controllerManager:
    ///         extraArgs:
    ///           root-ca-file: "/etc/kubernetes/pki/ca.crt"
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
        id: "controller-manager-root-ca",
        title: "Pods are not given the authority of the API server",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "pods that can not verify the API server can be lied to by anybody in between",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.3.5",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set `root-ca-file` to the authority that signs the API server.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_111", "trivy:KCV-0037"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ControllerManager], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    required(component, out, &["root-ca-file"], "gives pods no authority to verify the API server with");
}
