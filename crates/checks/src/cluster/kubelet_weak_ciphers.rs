//! Kubelet offers weak TLS cipher suites.

use crate::support::component::ciphers;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Cipher suites with CBC, RC4 or 3DES let recorded traffic be read later or attacked by padding oracles. The
    /// defaults have been without the worst of them since Kubernetes 1.30.
    ///
    /// ## How to fix
    /// Set `tls-cipher-suites` (`tlsCipherSuites`) to suites with ECDHE and GCM or ChaCha20-Poly1305.
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
    ///         - --tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     tls-cipher-suites: "TLS_RSA_WITH_AES_128_CBC_SHA"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: tls-cipher-suites
    ///       value: "TLS_RSA_WITH_AES_128_CBC_SHA"
    /// ```
    /// ```yaml kubernetes=1.27
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
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
    ///         - --tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
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
    /// tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// cgroupDriver: systemd
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// tlsMinVersion: VersionTLS13
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     tls-cipher-suites: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: tls-cipher-suites
    ///       value: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-weak-ciphers",
        title: "Kubelet offers weak TLS cipher suites",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it takes a position on the network and years of recorded traffic or a padding oracle",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:4.2.12",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/encryption",
        ],
        remediation: "Set `tls-cipher-suites` (`tlsCipherSuites`) to suites with ECDHE and GCM or ChaCha20-Poly1305.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_151"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    ciphers(component, out, "tls-cipher-suites", component.minor(cx.settings) < 30);
}
