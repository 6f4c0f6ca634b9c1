//! etcd does not ask peers for a certificate.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--peer-client-cert-auth` anybody who reaches the peer port can pose as a member of etcd.
    ///
    /// ## How to fix
    /// Set `peer-client-cert-auth` to true.
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
    ///         - --peer-client-cert-auth=false
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
    ///       peer-client-cert-auth: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: peer-client-cert-auth
    ///         value: "false"
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
    ///             peer-client-cert-auth: "false"
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
    ///         - {name: ETCD_PEER_CLIENT_CERT_AUTH, value: "false"}
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
    ///         - --peer-client-cert-auth=true
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       peer-client-cert-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: peer-client-cert-auth
    ///         value: "true"
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
    ///             peer-client-cert-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
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
    ///         - {name: ETCD_PEER_CLIENT_CERT_AUTH, value: "true"}
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
    ///         - --peer-client-cert-auth
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "etcd-peer-client-cert-auth",
        title: "etcd does not ask peers for a certificate",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reaches the peer port can join the cluster of etcd and copy its data",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:2.5",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/etcd",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set `peer-client-cert-auth` to true.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_121", "trivy:KCV-0046"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Etcd], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.bool("peer-client-cert-auth");
    let Some(found) = fault(component, out, value, false, |on| !*on) else { return };
    // Without an authority to verify certificates with etcd would not start.
    let authority = component.has_any(&["peer-trusted-ca-file"]);
    let change = plan(component, "peer-client-cert-auth", &true.into(), false).filter(|_| authority);
    let draft =
        report(component, out, found, "peer-client-cert-auth", "does not ask peers for a certificate");
    if let Some(change) = change {
        draft.fix(change);
    }
}
