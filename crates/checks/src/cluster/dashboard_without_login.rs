//! Administration interface asks for no login.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Options such as `--disable-auth` of Argo CD,
    /// anonymous access in Grafana or an empty token of Jupyter switch the login off. `--insecure` of Argo
    /// CD serves the login in clear, which is reported at low severity.
    ///
    /// ## How to fix
    /// Remove the option or variable; use the interface's own accounts or single sign-on.
    ///
    /// ## Fails
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
    ///           env:
    ///             - name: GF_AUTH_ANONYMOUS_ENABLED
    ///               value: "true"
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: argocd-server
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: argocd-server
    ///     spec:
    ///       containers:
    ///         - name: argocd-server
    ///           image: quay.io/argoproj/argocd:v3.0.0
    ///           args:
    ///             - argocd-server
    ///             - --insecure
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: nb
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: nb
    ///     spec:
    ///       containers:
    ///         - name: nb
    ///           image: jupyter/scipy-notebook:2024
    ///           args:
    ///             - start-notebook.sh
    ///             - --NotebookApp.token=''
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: argocd-server
    ///   namespace: shop
    /// spec:
    ///   template:
    ///     metadata:
    ///       labels:
    ///         app: argocd-server
    ///     spec:
    ///       containers:
    ///         - name: argocd-server
    ///           image: quay.io/argoproj/argocd:v3.0.0
    ///           env:
    ///             - name: ARGOCD_SERVER_DISABLE_AUTH
    ///               value: "true"
    /// ```
    ///
    /// ## Passes
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
    ///           image: kubernetesui/dashboard:v2.7.0
    ///           args:
    ///             - --auto-generate-certificates
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
    ///           env:
    ///             - name: GF_AUTH_ANONYMOUS_ENABLED
    ///               value: "false"
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
    ///           image: example.com/web:1.0
    ///           args:
    ///             - --insecure
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "dashboard-without-login",
        title: "Administration interface asks for no login",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reaches it uses it with its full rights; the network is the only defence \
                      left",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-5",
            "practices:NET-6",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K06",
            "nsa-cisa:network/exposure",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
        ],
        remediation: "Remove the setting and let users log in.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

/// Options: part of an image's name, the option, and how bad it is.
const OPTIONS: &[(&str, &str, Severity)] = &[
    ("argocd", "--disable-auth", Severity::High),
    ("argocd", "--insecure", Severity::Low),
    ("argocli", "--auth-mode=server", Severity::High),
    ("notebook", "--NotebookApp.token=", Severity::High),
    ("notebook", "--ServerApp.token=", Severity::High),
    ("notebook", "--IdentityProvider.token=", Severity::High),
    ("jupyter", "--NotebookApp.token=", Severity::High),
    ("mongo", "--noauth", Severity::High),
];

/// Variables: name, value and how bad it is. The names are plain enough to need no image.
const VARIABLES: &[(&str, &str, Severity)] = &[
    ("GF_AUTH_ANONYMOUS_ENABLED", "true", Severity::Medium),
    ("GF_AUTH_DISABLE_LOGIN_FORM", "true", Severity::Low),
    ("ARGOCD_SERVER_DISABLE_AUTH", "true", Severity::High),
    ("ARGOCD_SERVER_INSECURE", "true", Severity::Low),
    ("ME_CONFIG_BASICAUTH", "false", Severity::High),
    ("xpack.security.enabled", "false", Severity::Medium),
    ("XPACK_SECURITY_ENABLED", "false", Severity::Medium),
    ("DISABLE_SECURITY_DASHBOARDS_PLUGIN", "true", Severity::Medium),
    ("PGADMIN_CONFIG_SERVER_MODE", "False", Severity::High),
    ("DISABLE_AUTH", "true", Severity::Medium),
];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let image = container.node.get("image").scalar().unwrap_or("");
    let words = container.node.get("command").items().chain(container.node.get("args").items());
    for word in words {
        let Some(text) = word.scalar() else { continue };
        let empty =
            |option: &str| text.strip_prefix(option).is_some_and(|v| v.trim_matches(['\'', '"']).is_empty());
        let is = |option: &str| if option.ends_with("token=") { empty(option) } else { text == option };
        if let Some((_, option, severity)) =
            OPTIONS.iter().find(|(part, option, _)| image.contains(part) && is(option))
        {
            let message = format!("{} starts with `{option}`", container.label());
            out.fail(word, message).severity(*severity).key(*option);
        }
    }
    for variable in container.node.get("env").items() {
        let value = variable.get("value");
        let (Some(name), Some(text)) = (variable.get("name").scalar(), value.scalar()) else { continue };
        let bad =
            |(known, bad, _): &&(&str, &str, Severity)| *known == name && text.eq_ignore_ascii_case(bad);
        if let Some((_, _, severity)) = VARIABLES.iter().find(bad) {
            let message = format!("{} sets `{name}` to `{text}`", container.label());
            out.fail(value, message).severity(*severity).key(name);
        }
    }
}
