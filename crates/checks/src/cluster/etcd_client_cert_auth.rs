//! etcd does not ask clients for a certificate.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without `--client-cert-auth` etcd serves whoever reaches its port. It holds every Secret, and whoever
    /// writes to it changes any object without a trace in the audit log.
    ///
    /// ## How to fix
    /// Set `client-cert-auth` to true.
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
    ///         - --client-cert-auth=false
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
    ///       client-cert-auth: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: client-cert-auth
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
    ///             client-cert-auth: "false"
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
    ///         - {name: ETCD_CLIENT_CERT_AUTH, value: "false"}
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
    ///         - --client-cert-auth=true
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       client-cert-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// etcd:
    ///   local:
    ///     extraArgs:
    ///       - name: client-cert-auth
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
    ///             client-cert-auth: "true"
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
    ///         - {name: ETCD_CLIENT_CERT_AUTH, value: "true"}
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
    ///         - --client-cert-auth
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "etcd-client-cert-auth",
        title: "etcd does not ask clients for a certificate",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "whoever reaches the port reads every secret and rewrites every object, past all Kubernetes permissions",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:2.2",
            "practices:K8S-2",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
            "nsa-cisa:network/etcd",
            "nsa-cisa:network/component-tls",
        ],
        remediation: "Set `client-cert-auth` to true.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_117", "trivy:KCV-0043"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::Etcd], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.bool("client-cert-auth");
    let Some(found) = fault(component, out, value, false, |on| !*on) else { return };
    // Without an authority to verify certificates with etcd would not start.
    let authority = component.has_any(&["trusted-ca-file"]);
    let change = plan(component, "client-cert-auth", &true.into(), false).filter(|_| authority);
    let draft = report(component, out, found, "client-cert-auth", "does not ask clients for a certificate");
    if let Some(change) = change {
        draft.fix(change);
    }
}
