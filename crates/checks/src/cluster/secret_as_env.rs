//! Secret is handed over in the environment.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Environment variables are passed on to every child process, printed by debug pages and crash reports, and stay as
    /// they were when the Secret changes. Files in a mounted Secret have none of these faults.
    ///
    /// ## How to fix
    /// Mount the Secret as a volume. Many images read `..._FILE` variables for that.
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
    ///       envFrom:
    ///         - secretRef: {name: db}
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
    ///       envFrom: [{secretRef: {name: db}}]
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
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
    ///         - {name: MODE, valueFrom: {configMapKeyRef: {name: web, key: mode}}}
    ///         - {name: DB_PASSWORD_FILE, value: /run/secrets/db/password}
    ///       envFrom:
    ///         - configMapRef: {name: web}
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
    ///       volumeMounts: [{name: db, mountPath: /run/secrets/db}]
    ///   volumes: [{name: db, secret: {secretName: db}}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-as-env",
        title: "Secret is handed over in the environment",
        area: Area::Cluster,
        topic: "secret-handling",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an attacker must already read the environment of the process, its crash dump \
                      or its logs",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-3", "owasp-k8s-2022:K08", "owasp-k8s-2025:K03", "cis-k8s:5.4.1"],
        remediation: "Mount the Secret as a volume and let the program read the file.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_35", "kube-linter:read-secret-from-env-var"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let single = container.node.get("env").items().map(|v| v.at("valueFrom.secretKeyRef"));
    let whole = container.node.get("envFrom").items().map(|s| s.get("secretRef"));
    let places: Vec<Node<'a>> = single.chain(whole).filter(|n| n.is_set()).collect();
    let Some((first, others)) = places.split_first() else { return };
    let names: std::collections::BTreeSet<&str> =
        places.iter().filter_map(|place| place.get("name").scalar()).collect();
    let names = names.into_iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    let draft =
        out.fail(*first, format!("{} gets the Secret {names} as environment variables", container.label()));
    draft.key(format!("{}/env", container.name()));
    for other in others.iter().take(20) {
        draft.related(*other, "another one");
    }
}
