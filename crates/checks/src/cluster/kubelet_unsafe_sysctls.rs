//! Pods may change unsafe kernel settings.

use crate::support::component::forbidden;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `allowedUnsafeSysctls` lets pods set kernel parameters that are not isolated between containers.
    ///
    /// ## How to fix
    /// Remove `allowed-unsafe-sysctls` (`allowedUnsafeSysctls`), or allow it only on nodes set apart for the pods
    /// that need it.
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
    ///         - --allowed-unsafe-sysctls=kernel.msg*,net.core.somaxconn
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// allowedUnsafeSysctls: ["kernel.*"]
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
    ///         - kubelet
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
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec kubelet --read-only-port=0 1>>/var/log/kubelet.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// allowedUnsafeSysctls: []
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-unsafe-sysctls",
        title: "Pods may change unsafe kernel settings",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a pod can disturb or weaken the whole node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:K8S-2", "owasp-k8s-2022:K09", "owasp-k8s-2025:K07", "pss:baseline/sysctls"],
        remediation: "Remove `allowed-unsafe-sysctls` (`allowedUnsafeSysctls`), or allow it only on nodes set apart for the pods that need it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    forbidden(component, out, "allowed-unsafe-sysctls", "lets pods change unsafe kernel settings");
}
