//! Kubelet takes static pods from the network.

use crate::support::component::forbidden;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `staticPodURL` the kubelet fetches pods from a web server and runs them without asking the API
    /// server, so that no permission, admission rule or audit log applies.
    ///
    /// ## How to fix
    /// Remove `manifest-url` (`staticPodURL`) and use `staticPodPath`, or no static pods at all.
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
    ///         - --manifest-url=http://example.com/pods.yaml
    /// ```
    /// ```yaml
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// staticPodURL: https://example.com/pods.yaml
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     manifest-url: "http://10.0.0.1/pods.yaml"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: manifest-url
    ///       value: "http://10.0.0.1/pods.yaml"
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
    /// staticPodPath: /etc/kubernetes/manifests
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: InitConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     manifest-url: ""
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: JoinConfiguration
    /// nodeRegistration:
    ///   kubeletExtraArgs:
    ///     - name: manifest-url
    ///       value: ""
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubelet-remote-manifests",
        title: "Kubelet takes static pods from the network",
        area: Area::Cluster,
        topic: "node",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever answers for that address runs privileged pods on the node, past admission",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/control-plane",
        ],
        remediation: "Remove `manifest-url` (`staticPodURL`) and use `staticPodPath`, or no static pods at all.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Kubelet], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    forbidden(component, out, "manifest-url", "takes static pods from the network");
}
