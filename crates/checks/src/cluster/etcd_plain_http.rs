//! etcd listens on the network over plain HTTP.

use crate::support::component::{is_loopback, soften};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An `http://` address that is not the loopback one lets anybody on the network read and write the state of
    /// the cluster, without TLS and without a certificate.
    ///
    /// ## How to fix
    /// Use `https://` addresses, or bind plain HTTP to 127.0.0.1 only.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - etcd
    ///         - --listen-client-urls=http://0.0.0.0:2379
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - /usr/local/bin/etcd
    ///         - --listen-client-urls=https://127.0.0.1:2379,http://10.0.0.1:2379
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec etcd --listen-peer-urls=http://10.0.0.1:2380 1>>/var/log/etcd.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       listen-client-urls: "http://0.0.0.0:2379"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: listen-peer-urls
    ///         value: "http://10.0.0.1:2380"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       etcd:
    ///         local:
    ///           extraArgs:
    ///             listen-client-urls: "http://0.0.0.0:2379"
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: quay.io/coreos/etcd:v3.5.9
    ///       command: [etcd]
    ///       env:
    ///         - {name: ETCD_LISTEN_CLIENT_URLS, value: "http://0.0.0.0:2379"}
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///         - name: etcd
    ///           image: quay.io/coreos/etcd:v3.5.9
    ///           command:
    ///             - /bin/sh
    ///             - -c
    ///             - |
    ///               HOST=$(hostname)
    ///               exec etcd --name ${HOST} \
    ///                 --listen-client-urls http://${HOST}:2379
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - /usr/local/bin/etcd
    ///         - --listen-client-urls=https://127.0.0.1:2379,https://10.0.0.1:2379
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec etcd --listen-client-urls=http://127.0.0.1:2379 1>>/var/log/etcd.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - "etcd"
    ///         - "--listen-metrics-urls"
    ///         - "http://127.0.0.1:2381"
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - etcd
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       listen-client-urls: "https://127.0.0.1:2379,https://10.0.0.1:2379"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: listen-metrics-urls
    ///         value: "http://127.0.0.1:2381"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       etcd:
    ///         local:
    ///           extraArgs:
    ///             listen-client-urls: "https://127.0.0.1:2379,https://10.0.0.1:2379"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "etcd-plain-http",
        title: "etcd listens on the network over plain HTTP",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everything etcd holds, every Secret included, can be read and changed on the network",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/etcd",
            "nsa-cisa:network/component-tls",
            "owasp-k8s-2025:K06",
        ],
        remediation: "Use `https://` addresses, or bind plain HTTP to 127.0.0.1 only.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Etcd], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for flag in
        ["listen-client-urls", "advertise-client-urls", "listen-peer-urls", "initial-advertise-peer-urls"]
    {
        for (text, place) in component.written(flag) {
            let open =
                text.split(',').map(str::trim).find(|url| url.starts_with("http://") && !is_loopback(url));
            if let Some(url) = open {
                let message = format!(
                    "etcd uses plain HTTP on the network: `{}` has `{url}`",
                    component.spelling(flag)
                );
                soften(component, out.fail(place, message).key(format!("etcd/{flag}")));
            }
        }
    }
    if component.is_partial() && !component.has_any(&["listen-client-urls", "listen-peer-urls"]) {
        out.not_applicable();
    }
}
