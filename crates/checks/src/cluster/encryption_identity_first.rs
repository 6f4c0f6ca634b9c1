//! Secrets are written unencrypted.

use crate::support::encryption::for_secrets;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The first provider of an entry encrypts what is written. `identity` writes in clear text; it belongs at
    /// the end, where it only reads what was written before.
    ///
    /// ## How to fix
    /// Put a `kms` or `secretbox` provider before `identity`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - identity: {}
    ///       - aescbc:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: ["*.*"]
    ///     providers:
    ///       - identity: {}
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [configmaps]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    ///   - resources: [secrets, configmaps]
    ///     providers:
    ///       - identity: {}
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// kind: EncryptionConfig
    /// apiVersion: v1
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
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
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
    ///   - resources: ["*.*"]
    ///     providers:
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [events]
    ///     providers:
    ///       - identity: {}
    ///   - resources: ["*.*"]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    ///       - identity: {}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "encryption-identity-first",
        title: "Secrets are written unencrypted",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever gets at etcd, its disk or a backup has every credential of the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:1.2.28",
            "practices:K8S-2",
            "practices:SEC-2",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets-encryption",
        ],
        remediation: "Put a `kms` or `secretbox` provider before `identity`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["EncryptionConfiguration", "EncryptionConfig"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(entry) = for_secrets(object.root) else { return };
    let first = entry.get("providers").index(0);
    if first.get("identity").exists() {
        out.fail(first, "Secrets are written unencrypted: `identity` is the first provider").key("identity");
    }
}
