//! Tiller, the server of Helm 2.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::{ImageRef, Node};

check::docs! {
    /// Tiller installs whatever it is told to, mostly with the rights of cluster-admin, and accepts
    /// unauthenticated connections on port 44134 from every pod unless TLS was set up. Helm 2 has had no security
    /// fixes since November 2020.
    ///
    /// ## How to fix
    /// Migrate the releases with Helm's 2to3 plug-in and remove the Deployment and Service `tiller-deploy`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: tiller-deploy, namespace: kube-system}
    /// spec:
    ///   selector: {matchLabels: {app: helm, name: tiller}}
    ///   template:
    ///     metadata: {labels: {app: helm, name: tiller}}
    ///     spec:
    ///       containers:
    ///         - name: tiller
    ///           image: ghcr.io/helm/tiller:v2.16.1
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: tiller-deploy, namespace: kube-system}
    /// spec:
    ///   selector: {matchLabels: {app: helm, name: tiller}}
    ///   template:
    ///     metadata: {labels: {app: helm, name: tiller}}
    ///     spec:
    ///       containers:
    ///         - name: tiller
    ///           image: gcr.io/kubernetes-helm/tiller:v2.9.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: tiller-deploy, namespace: kube-system}
    /// spec:
    ///   selector: {app: helm, name: tiller}
    ///   ports: [{port: 44134}]
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: tiller-deploy, namespace: kube-system}
    /// spec:
    ///   selector: {matchLabels: {app: helm, name: tiller}}
    ///   template:
    ///     metadata: {labels: {app: helm, name: tiller}}
    ///     spec:
    ///       containers:
    ///         - name: tiller
    ///           image: registry.example.com:5000/mirror/tiller@sha256:0000000000000000000000000000000000000000000000000000000000000000
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "tiller",
        title: "Tiller, the server of Helm 2, is deployed",
        area: Area::Cluster,
        topic: "components",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "it mostly runs as cluster-admin and by default asks nobody who connects to its port for a name",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-5",
            "owasp-k8s-2022:K10",
            "owasp-k8s-2025:K07",
            "nsa-cisa:upgrade/versions",
        ],
        remediation: "Move to Helm 3, which needs no server, and remove Tiller with its Service, service account and bindings.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_34", "checkov:CKV_K8S_44", "trivy:KSV-0102", "checkov:CKV_K8S_45"],
        docs: DOCS,
    },
    subject: Subject::Object(
        &["Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Service"],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let is_tiller = |labels: Node<'_>| labels.get("app").is("helm") && labels.get("name").is("tiller");
    if object.kind == "Service" {
        if is_tiller(object.spec().get("selector")) || object.name() == "tiller-deploy" {
            out.fail(object, "Service for Tiller: every pod that reaches it can install anything");
        }
        return;
    }
    for pod in cx.inventory.pods_of(object) {
        for container in pod.containers() {
            let image = container.node.get("image");
            let name = image.as_str().and_then(|text| ImageRef::parse(text).ok());
            if name.is_some_and(|name| name.base_name() == "tiller") {
                out.fail(image, format!("{} runs Tiller, the server of Helm 2", container.label()));
                return;
            }
        }
        if is_tiller(pod.labels()) {
            out.fail(object, "the labels say that this is Tiller, the server of Helm 2")
                .confidence(Confidence::Medium);
        }
    }
}
