//! Metrics of etcd are open to the network.

use crate::support::component::{fault, is_loopback, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `--listen-metrics-urls` serves metrics and health without a client certificate. On other than the loopback
    /// address everybody on the network can read them.
    ///
    /// ## How to fix
    /// Set `listen-metrics-urls` to `http://127.0.0.1:2381`.
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
    ///         - --listen-metrics-urls=http://0.0.0.0:2381
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
    ///         - --listen-metrics-urls=http://10.0.0.1:2381
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       listen-metrics-urls: "http://0.0.0.0:2381"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: listen-metrics-urls
    ///         value: "http://10.0.0.1:2381"
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
    ///             listen-metrics-urls: "http://0.0.0.0:2381"
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
    ///         - --listen-metrics-urls=http://127.0.0.1:2381
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
    ///       listen-metrics-urls: "http://127.0.0.1:2381"
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
    ///             listen-metrics-urls: "http://127.0.0.1:2381"
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
        id: "etcd-open-metrics",
        title: "Metrics of etcd are open to the network",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "metrics show names and load, not the data itself",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/etcd",
            "nsa-cisa:network/control-plane",
        ],
        remediation: "Set `listen-metrics-urls` to `http://127.0.0.1:2381`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Etcd], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.list("listen-metrics-urls");
    let open = |urls: &Vec<String>| urls.iter().any(|url| url.starts_with("http://") && !is_loopback(url));
    let Some(found) = fault(component, out, value, Vec::new(), open) else { return };
    let change = plan(component, "listen-metrics-urls", &"http://127.0.0.1:2381".into(), false);
    let draft = report(component, out, found, "listen-metrics-urls", "shows its metrics to the network");
    if let Some(change) = change {
        draft.fix(change);
    }
}
