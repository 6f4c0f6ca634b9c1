//! Environment variable is set twice.

use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;

check::docs! {
    /// The last entry wins; the earlier one is dead.
    ///
    /// ## How to fix
    /// Remove one.
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
    ///         - {name: MODE, value: a}
    ///         - {name: MODE, value: b}
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
    ///         - {name: DB_PASSWORD, value: ""}
    ///         - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
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
    ///         - {name: MODE, value: a}
    ///         - {name: mode, value: b}
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
        id: "duplicate-env",
        title: "Environment variable is set twice",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the program sees one of the two values, and readers of the manifest may look \
                      at the other",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the entry that is not meant.",
        since: "0.1.0",
        aliases: &["kube-linter:duplicate-env-var", "kube-score:environment-variable-key-duplication"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let mut seen = BTreeMap::new();
    for variable in container.node.get("env").items() {
        let node = variable.get("name");
        let Some(name) = node.scalar() else { continue };
        if let Some(first) = seen.insert(name, node) {
            out.fail(node, format!("`{name}` of {} is set twice", container.label()))
                .key(format!("{}/{name}", container.name()))
                .related(first, "set before");
        }
    }
}
