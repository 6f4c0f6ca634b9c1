//! etcd trusts the certificate authority of the cluster.

use crate::support::component::{fault, report};
use check::kube::component::components;
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// If etcd trusts the authority that signs the client certificates of the cluster, every kubelet and every
    /// user with a certificate can read and write etcd directly, past all permissions.
    ///
    /// ## How to fix
    /// Give etcd a certificate authority of its own.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - kube-apiserver
    ///         - --client-ca-file=/etc/kubernetes/pki/ca.crt
    ///         - --etcd-cafile=/etc/kubernetes/pki/ca.crt
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     etcd-cafile: "/etc/kubernetes/pki/ca.crt"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: etcd-cafile
    ///       value: "/etc/kubernetes/pki/ca.crt"
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
    ///         - --trusted-ca-file=/etc/kubernetes/pki/ca.crt
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - kube-apiserver
    ///         - --client-ca-file=/srv/ca.pem
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: etcd
    ///       image: registry.k8s.io/etcd:3.6.4-0
    ///       command:
    ///         - etcd
    ///         - --trusted-ca-file=/srv/ca.pem
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: kube-apiserver
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command:
    ///         - kube-apiserver
    ///         - --client-ca-file=/etc/kubernetes/pki/ca.crt
    ///         - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: etcd-cafile
    ///       value: "/etc/etcd/ca.crt"
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
    ///         - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "etcd-shared-ca",
        title: "etcd trusts the certificate authority of the cluster",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "every client certificate of the cluster then opens etcd",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:2.7",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/etcd",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Give etcd a certificate authority of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer, Program::Etcd], judge),
};

fn judge<'a>(component: &Component<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let (flag, cluster) = match component.program {
        Program::Etcd => ("trusted-ca-file", cluster_authorities(cx)),
        _ => ("etcd-cafile", component.text("client-ca-file").known().into_iter().collect()),
    };
    let value = component.text(flag);
    let same = |text: &String| !text.is_empty() && cluster.contains(text);
    if let Some(found) = fault(component, out, value, String::new(), same) {
        report(component, out, found, flag, "uses the certificate authority of the cluster for etcd");
    }
}

/// Where the authority of the cluster is kept: the place kubeadm uses, and what API servers among the pods say.
fn cluster_authorities(cx: &Cx<'_>) -> Vec<String> {
    // Bounded: this runs for every etcd.
    let servers = cx.inventory.of_kind("Pod").take(256).filter(|pod| pod.name().contains("apiserver"));
    let told = servers
        .flat_map(|pod| components(pod, cx.inventory.pods_of(pod)))
        .filter(|component| component.program == Program::ApiServer)
        .filter_map(|component| component.text("client-ca-file").known());
    std::iter::once("/etc/kubernetes/pki/ca.crt".to_owned()).chain(told).collect()
}
