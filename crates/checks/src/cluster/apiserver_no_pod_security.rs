//! API server does not judge what pods may do.

use crate::support::component::{admission, plugin};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The admission plugin `PodSecurity`, on by default since Kubernetes 1.23, enforces the
    /// `pod-security.kubernetes.io` labels of namespaces. Switched off, the labels do nothing. Before 1.22 only
    /// `PodSecurityPolicy` or `SecurityContextDeny` bounded what pods may do, and neither was on by default.
    ///
    /// ## How to fix
    /// Remove `PodSecurity` from `disable-admission-plugins`; on old versions add `PodSecurityPolicy` to
    /// `enable-admission-plugins`.
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
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.19.0
    ///       command:
    ///         - kube-apiserver
    ///         - --enable-admission-plugins=NodeRestriction
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.20.1
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
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.19.0
    ///       command:
    ///         - kube-apiserver
    ///         - --enable-admission-plugins=NodeRestriction,PodSecurityPolicy
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.8.0
    ///       command:
    ///         - kube-apiserver
    ///         - --admission-control=NodeRestriction,SecurityContextDeny
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apiserver-no-pod-security",
        title: "API server does not judge what pods may do",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "any pod may then be privileged, whatever the labels of its namespace say",
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
        remediation: "Remove `PodSecurity` from `disable-admission-plugins`; on old versions add `PodSecurityPolicy` to `enable-admission-plugins`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_81", "checkov:CKV_K8S_84", "trivy:KCV-0013"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let minor = component.minor(cx.settings);
    let old = ["PodSecurityPolicy", "SecurityContextDeny"].iter().any(|name| {
        // Both are gone: one since 1.25, the other since 1.30.
        minor < 25 && plugin(component, name, false).known() == Some(true)
    });
    if !old {
        admission(component, out, ("PodSecurity", true, minor >= 23), "does not judge what pods may do");
    }
}
