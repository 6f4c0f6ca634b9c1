//! Kubelet serves with a self-signed certificate.

use crate::support::component::required;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without a certificate of its own, or `serverTLSBootstrap`, the kubelet makes a self-signed certificate
    /// that the API server can not verify.
    ///
    /// ## How to fix
    /// Set `serverTLSBootstrap` to true and approve the requests, or set `tls-cert-file` and
    /// `tls-private-key-file`.
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
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsCertFile: /etc/kubelet.crt
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
    ///         - --tls-cert-file=/var/lib/kubelet/pki/kubelet.crt
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
    ///         - --tls-cert-file=/var/lib/kubelet/pki/kubelet.crt
    ///         - --tls-private-key-file=/var/lib/kubelet/pki/kubelet.key
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
    ///           exec kubelet --rotate-server-certificates=true 1>>/var/log/kubelet.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// serverTLSBootstrap: true
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsCertFile: /etc/kubelet.crt
    /// tlsPrivateKeyFile: /etc/kubelet.key
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-no-serving-cert",
        title: "Kubelet serves with a self-signed certificate",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the API server can not tell the kubelet from an impostor, who has to sit between the two",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.9",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set `serverTLSBootstrap` to true and approve the requests, or set `tls-cert-file` and `tls-private-key-file`.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_148"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if component.bool("rotate-server-certificates").known() != Some(true) {
        required(
            component,
            out,
            &["tls-cert-file", "tls-private-key-file"],
            "serves with a self-signed certificate",
        );
    }
}
