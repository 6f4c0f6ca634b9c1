//! Controller manager has no key for service-account tokens.

use crate::support::component::required;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--service-account-private-key-file` the controller manager can not sign service-account tokens
    /// with a key that is rotated on its own.
    ///
    /// ## How to fix
    /// Set `service-account-private-key-file`.
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
    ///     service-account-private-key-file: ""
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
    ///         - --service-account-private-key-file=/etc/kubernetes/pki/sa.key
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     service-account-private-key-file: "/etc/kubernetes/pki/sa.key"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: service-account-private-key-file
    ///       value: "/etc/kubernetes/pki/sa.key"
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
    ///           service-account-private-key-file: "/etc/kubernetes/pki/sa.key"
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
        id: "controller-manager-sa-key",
        title: "Controller manager has no key for service-account tokens",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the cluster then lives without signed tokens of service accounts",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:1.3.4", "practices:K8S-1", "owasp-k8s-2022:K06", "owasp-k8s-2025:K09"],
        remediation: "Set `service-account-private-key-file`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_110", "trivy:KCV-0036"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ControllerManager], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    required(
        component,
        out,
        &["service-account-private-key-file"],
        "has no key to sign service-account tokens with",
    );
}
