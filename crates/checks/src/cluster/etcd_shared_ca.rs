//! etcd trusts the certificate authority of the cluster.

use crate::support::component::{fault, report};
use check::kube::component::components;
use check::{Check, Cx, Out, Subject};
use check::{Component, Program};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;

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
    subject: Subject::Inventory(&[], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let objects = cx.inventory.objects().iter();
    let all: Vec<Component<'a>> = objects.flat_map(|o| components(o, cx.inventory.pods_of(o))).collect();
    // kubeadm keeps the authority of the cluster here; where it is otherwise the API servers tell.
    let mut authorities = BTreeSet::from(["/etc/kubernetes/pki/ca.crt".to_owned()]);
    let servers = all.iter().filter(|c| c.program == Program::ApiServer);
    authorities.extend(servers.filter_map(|server| server.text("client-ca-file").known()));
    for component in &all {
        let (flag, same): (_, &dyn Fn(&String) -> bool) = match component.program {
            Program::Etcd => ("trusted-ca-file", &|text| authorities.contains(text)),
            Program::ApiServer => {
                ("etcd-cafile", &|text| component.text("client-ca-file").known().as_ref() == Some(text))
            }
            _ => continue,
        };
        out.subject(component.owner.id());
        let value = component.text(flag);
        if let Some(found) =
            fault(component, out, value, String::new(), |text| !text.is_empty() && same(text))
        {
            report(component, out, found, flag, "uses the certificate authority of the cluster for etcd");
        }
    }
}
