//! Secrets are encrypted by a weak provider.

use crate::support::encryption::for_secrets;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `aesgcm` reuses nonces unless its key is rotated every 200000 writes, and the first version of the `kms`
    /// plug-in interface is deprecated and off since Kubernetes 1.29.
    ///
    /// ## How to fix
    /// Use `kms` with `apiVersion: v2`, or `secretbox`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - aesgcm:
    ///           keys: [{name: key1, secret: "${ENCRYPTION_KEY}"}]
    ///       - identity: {}
    /// ```
    /// ```yaml
    /// apiVersion: apiserver.config.k8s.io/v1
    /// kind: EncryptionConfiguration
    /// resources:
    ///   - resources: [secrets]
    ///     providers:
    ///       - kms: {name: main, endpoint: unix:///run/kms.sock}
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
    ///       - kms: {apiVersion: v2, name: main, endpoint: unix:///run/kms.sock}
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "encryption-weak-provider",
        title: "Secrets are encrypted by a weak provider",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the data is encrypted, but the way it is done has known limits",
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
        remediation: "Use `kms` with `apiVersion: v2`, or `secretbox`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["EncryptionConfiguration", "EncryptionConfig"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(entry) = for_secrets(object.root) else { return };
    let first = entry.get("providers").index(0);
    if first.get("aesgcm").exists() {
        let message = "Secrets are encrypted with `aesgcm`, which is only safe with automated key rotation";
        out.fail(first, message).key("aesgcm");
    }
    let kms = first.get("kms");
    if kms.is_map() && kms.get("apiVersion").scalar().unwrap_or("v1") == "v1" {
        let message = "Secrets are encrypted through version 1 of the KMS interface, which is deprecated";
        out.fail(first, message).key("kms").severity(Severity::Low);
    }
}
