//! API server does not enforce Pod Security Standards.

use crate::support::component::admission;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The admission plugin `PodSecurity`, on by default since Kubernetes 1.23, enforces the
    /// `pod-security.kubernetes.io` labels of namespaces. Switched off, the labels do nothing.
    ///
    /// ## How to fix
    /// Remove `PodSecurity` from `disable-admission-plugins`.
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
    ///         - --disable-admission-plugins=PodSecurity
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
    ///         - --disable-admission-plugins=DefaultStorageClass,PodSecurity
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     disable-admission-plugins: "PodSecurity"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: disable-admission-plugins
    ///       value: "DefaultStorageClass,PodSecurity"
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
    ///           disable-admission-plugins: "PodSecurity"
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
    ///         - --enable-admission-plugins=NodeRestriction
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
    ///           exec kube-apiserver --enable-admission-plugins=PodSecurity 1>>/var/log/kube-apiserver.log 2>&1
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
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     enable-admission-plugins: "NodeRestriction"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: enable-admission-plugins
    ///       value: "PodSecurity"
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
    ///           enable-admission-plugins: "NodeRestriction"
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
        id: "apiserver-no-pod-security",
        title: "API server does not enforce Pod Security Standards",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "labels on namespaces then promise a protection that is not there",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-3",
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.1",
        ],
        remediation: "Remove `PodSecurity` from `disable-admission-plugins`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    admission(component, out, ("PodSecurity", true, true), "does not enforce Pod Security Standards");
}
