//! Kubelet serves pod data without authentication.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Source, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The read-only port serves the specifications of all pods of the node, environment variables included, and
    /// metrics, to anybody. Port 10255 is the default on the command line; in a configuration file the port is
    /// closed unless set.
    ///
    /// ## How to fix
    /// Set `read-only-port` (`readOnlyPort`) to 0.
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
    ///         - --read-only-port=10255
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
    /// readOnlyPort: 10255
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     read-only-port: "10255"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: read-only-port
    ///       value: "10255"
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
    ///         - --read-only-port=0
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// readOnlyPort: 0
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
    ///     read-only-port: "0"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: read-only-port
    ///       value: "0"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-read-only-port",
        title: "Kubelet serves pod data without authentication",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "names, images, environment and commands of all pods are open to everybody on the network",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.4",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:auth/kubelet",
            "owasp-k8s-2025:K06",
        ],
        remediation: "Set `read-only-port` (`readOnlyPort`) to 0.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_141"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let default = if component.source == Source::Command { 10255 } else { 0 };
    let value = component.int("read-only-port");
    let Some(found) = fault(component, out, value, default, |port| *port != 0) else { return };
    let change = plan(component, "read-only-port", &0.into(), false);
    let draft = report(component, out, found, "read-only-port", "serves pod data without authentication");
    if let Some(change) = change {
        draft.fix(change);
    }
}
