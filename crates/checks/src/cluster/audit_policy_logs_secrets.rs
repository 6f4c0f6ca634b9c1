//! Audit log holds secrets in clear text.

use crate::support::audit::{Level, Request, decide};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// At the levels `Request` and `RequestResponse` the audit log holds the bodies of requests: the values of
    /// Secrets and freshly made tokens, in clear text, wherever the log is sent.
    ///
    /// ## How to fix
    /// Log `secrets`, `serviceaccounts/token` and `tokenreviews` at the level `Metadata`, in a rule before the
    /// others.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: RequestResponse
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: Request
    ///     resources: [{group: "", resources: [secrets, configmaps]}]
    ///   - level: Metadata
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: RequestResponse
    ///     resources: [{group: ""}]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// omitStages: [RequestReceived]
    /// rules:
    ///   - level: None
    ///     users: ["system:kube-proxy"]
    ///     verbs: [watch]
    ///     resources: [{group: "", resources: [endpoints, services]}]
    ///   - level: Metadata
    ///     resources:
    ///       - group: ""
    ///         resources: [secrets, configmaps, serviceaccounts/token]
    ///       - group: authentication.k8s.io
    ///         resources: [tokenreviews]
    ///   - level: None
    ///     nonResourceURLs: ["/healthz*", "/version"]
    ///   - level: RequestResponse
    ///     verbs: [create, update, patch, delete]
    ///     resources: [{group: ""}, {group: apps}]
    ///   - level: Metadata
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: Metadata
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: RequestResponse
    ///     resources: [{group: apps}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "audit-policy-logs-secrets",
        title: "Audit log holds secrets in clear text",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the audit log goes to places that may read far more people than Secrets",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:3.2.2",
            "practices:LOG-5",
            "practices:K8S-1",
            "owasp-k8s-2022:K05",
            "owasp-k8s-2025:K10",
            "nsa-cisa:audit/policy",
            "practices:SEC-1",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
        ],
        remediation: "Log `secrets`, `serviceaccounts/token` and `tokenreviews` at the level `Metadata`, in a rule before the others.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Policy.audit.k8s.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let rules = object.root.get("rules");
    let mut seen: Vec<Node<'a>> = Vec::new();
    for (group, resource, verb, leaks_from) in PROBES {
        let (level, rule) = decide(rules, &Request { group, resource, verb });
        let Some(rule) = rule else { continue };
        if level >= Some(*leaks_from) && !seen.contains(&rule) {
            seen.push(rule);
            let message = format!("the audit log holds the contents of `{resource}` in clear text");
            out.fail(rule.get("level"), message).key(*resource);
        }
    }
}

/// Group, resource and verb of requests that hold secrets, and the level from which these are logged: in the
/// body of the request, or in that of the answer only.
const PROBES: &[(&str, &str, &str, Level)] = &[
    ("", "secrets", "create", Level::Request),
    ("", "secrets", "get", Level::RequestResponse),
    ("", "serviceaccounts/token", "create", Level::RequestResponse),
    ("authentication.k8s.io", "tokenreviews", "create", Level::Request),
];
