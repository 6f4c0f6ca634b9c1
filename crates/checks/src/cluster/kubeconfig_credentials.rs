//! Kubeconfig holds credentials.

use crate::support::secrets::{is_filled_in_later, is_placeholder};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A kubeconfig with a token, a password or a client key in it is a key to the cluster. Beside manifests it
    /// is copied with them, and stays in their history.
    ///
    /// ## How to fix
    /// Take the credentials out, revoke them, and use an exec plugin or OIDC login.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       token: abcdef0123456789
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       username: admin
    ///       password: hunter2hunter2
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       client-certificate-data: LS0tLS1CRUdJTg==
    ///       client-key-data: LS0tLS1CRUdJTg==
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       auth-provider:
    ///         name: oidc
    ///         config:
    ///           refresh-token: abcdef0123456789
    /// contexts: []
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       exec:
    ///         apiVersion: client.authentication.k8s.io/v1
    ///         command: aws
    ///         args: [eks, get-token]
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       client-certificate: admin.crt
    ///       client-key: admin.key
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       token: ${TOKEN}
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       client-key-data: DATA+OMITTED
    /// contexts: []
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    /// users:
    ///   - name: admin
    ///     user:
    ///       tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
    /// contexts: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubeconfig-credentials",
        title: "Kubeconfig holds credentials",
        area: Area::Cluster,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reads the file has the permissions of the user",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:K8S-5",
            "nsa-cisa:network/secrets",
            "nsa-cisa:network/kubeconfig",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
            "cis-k8s:3.1.1",
        ],
        remediation: "Take the credentials out, revoke them, and use an exec plugin or OIDC login.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Config"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if !object.root.get("users").is_seq() {
        return out.not_applicable();
    }
    for entry in object.root.get("users").items() {
        let name = entry.get("name").scalar().unwrap_or("");
        let user = entry.get("user");
        let config = user.get("auth-provider").get("config");
        let fields = [
            (user.get("token"), "a token"),
            (user.get("password"), "a password"),
            (user.get("client-key-data"), "a client key"),
            (config.get("access-token"), "an access token"),
            (config.get("id-token"), "an id token"),
            (config.get("refresh-token"), "a refresh token"),
            (config.get("client-secret"), "a client secret"),
        ];
        for (field, what) in fields {
            let literal = field.scalar().filter(|text| !text.is_empty() && !is_blanked(text));
            if literal.is_some() {
                let key = format!("{name}/{}", field.key().unwrap_or(""));
                out.fail(field, format!("user `{name}` has {what} in clear text")).key(key);
            }
        }
    }
}

/// True for what tools and people write where a credential was taken out or is filled in later.
fn is_blanked(text: &str) -> bool {
    is_filled_in_later(text) || is_placeholder(text) || text.contains("OMITTED") || text.contains("REDACTED")
}
