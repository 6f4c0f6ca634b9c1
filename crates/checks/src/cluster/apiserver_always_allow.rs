//! API server allows every request.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use model::{Val, Why, WhyCode};

check::docs! {
    /// With the authorization mode `AlwaysAllow`, which is also the default where no mode is given, the API
    /// server grants every request. Any pod can then read all secrets and take over every node.
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
    ///         - --authorization-mode=AlwaysAllow
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
    ///           exec kube-apiserver --authorization-mode=Node,RBAC,AlwaysAllow 1>>/var/log/kube-apiserver.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     authorization-mode: "AlwaysAllow"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: authorization-mode
    ///       value: "Node,RBAC,AlwaysAllow"
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
    ///           authorization-mode: "AlwaysAllow"
    /// ```
    /// ```yaml
    /// apiVersion: kops.k8s.io/v1alpha2
    /// kind: Cluster
    /// metadata: {name: main}
    /// spec:
    ///   authorization: {alwaysAllow: {}}
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
    ///           exec kube-apiserver --authorization-mode=Webhook 1>>/var/log/kube-apiserver.log 2>&1
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
    ///       value: "Webhook"
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
        id: "apiserver-always-allow",
        title: "API server allows every request",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "every authenticated caller, each pod with its token included, is an administrator of the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.6",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "practices:RBAC-1",
            "owasp-k8s-2025:K02",
            "owasp-k8s-2022:K03",
            "nsa-cisa:auth/rbac",
        ],
        remediation: "Set `authorization-mode` to `Node,RBAC`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_74", "trivy:KCV-0007"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Val::Known(_, place) = component.text("authorization-config") {
        let why =
            Why::new(WhyCode::MissingInput, "the authorizers stand in an authorization configuration file");
        out.unknown(place, why);
        return;
    }
    let value = component.list("authorization-mode");
    let Some(found) =
        fault(component, out, value, Vec::new(), |m| m.is_empty() || m.iter().any(|m| m == "AlwaysAllow"))
    else {
        return;
    };
    let change = plan(component, "authorization-mode", &"Node,RBAC".into(), false);
    let draft = report(component, out, found, "authorization-mode", "allows every request");
    if let Some(change) = change {
        draft.fix(change);
    }
}
