//! The Kubernetes Dashboard with its guards down.

use check::{Check, Container, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;

check::docs! {
    /// Some flags of the Dashboard take its guards away: `--enable-skip-login` shows a button that skips the
    /// login, `--enable-insecure-login` and `--insecure-bind-address` take logins over plain HTTP,
    /// `--disable-settings-authorizer` lets anyone change its settings.
    ///
    /// ## How to fix
    /// Remove the flags and serve the Dashboard over HTTPS with a certificate.
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
    ///           args: [--enable-skip-login]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args: [--enable-skip-login=true, --namespace=x]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args: [--enable-insecure-login, --insecure-bind-address=0.0.0.0]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args: [--disable-settings-authorizer]
    /// ```
    ///
    /// ## Passes
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
    ///           args: [--auto-generate-certificates, --namespace=kubernetes-dashboard]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args: [--enable-skip-login=false]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args: [--insecure-bind-address=127.0.0.1]
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
    ///           image: kubernetesui/dashboard:v2.7.0
    /// ```
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
    ///           args: [--enable-skip-login]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubernetes-dashboard-insecure",
        title: "Kubernetes Dashboard lets people in without a proper login",
        area: Area::Cluster,
        topic: "components",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reaches the page acts with the rights of the Dashboard's service account, or reads tokens off the wire",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:K8S-5", "owasp-k8s-2022:K09", "owasp-k8s-2025:K06", "owasp-k8s-2025:K09"],
        remediation: "Remove `--enable-skip-login`, `--enable-insecure-login`, `--disable-settings-authorizer` and `--insecure-bind-address`, and serve HTTPS.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if !is_dashboard(container) {
        return;
    }
    for argument in ["command", "args"].iter().flat_map(|key| container.node.get(key).items()) {
        let Some(text) = argument.as_str() else { continue };
        let (flag, value) = text.split_once('=').unwrap_or((text, "true"));
        let why = match flag.trim_start_matches('-') {
            "enable-skip-login" => "lets people skip the login",
            "enable-insecure-login" => "takes logins over plain HTTP",
            "disable-settings-authorizer" => "lets anyone change the settings",
            "insecure-bind-address" if !matches!(value, "true" | "127.0.0.1" | "::1" | "localhost") => {
                "serves plain HTTP to the network"
            }
            _ => continue,
        };
        if value != "false" {
            out.fail(argument, format!("`{text}` {why}"))
                .key(flag)
                .fix(Plan::risky(format!("remove `{flag}`")).remove(argument));
        }
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
