//! Kubelet allows every request.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Source, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With the authorization mode `AlwaysAllow`, the default on the command line, the kubelet lets every caller
    /// run commands in any container of the node.
    ///
    /// ## How to fix
    /// Set `authorization-mode` (`authorization.mode`) to `Webhook`.
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
    ///         - --authorization-mode=AlwaysAllow
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
    /// authorization:
    ///   mode: AlwaysAllow
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     authorization-mode: "AlwaysAllow"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: authorization-mode
    ///       value: "AlwaysAllow"
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
    ///         - --authorization-mode=Webhook
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// authorization:
    ///   mode: Webhook
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// authorization: {}
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     authorization-mode: "Webhook"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: authorization-mode
    ///       value: "Webhook"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-always-allow",
        title: "Kubelet allows every request",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "every certificate and token of the cluster then gives a shell in every pod of the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.2",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:auth/kubelet",
            "nsa-cisa:auth/rbac",
        ],
        remediation: "Set `authorization-mode` (`authorization.mode`) to `Webhook`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_139"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let default = if component.source == Source::Command { "AlwaysAllow" } else { "Webhook" };
    let value = component.text("authorization-mode");
    let Some(found) = fault(component, out, value, default.to_owned(), |mode| mode == "AlwaysAllow") else {
        return;
    };
    let change = plan(component, "authorization-mode", &"Webhook".into(), false);
    let draft = report(component, out, found, "authorization-mode", "allows every request");
    if let Some(change) = change {
        draft.fix(change);
    }
}
