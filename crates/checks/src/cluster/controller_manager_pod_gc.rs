//! Ended pods pile up.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Pods that have ended stay in etcd until there are more than `--terminated-pod-gc-threshold`; the default
    /// is 12500, and 0 keeps them for ever.
    ///
    /// ## How to fix
    /// Set `terminated-pod-gc-threshold` to what your cluster can hold, such as 1000.
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
    ///         - --terminated-pod-gc-threshold=0
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
    ///     terminated-pod-gc-threshold: "0"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: terminated-pod-gc-threshold
    ///       value: "0"
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
    ///           terminated-pod-gc-threshold: "0"
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
    /// metadata: {name: kube-controller-manager, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-controller-manager
    ///       image: registry.k8s.io/kube-controller-manager:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kube-controller-manager
    ///         - --terminated-pod-gc-threshold=1000
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     terminated-pod-gc-threshold: "1000"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: terminated-pod-gc-threshold
    ///       value: "1000"
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
    ///           terminated-pod-gc-threshold: "1000"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "controller-manager-pod-gc",
        title: "Ended pods pile up",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "only disk and memory of the control plane are at stake",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:1.3.1", "practices:K8S-2", "owasp-k8s-2022:K09", "owasp-k8s-2025:K07"],
        remediation: "Set `terminated-pod-gc-threshold` to what your cluster can hold, such as 1000.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_106", "trivy:KCV-0033"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ControllerManager], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.int("terminated-pod-gc-threshold");
    let Some(found) = fault(component, out, value, 0, |n| *n <= 0 || *n > 12_500) else { return };
    let change = plan(component, "terminated-pod-gc-threshold", &1000.into(), false);
    let draft = report(component, out, found, "terminated-pod-gc-threshold", "lets ended pods pile up");
    if let Some(change) = change {
        draft.fix(change);
    }
}
