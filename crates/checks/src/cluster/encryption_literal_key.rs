//! Key for encryption at rest stands in the file.

use crate::support::secrets::is_placeholder;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A key written into an EncryptionConfiguration that is kept with the manifests protects nothing from
    /// whoever can read these files or their history.
    ///
    /// ## How to fix
    /// Take the key out, replace it by a new one, and use a `kms` provider or fill the file in when it is
    /// deployed.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - aescbc:
    ///           keys: [{name: key1, secret: "c2VjcmV0IGlzIHNlY3VyZQ=="}]
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "c2VjcmV0IGlzIHNlY3VyZQ=="}]
    ///       - identity: {}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - aescbc:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - aescbc:
    ///           keys: [{name: key1, secret: "<BASE 64 ENCODED SECRET>"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "encryption-literal-key",
        title: "Key for encryption at rest stands in the file",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reads the repository can decrypt a stolen copy of etcd",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-2",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
        ],
        remediation: "Take the key out, replace it by a new one, and use a `kms` provider or fill the file in when it is deployed.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["EncryptionConfiguration", "EncryptionConfig"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for provider in object.root.get("resources").items().flat_map(|entry| entry.get("providers").items()) {
        for kind in ["aescbc", "aesgcm", "secretbox"] {
            for key in provider.get(kind).get("keys").items() {
                let secret = key.get("secret");
                if secret.as_str().is_some_and(|text| is_key(text) && !is_placeholder(text)) {
                    let name = key.get("name").scalar().unwrap_or("");
                    let message = format!("the `{kind}` key `{name}` stands in clear text");
                    out.fail(secret, message).key(format!("{kind}/{name}"));
                }
            }
        }
    }
}

/// True for what decodes to 16 bytes or more, the length of an AES key; not for words that say "put it here".
fn is_key(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 16
        && text.len().is_multiple_of(4)
        && text.trim_end_matches('=').bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
        && text.bytes().any(|b| b.is_ascii_lowercase())
        && text.bytes().any(|b| b.is_ascii_uppercase())
}
