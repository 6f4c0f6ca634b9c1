//! ConfigMap holds a secret.

use crate::support::{base64, secrets};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A ConfigMap is for settings. The view role reads it, nothing encrypts it, and no audit rule guards it. The check
    /// looks at each entry, and for configuration files inside of entries at each line: passwords, keys, tokens, connection
    /// strings, private keys, kubeconfigs.
    ///
    /// ## How to fix
    /// Change the secret: it has been seen. Keep it in a Secret, and refer to it from the configuration by variable or file.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   DB_HOST: db
    ///   DB_PASSWORD: hunter2
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   application.properties: |
    ///     server.port=8080
    ///     spring.datasource.password=S3cretPw
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   server.key: |
    ///     -----BEGIN RSA PRIVATE KEY-----
    ///     MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn4ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI
    ///     -----END RSA PRIVATE KEY-----
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: kubeconfig}
    /// data:
    ///   config: |
    ///     apiVersion: v1
    ///     kind: Config
    ///     users:
    ///       - name: admin
    ///         user:
    ///           token: 0123456789abcdef0123456789abcdef
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   config.json: |
    ///     {"api": {
    ///       "apiKey": "9f86d081884c7d659a2f"
    ///     }}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   DB_HOST: db
    ///   DB_PASSWORD_FILE: /run/secrets/db
    ///   SECRET_NAME: web-tls
    ///   TOKEN_URL: https://login.example.com/token
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data:
    ///   application.yaml: |
    ///     datasource:
    ///       password: ${DB_PASSWORD}
    ///     # password: hunter2
    ///   ca.crt: |
    ///     -----BEGIN CERTIFICATE-----
    ///     MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn4ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI
    ///     -----END CERTIFICATE-----
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: empty}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "configmap-secret",
        title: "ConfigMap holds a secret",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "ConfigMaps are readable by far more people and programs than Secrets, and are \
                      never encrypted at rest",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-3",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
        ],
        remediation: "Change the secret and move it to a Secret that is made outside of the \
                      repository; leave only settings in the ConfigMap.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0109", "trivy:KSV-01010"],
        docs: DOCS,
    },
    subject: Subject::Object(&["ConfigMap"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (key, node) in object.root.get("data").entries() {
        let Some(text) = node.scalar() else { continue };
        if text.trim().contains('\n') || text.trim_start().starts_with('{') {
            judge_file(key, node, text, out);
        } else if let Some(suspicion) = secrets::judge_assignment(key, text) {
            let shown = secrets::redact(text.trim());
            out.fail(node, format!("`{key}` holds {} in clear text (`{shown}`)", suspicion.why))
                .confidence(suspicion.confidence);
        }
    }
    for (key, node) in object.root.get("binaryData").entries() {
        if let Some(text) = node.scalar().and_then(base64::decode_text) {
            judge_file(key, node, &text, out);
        }
    }
}

/// One finding for a file, however many secrets it holds: they are moved together.
fn judge_file<'a>(key: &str, node: Node<'a>, text: &str, out: &mut Out<'a>) {
    let found = secrets::judge_document(text);
    let Some(first) = found.first() else { return };
    let name = if first.name.is_empty() { String::new() } else { format!(" as `{}`", first.name) };
    let more = match found.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let shown = secrets::redact(text.get(first.range.clone()).unwrap_or(""));
    let confidence = found.iter().map(|f| f.suspicion.confidence).max().unwrap_or(Confidence::Medium);
    out.fail(node, format!("`{key}` holds {}{name} (`{shown}`){more}", first.suspicion.why))
        .confidence(confidence);
}
