//! Encryption at rest leaves Secrets out.

use crate::support::encryption::for_secrets;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// An EncryptionConfiguration only encrypts the resources it names. Without `secrets`, or a wildcard that
    /// covers them, Secrets stay in clear text.
    ///
    /// ## How to fix
    /// Add an entry for `secrets` with a `kms` or `secretbox` provider.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [configmaps]
    ///     providers:
    ///       - aescbc:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources: []
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: ["*.apps"]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
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
    ///   - resources: ["*.*"]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: ["*."]
    ///     providers:
    ///       - secretbox:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [configmaps]
    ///     providers:
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
    ///   - resources: [secrets]
    ///     providers:
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "encryption-secrets-not-covered",
        title: "Encryption at rest leaves Secrets out",
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
        remediation: "Add an entry for `secrets` with a `kms` or `secretbox` provider.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["EncryptionConfiguration", "EncryptionConfig"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let resources = object.root.get("resources");
    if let Some(entry) = for_secrets(object.root) {
        let providers = entry.get("providers");
        if providers.is_empty() {
            out.fail(entry, "Secrets are written unencrypted: the entry has no providers").key("providers");
        }
    } else {
        let place = if resources.is_set() { resources } else { object.head() };
        out.fail(place, "no entry covers Secrets, so they are written unencrypted").key("secrets");
    }
}
