//! Secret is written into an environment variable.

use crate::support::secrets::{self, Sense};
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The value stands in clear text in the repository with its history, in the object that everyone who may read pods
    /// sees, in `kubectl describe`, in logs of the API server and in crash dumps.
    ///
    /// ## How to fix
    /// Change the secret: it has been seen. Then keep it in an external store or a SealedSecret, and mount it as a file.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: DB_PASSWORD, value: hunter2}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: DATABASE_URL, value: "postgres://app:S3cretPw@db:5432/app"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: API_KEY, value: a8f5f167f44f4964e6c998dee827110c}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: MYSQL_ROOT_PASSWORD, value: password}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: AWS_ACCESS_KEY_ID, value: AKIAQYLPMN5HHHFPZAM2}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: example.com/setup:1.0
    ///       env: [{name: PGPASSWORD, value: postgres}]
    ///   containers:
    ///     - {name: web, image: "example.com/web:1.0"}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: DB_PASSWORD_FILE, value: /run/secrets/db}
    ///         - {name: SECRET_NAME, value: web-tls}
    ///         - {name: PASSWORD, value: ""}
    ///         - {name: TOKEN_TTL, value: 24h}
    ///         - {name: DB_HOST, value: db.shop.svc}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env:
    ///         - {name: DATABASE_URL, value: "postgres://app:$(DB_PASSWORD)@db:5432/app"}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "env-literal-secret",
        title: "Secret is written into an environment variable",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can read the repository or the pod has the secret, but not \
                      everyone can reach what it opens",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-3",
            "practices:K8S-5",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
            "cis-k8s:5.4.1",
        ],
        remediation: "Change the secret, keep it in a Secret made outside of the repository, and \
                      mount that as a file or refer to it by `secretKeyRef`.",
        since: "0.1.0",
        aliases: &["kube-linter:env-var-secret"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for variable in container.node.get("env").items() {
        let name = variable.get("name").scalar().unwrap_or("");
        let node = variable.get("value");
        let Some(value) = node.scalar() else { continue };
        if let Some(expression) = syntax::placeholder::find(value) {
            if secrets::sense(name) != Sense::Harmless {
                out.unknown(
                    node,
                    Why::new(WhyCode::Unresolved, format!("`{name}` is filled in by `{expression}`")),
                );
            }
            continue;
        }
        if let Some(suspicion) = secrets::judge_assignment(name, value) {
            let shown = secrets::redact(value.trim());
            let message = format!(
                "`{name}` of {} holds {} in clear text (`{shown}`)",
                container.label(),
                suspicion.why
            );
            let draft = out
                .fail(node, message)
                .key(format!("{}/{name}", container.name()))
                .confidence(suspicion.confidence);
            if suspicion.confidence == Confidence::Low {
                draft.severity(Severity::Medium);
            }
        }
    }
}
