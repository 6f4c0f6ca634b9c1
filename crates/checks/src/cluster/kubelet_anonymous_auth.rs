//! Kubelet accepts anonymous requests.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Source, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A kubelet that accepts anonymous requests serves whoever reaches port 10250 as `system:anonymous`. With
    /// the authorization mode `AlwaysAllow`, the default on the command line, that is a shell in every pod of the
    /// node.
    ///
    /// ## How to fix
    /// Set `anonymous-auth` (`authentication.anonymous.enabled`) to false.
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
    ///         - --anonymous-auth=true
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
    /// authentication:
    ///   anonymous:
    ///     enabled: true
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     anonymous-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: anonymous-auth
    ///       value: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kops.k8s.io/v1alpha2
    /// kind: Cluster
    /// metadata: {name: main}
    /// spec:
    ///   kubelet: {anonymousAuth: true}
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
    ///         - --anonymous-auth=false
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// authentication:
    ///   anonymous:
    ///     enabled: false
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// authentication: {}
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     anonymous-auth: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: anonymous-auth
    ///       value: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kops.k8s.io/v1alpha2
    /// kind: Cluster
    /// metadata: {name: main}
    /// spec:
    ///   kubelet: {anonymousAuth: false}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-anonymous-auth",
        title: "Kubelet accepts anonymous requests",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "together with `AlwaysAllow` it gives a shell in every pod of the node to everybody on the network",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.1",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:auth/kubelet",
            "nsa-cisa:auth/anonymous",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
        ],
        remediation: "Set `anonymous-auth` (`authentication.anonymous.enabled`) to false.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_138"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // The configuration file has safer defaults than the flags.
    let default = component.source == Source::Command;
    let value = component.bool("anonymous-auth");
    let Some(found) = fault(component, out, value, default, |on| *on) else { return };
    let change = plan(component, "anonymous-auth", &false.into(), false);
    let allow_all = match component.text("authorization-mode") {
        Val::Known(mode, _) => mode == "AlwaysAllow",
        Val::Absent(_) => default,
        Val::Unknown(..) => false,
    };
    let draft = report(component, out, found, "anonymous-auth", "accepts anonymous requests");
    if allow_all {
        draft.severity(Severity::Critical);
    }
    if let Some(change) = change {
        draft.fix(change);
    }
}
