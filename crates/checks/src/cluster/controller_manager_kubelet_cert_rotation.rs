//! Serving certificates of kubelets are not renewed.

use crate::support::component::{fault, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The feature gate `RotateKubeletServerCertificate`, on by default, lets kubelets renew their serving
    /// certificates before they run out.
    ///
    /// ## How to fix
    /// Remove `RotateKubeletServerCertificate=false` from the feature gates.
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
    ///         - --feature-gates=RotateKubeletServerCertificate=false
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     feature-gates: "RotateKubeletServerCertificate=false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: feature-gates
    ///       value: "RotateKubeletServerCertificate=false"
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
    ///           feature-gates: "RotateKubeletServerCertificate=false"
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
    ///         - --feature-gates=RotateKubeletServerCertificate=true
    /// ```
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
    ///     feature-gates: "RotateKubeletServerCertificate=true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: feature-gates
    ///       value: "RotateKubeletServerCertificate=true"
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
    ///           feature-gates: "RotateKubeletServerCertificate=true"
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
        id: "controller-manager-kubelet-cert-rotation",
        title: "Serving certificates of kubelets are not renewed",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "certificates then live until somebody notices that they are old",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.3.6",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Remove `RotateKubeletServerCertificate=false` from the feature gates.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_112", "trivy:KCV-0038"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ControllerManager], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.gate("RotateKubeletServerCertificate");
    if let Some(found) = fault(component, out, value, true, |on| !*on) {
        report(component, out, found, "feature-gates", "does not renew serving certificates of kubelets");
    }
}
