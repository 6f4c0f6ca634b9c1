//! Idle exec sessions never end.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With a streaming idle timeout of 0 exec, attach and port-forward sessions stay open for ever.
    ///
    /// ## How to fix
    /// Set `streaming-connection-idle-timeout` (`streamingConnectionIdleTimeout`) to five minutes or more, or
    /// leave the default of four hours.
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
    ///         - --streaming-connection-idle-timeout=0
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// streamingConnectionIdleTimeout: 0s
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// streamingConnectionIdleTimeout: 0h0m0s
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     streaming-connection-idle-timeout: "0"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: streaming-connection-idle-timeout
    ///       value: "0"
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
    ///         - --streaming-connection-idle-timeout=5m
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
    /// streamingConnectionIdleTimeout: 5m0s
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
    ///     streaming-connection-idle-timeout: "4h"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: streaming-connection-idle-timeout
    ///       value: "4h"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-streaming-timeout",
        title: "Idle exec sessions never end",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "a forgotten session has to be found and taken over first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:4.2.5", "practices:K8S-2", "owasp-k8s-2022:K09", "owasp-k8s-2025:K07"],
        remediation: "Set `streaming-connection-idle-timeout` (`streamingConnectionIdleTimeout`) to five minutes or more, or leave the default of four hours.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_143"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.millis("streaming-connection-idle-timeout");
    let Some(found) = fault(component, out, value, 14_400_000, |ms| *ms <= 0) else { return };
    let change = plan(component, "streaming-connection-idle-timeout", &"5m".into(), true);
    let draft =
        report(component, out, found, "streaming-connection-idle-timeout", "never ends idle sessions");
    if let Some(change) = change {
        draft.fix(change);
    }
}
