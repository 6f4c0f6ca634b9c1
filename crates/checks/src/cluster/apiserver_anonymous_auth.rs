//! API server accepts anonymous requests.

use crate::support::component::{fault, plan, report};
use check::{Check, Component, Cx, Out, Program, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use model::{Val, Why, WhyCode};

check::docs! {
    /// With `--anonymous-auth=true`, the default, the API server takes requests without credentials as
    /// `system:anonymous`. What such a request may do depends on authorization alone: together with `AlwaysAllow`
    /// everybody on the network is an administrator.
    ///
    /// ## How to fix
    /// Set `anonymous-auth` to false, or allow it for the health endpoints only with an
    /// AuthenticationConfiguration.
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
    ///         - --anonymous-auth=true
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
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec kube-apiserver --anonymous-auth=true --authorization-mode=AlwaysAllow 1>>/var/log/kube-apiserver.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     anonymous-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: anonymous-auth
    ///       value: "true"
    ///     - name: authorization-mode
    ///       value: "AlwaysAllow"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       apiServer:
    ///         extraArgs:
    ///           anonymous-auth: "true"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   selector: {matchLabels: {app: kube-apiserver}}
    ///   template:
    ///     metadata: {labels: {app: kube-apiserver}}
    ///     spec:
    ///       containers:
    ///         - name: main
    ///           image: example.com/hyperkube:v1.18.0
    ///           command: [/hyperkube, apiserver, --anonymous-auth=true]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: main
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       args: [--anonymous-auth=false, --anonymous-auth=true]
    /// ```
    /// ```yaml
    /// apiVersion: kops.k8s.io/v1alpha2
    /// kind: Cluster
    /// metadata: {name: main}
    /// spec:
    ///   kubeAPIServer: {anonymousAuth: true}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: k3s}
    /// spec:
    ///   containers:
    ///     - name: k3s
    ///       image: rancher/k3s:v1.34.1-k3s1
    ///       args: [server, --kube-apiserver-arg=anonymous-auth=true]
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
    ///         - /usr/local/bin/kube-apiserver
    ///         - --anonymous-auth=false
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
    ///         - /bin/sh
    ///         - -c
    ///         - >-
    ///           exec kube-apiserver --anonymous-auth=false --authorization-mode=Node,RBAC 1>>/var/log/kube-apiserver.log 2>&1
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta3
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     anonymous-auth: "false"
    /// ```
    /// ```yaml
    /// apiVersion: kubeadm.k8s.io/v1beta4
    /// kind: ClusterConfiguration
    /// kubernetesVersion: v1.34.0
    /// apiServer:
    ///   extraArgs:
    ///     - name: anonymous-auth
    ///       value: "false"
    ///     - name: authorization-mode
    ///       value: "Node,RBAC"
    /// ```
    /// ```yaml
    /// apiVersion: controlplane.cluster.x-k8s.io/v1beta1
    /// kind: KubeadmControlPlane
    /// metadata: {name: main}
    /// spec:
    ///   version: v1.34.0
    ///   kubeadmConfigSpec:
    ///     clusterConfiguration:
    ///       apiServer:
    ///         extraArgs:
    ///           anonymous-auth: "false"
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///     - name: main
    ///       image: registry.k8s.io/kube-apiserver:v1.34.0
    ///       command: [/go-runner, --log-file=/var/log/kube-apiserver.log, /usr/local/bin/kube-apiserver]
    ///       args: [--anonymous-auth=$(ANONYMOUS)]
    ///       env: [{name: ANONYMOUS, value: "false"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apiserver-anonymous-auth",
        title: "API server accepts anonymous requests",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "RBAC still limits what an anonymous caller may do, but one careless binding opens the cluster to everybody",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.1",
            "practices:K8S-1",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:auth/anonymous",
        ],
        remediation: "Set `anonymous-auth` to false, or allow it for the health endpoints only with an AuthenticationConfiguration.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_68", "trivy:KCV-0001"],
        docs: DOCS,
    },
    subject: Subject::Component(&[Program::ApiServer], judge),
};

fn judge<'a>(component: &Component<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let value = component.bool("anonymous-auth");
    // A structured configuration decides where the flag is not given.
    if let (Val::Absent(_), Val::Known(_, place)) = (&value, component.text("authentication-config")) {
        let why = Why::new(
            WhyCode::MissingInput,
            "an authentication configuration file decides on anonymous requests",
        );
        out.unknown(place, why);
        return;
    }
    let Some(found) = fault(component, out, value, true, |on| *on) else { return };
    let change = plan(component, "anonymous-auth", &false.into(), false);
    let allow_all = component
        .list("authorization-mode")
        .known()
        .is_some_and(|modes| modes.iter().any(|m| m == "AlwaysAllow"));
    let draft = report(component, out, found, "anonymous-auth", "accepts anonymous requests");
    if allow_all {
        draft.severity(Severity::Critical);
    }
    if let Some(change) = change {
        draft.fix(change);
    }
}
