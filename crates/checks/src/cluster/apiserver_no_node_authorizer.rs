//! API server does not limit kubelets to their own node.

use crate::support::component::authorizer_missing;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without the mode `Node` kubelets need broad permissions from elsewhere, so that one compromised node can
    /// read the secrets of all others.
    ///
    /// ## How to fix
    /// Set `authorization-mode` to `Node,RBAC`.
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
    ///         - --authorization-mode=RBAC
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
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec kube-apiserver --authorization-mode=AlwaysAllow 1>>/var/log/kube-apiserver.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     authorization-mode: "RBAC"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: authorization-mode
    ///       value: "AlwaysAllow"
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
    ///           authorization-mode: "RBAC"
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
    ///         - --authorization-mode=Node,RBAC
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
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec kube-apiserver --authorization-mode=RBAC,Node,Webhook 1>>/var/log/kube-apiserver.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     authorization-mode: "Node,RBAC"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: authorization-mode
    ///       value: "RBAC,Node,Webhook"
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
    ///           authorization-mode: "Node,RBAC"
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
        id: "apiserver-no-node-authorizer",
        title: "API server does not limit kubelets to their own node",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "one compromised node then reaches the secrets of the others",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.7",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "owasp-k8s-2022:K03",
            "owasp-k8s-2025:K02",
            "nsa-cisa:auth/rbac",
        ],
        remediation: "Set `authorization-mode` to `Node,RBAC`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_75", "trivy:KCV-0008"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    authorizer_missing(component, "Node", out);
}
