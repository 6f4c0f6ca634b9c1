//! Kubelet does not maintain its iptables chains.

use crate::support::component::{Risk, boolean};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `makeIPTablesUtilChains: false` the kubelet does not keep up the chains that drop and mark packets,
    /// so that rules on the node and those of Kubernetes can drift apart.
    ///
    /// ## How to fix
    /// Remove `make-iptables-util-chains` (`makeIPTablesUtilChains`), or set it to true.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - kubelet
    ///         - --make-iptables-util-chains=false
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// makeIPTablesUtilChains: false
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     make-iptables-util-chains: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: make-iptables-util-chains
    ///       value: "false"
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - /usr/local/bin/kubelet
    ///         - --make-iptables-util-chains=true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kubelet
    ///       image: example.com/kubelet:v1.34.0
    ///       command:
    ///         - kubelet
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// makeIPTablesUtilChains: true
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     make-iptables-util-chains: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: make-iptables-util-chains
    ///       value: "true"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-iptables-chains",
        title: "Kubelet does not maintain its iptables chains",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "packets meant for services may then bypass rules that rely on the chains",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:4.2.6", "practices:K8S-2", "owasp-k8s-2022:K09", "owasp-k8s-2025:K07"],
        remediation: "Remove `make-iptables-util-chains` (`makeIPTablesUtilChains`), or set it to true.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_145"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    boolean(
        component,
        out,
        ("make-iptables-util-chains", true, true),
        "does not maintain its iptables chains",
        Risk::None,
    );
}
