//! The Kubernetes Dashboard.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;

check::docs! {
    /// The Dashboard shows and changes what its users may in a browser. It has been the way into many clusters:
    /// reachable from outside, with a login that can be skipped and a service account bound to cluster-admin.
    ///
    /// ## How to fix
    /// Prefer kubectl or a desktop client. If it stays, let people reach it by `kubectl port-forward` only, and
    /// let them log in with tokens of their own.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: kubernetes-dashboard, namespace: kubernetes-dashboard}
    /// spec:
    ///   selector: {matchLabels: {k8s-app: kubernetes-dashboard}}
    ///   template:
    ///     metadata: {labels: {k8s-app: kubernetes-dashboard}}
    ///     spec:
    ///       containers:
    ///         - name: kubernetes-dashboard
    ///           image: kubernetesui/dashboard:v2.7.0
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: kubernetes-dashboard, namespace: kubernetes-dashboard}
    /// spec:
    ///   selector: {matchLabels: {k8s-app: kubernetes-dashboard}}
    ///   template:
    ///     metadata: {labels: {k8s-app: kubernetes-dashboard}}
    ///     spec:
    ///       containers:
    ///         - name: kubernetes-dashboard
    ///           image: k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: docker.io/kubernetesui/dashboard-web:1.0
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
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: grafana/dashboard:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubernetes-dashboard",
        title: "Kubernetes Dashboard is deployed",
        area: Area::Cluster,
        topic: "components",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it is a web interface to the API: as strong as its service account and as weak as its login",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:K8S-5", "owasp-k8s-2022:K09", "owasp-k8s-2025:K06"],
        remediation: "Remove it if it is not needed; else keep it off Ingress and LoadBalancer, and give its service account no rights.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_33"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if is_dashboard(container) {
        out.fail(container.node.get("image"), format!("{} runs the Kubernetes Dashboard", container.label()));
    }
}

/// True for images of the Kubernetes Dashboard, all parts and ages.
fn is_dashboard(container: &Container<'_>) -> bool {
    let Some(image) = container.node.get("image").as_str().and_then(|text| ImageRef::parse(text).ok()) else {
        return false;
    };
    let base = image.base_name();
    base.starts_with("kubernetes-dashboard")
        || (base.starts_with("dashboard") && image.repository.split('/').any(|part| part == "kubernetesui"))
}
