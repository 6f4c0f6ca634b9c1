//! Kubelet goes by another name than its host.

use crate::support::component::forbidden;
use check::{Check, Component, Cx, Out, Program, Source, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `--hostname-override` gives the node a name that may not match its certificate and makes logs harder to
    /// follow.
    ///
    /// ## How to fix
    /// Remove `hostname-override`.
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
    ///         - --hostname-override=node-1
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-hostname-override",
        title: "Kubelet goes by another name than its host",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "names in logs and certificates no longer match the machine",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:4.2.7", "practices:K8S-2", "owasp-k8s-2022:K09", "owasp-k8s-2025:K07"],
        remediation: "Remove `hostname-override`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_146"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if component.source == Source::File {
        out.not_applicable();
        return;
    }
    forbidden(component, out, "hostname-override", "goes by another name than its host");
}
