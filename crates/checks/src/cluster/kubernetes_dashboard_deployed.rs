//! Kubernetes dashboard is deployed.

use crate::support::dashboards;
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The Kubernetes dashboard acts in the cluster with tokens that its users paste into it and with a
    /// service account of its own. The project is archived and gets no more fixes.
    ///
    /// ## How to fix
    /// Delete the namespace `kubernetes-dashboard`, its ClusterRoles and bindings.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: kubernetes-dashboard
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: kubernetes-dashboard
    ///     spec:
    ///       containers:
    ///         - name: kubernetes-dashboard
    ///           image: kubernetesui/dashboard:v2.7.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: ui
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: ui
    ///     spec:
    ///       containers:
    ///         - name: ui
    ///           image: k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: web
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: docker.io/kubernetesui/dashboard-web:1.4.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: dashboard
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: dashboard
    ///     spec:
    ///       containers:
    ///         - name: dashboard
    ///           image: example.com/dashboard:1.0
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: grafana
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: grafana
    ///     spec:
    ///       containers:
    ///         - name: grafana
    ///           image: grafana/grafana:11.0.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubernetes-dashboard-deployed",
        title: "Kubernetes dashboard is deployed",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it is archived software with a service account of its own, and has been the way \
                      into several clusters",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-5",
            "practices:NET-6",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
        ],
        remediation: "Remove the dashboard; use `kubectl`, or a client that runs on the user's machine \
                      with the user's rights.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_33"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some((name, image)) = dashboards::of_pod(pod)
        && name == "the Kubernetes dashboard"
    {
        let owner = &pod.owner;
        out.fail(image, format!("{} `{}` runs the Kubernetes dashboard", owner.kind, owner.name()));
    }
}
