//! Secret object with its data in the repository.

use crate::support::committed;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The data of a Secret is only encoded. A manifest with real values gives them to everyone who has, or ever had, the
    /// repository. Values that are empty or stand-ins, user names, certificates and plain settings do not count; nor do
    /// SealedSecrets and ExternalSecrets, which are made for the purpose.
    ///
    /// ## How to fix
    /// Change the secret: it has been seen, and history keeps it. Then commit an ExternalSecret (External Secrets
    /// Operator), a SealedSecret, a SOPS file or a SecretProviderClass instead.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// data:
    ///   username: YXBw
    ///   password: aHVudGVyMg==
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// stringData:
    ///   token: 0123456789abcdef0123456789abcdef
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: pull}
    /// type: kubernetes.io/dockerconfigjson
    /// data:
    ///   .dockerconfigjson: eyJhdXRocyI6eyJnaGNyLmlvIjp7ImF1dGgiOiJZWEJ3T21oMWJuUmxjakk9In19fQ==
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web-tls}
    /// type: kubernetes.io/tls
    /// stringData:
    ///   tls.crt: ""
    ///   tls.key: |
    ///     -----BEGIN PRIVATE KEY-----
    ///     MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn4ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI
    ///     -----END PRIVATE KEY-----
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// data:
    ///   password: ""
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: db}
    /// stringData:
    ///   password: <your-password>
    ///   username: app
    ///   host: db.shop.svc
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: token, annotations: {kubernetes.io/service-account.name: web}}
    /// type: kubernetes.io/service-account-token
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: repo}
    /// stringData:
    ///   type: git
    ///   url: https://github.com/example/repo
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: ca}
    /// stringData:
    ///   ca.crt: |
    ///     -----BEGIN CERTIFICATE-----
    ///     MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn4ygWyF8PbnGy0AHB7MhgwMbRvI0MBZhpI
    ///     -----END CERTIFICATE-----
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-committed",
        title: "Secret object with its data in the repository",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "base64 hides nothing: everyone who can read the repository, or ever could, has \
                      the secret",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-2",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "nsa-cisa:network/secrets",
            "cis-k8s:5.4.2",
        ],
        remediation: "Change the secret, remove it from the repository, and let an ExternalSecret, a \
                      SealedSecret or a CSI secret store bring it into the cluster.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Secret"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // Helm's own record of a release.
    if !object.group().is_empty()
        || object.root.get("type").is("helm.sh/release.v1")
        || object.root.get("sops").is_set()
    {
        return;
    }
    let (entries, open) = committed::entries(object);
    let Some(worst) = entries.iter().rev().max_by_key(|e| e.suspicion.confidence) else {
        if open {
            out.unknown(object, Why::new(WhyCode::Unresolved, "the data is filled in later"));
        }
        return;
    };
    let names = entries.iter().take(5).map(|e| format!("`{}`", e.key)).collect::<Vec<_>>().join(", ");
    let more = if entries.len() > 5 { format!(" and {} more", entries.len() - 5) } else { String::new() };
    let draft = out.fail(
        worst.node,
        format!("the Secret `{}` holds {} in {names}{more}", object.name(), worst.suspicion.why),
    );
    draft.key("data").confidence(worst.suspicion.confidence);
    for entry in entries.iter().filter(|e| e.node != worst.node).take(20) {
        draft.related(entry.node, format!("{} under `{}`", entry.suspicion.why, entry.key));
    }
}
