//! Component accepts TLS 1.0 or 1.1.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// TLS 1.0 and 1.1 are broken and were retired by RFC 8996. Kubernetes components ask for TLS 1.2 unless told
    /// otherwise.
    ///
    /// ## How to fix
    /// Set the minimum TLS version to 1.2 or 1.3.
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
    ///         - --tls-min-version=VersionTLS10
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// scheduler:
    ///   extraArgs:
    ///     tls-min-version: "VersionTLS11"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// controllerManager:
    ///   extraArgs:
    ///     - name: tls-min-version
    ///       value: "VersionTLS11"
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsMinVersion: VersionTLS10
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - etcd
    ///         - --tls-min-version=TLS1.1
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
    ///         - kube-apiserver
    ///         - --tls-min-version=VersionTLS12
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: tls-min-version
    ///       value: "VersionTLS13"
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsMinVersion: VersionTLS13
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - etcd
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "component-old-tls",
        title: "Component accepts TLS 1.0 or 1.1",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "both versions have known weaknesses, but an attacker has to sit on the network",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/encryption",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set the minimum TLS version to 1.2 or 1.3.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(
        &[
            Program::ApiServer,
            Program::ControllerManager,
            Program::Scheduler,
            Program::Etcd,
            Program::Kubelet,
        ],
        judge,
    ),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.text("tls-min-version");
    let old = |v: &String| matches!(v.as_str(), "VersionTLS10" | "VersionTLS11" | "TLS1.0" | "TLS1.1");
    let Some(found) = fault(component, out, value, String::new(), old) else { return };
    let wanted = if component.program == Program::Etcd { "TLS1.2" } else { "VersionTLS12" };
    let change = plan(component, "tls-min-version", &wanted.into(), false);
    let draft = report(component, out, found, "tls-min-version", "accepts old versions of TLS");
    if let Some(change) = change {
        draft.fix(change);
    }
}
