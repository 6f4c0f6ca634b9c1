//! Secret is written into a command line.

use crate::support::secrets;
use check::{Check, Container, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Arguments stand in the repository, in the object, and in the process list of the node. This covers `command`,
    /// `args`, and the commands of probes and lifecycle hooks.
    ///
    /// ## How to fix
    /// Change the secret: it has been seen. Let the program read it from a mounted file; if it takes only arguments, refer
    /// to a variable: `--password=$(DB_PASSWORD)`.
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
    ///       args: ["--db-password=hunter2"]
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
    ///       args: ["--password", "hunter2"]
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
    ///       command: ["sh", "-c", "mysql -u root --password=hunter2 -h db < /init.sql"]
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
    ///       livenessProbe:
    ///         exec: {command: ["sh", "-c", "curl -u admin:hunter2 http://localhost:8080/"]}
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
    ///       args: ["--dsn=postgres://app:S3cretPw@db/app"]
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
    ///       lifecycle: {postStart: {exec: {command: [redis-cli, "--pass", "hunter2-x9", ping]}}}
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
    ///       args: ["--db-password=$(DB_PASSWORD)"]
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
    ///       args: ["--password-file", "/run/secrets/password", "--token-ttl=24h", "--tls-secret", "web-tls"]
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
    ///       command: ["sh", "-c", "mysql --password=$DB_PASSWORD < /init.sql"]
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
        id: "argument-literal-secret",
        title: "Secret is written into a command line",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can read the repository, the pod or the process list has the \
                      secret, but not everyone can reach what it opens",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-3",
            "practices:K8S-5",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
        ],
        remediation: "Change the secret, and let the program read it from a file that is mounted \
                      from a Secret.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

const COMMANDS: [&[&str]; 7] = [
    &["command"],
    &["args"],
    &["livenessProbe", "exec", "command"],
    &["readinessProbe", "exec", "command"],
    &["startupProbe", "exec", "command"],
    &["lifecycle", "postStart", "exec", "command"],
    &["lifecycle", "preStop", "exec", "command"],
];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for command in COMMANDS.map(|keys| container.node.path(keys)) {
        let words: Vec<Node<'a>> = command.items().collect();
        for (index, node) in words.iter().enumerate() {
            let Some(text) = node.scalar() else { continue };
            let next = words.get(index + 1).copied();
            for found in secrets::judge_command(text, next.and_then(Node::scalar)) {
                let (place, value) = if found.range.is_empty() {
                    let place = next.unwrap_or(*node);
                    (place, place.scalar().unwrap_or(""))
                } else {
                    (*node, text.get(found.range.clone()).unwrap_or(""))
                };
                let what = if found.name.is_empty() {
                    "an argument".to_owned()
                } else {
                    format!("`{}`", found.name)
                };
                let shown = secrets::redact(value);
                out.fail(
                    place,
                    format!(
                        "{what} of {} holds {} in clear text (`{shown}`)",
                        container.label(),
                        found.suspicion.why
                    ),
                )
                .confidence(found.suspicion.confidence);
            }
        }
    }
}
