//! Kubeconfig does not verify the API server.

use crate::support::component::is_loopback;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `insecure-skip-tls-verify` or an `http://` address a client sends its credentials to whoever answers.
    ///
    /// ## How to fix
    /// Use an `https://` address with `certificate-authority-data`, and remove `insecure-skip-tls-verify`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Config
    /// clusters:
    ///   - name: main
    ///     cluster:
    ///       server: https://10.0.0.1:6443
    ///       insecure-skip-tls-verify: true
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
    ///       server: http://10.0.0.1:8080
    /// users:
    ///   - name: admin
    ///     user:
    ///       exec:
    ///         apiVersion: client.authentication.k8s.io/v1
    ///         command: aws
    ///         args: [eks, get-token]
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
    ///       certificate-authority: ca.crt
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
    ///       server: http://localhost:8001
    /// users:
    ///   - name: admin
    ///     user:
    ///       exec:
    ///         apiVersion: client.authentication.k8s.io/v1
    ///         command: aws
    ///         args: [eks, get-token]
    /// contexts: []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "kubeconfig-insecure",
        title: "Kubeconfig does not verify the API server",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever sits in between gets the credentials and with them the cluster",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-2",
            "nsa-cisa:network/component-tls",
            "owasp-k8s-2022:K09",
            "owasp-k8s-2025:K07",
        ],
        remediation: "Use an `https://` address with `certificate-authority-data`, and remove `insecure-skip-tls-verify`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Config"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if !object.root.get("clusters").is_seq() {
        return out.not_applicable();
    }
    for entry in object.root.get("clusters").items() {
        let name = entry.get("name").scalar().unwrap_or("");
        let cluster = entry.get("cluster");
        if let Some(place) = out.met(cluster.get("insecure-skip-tls-verify").bool(), |on| on) {
            out.fail(place, format!("the certificate of cluster `{name}` is not verified"))
                .key(format!("{name}/verify"));
        }
        let server = cluster.get("server");
        if server.as_str().is_some_and(|url| url.starts_with("http://") && !is_loopback(url)) {
            out.fail(server, format!("cluster `{name}` is reached over plain HTTP"))
                .key(format!("{name}/http"));
        }
    }
}
