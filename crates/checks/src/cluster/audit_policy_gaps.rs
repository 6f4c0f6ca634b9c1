//! Audit policy leaves out what attackers do.

use crate::support::audit::{Level, Request, decide};
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A useful audit log has at least the metadata of requests for Secrets, ConfigMaps and TokenReviews, of
    /// changes to pods and deployments, and of the ways into a running pod: exec, port-forward and proxy.
    ///
    /// ## How to fix
    /// Add a rule `level: Metadata` for the resources named, before any rule that drops them, or end the policy
    /// with one for everything.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: Metadata
    ///     resources: [{group: "", resources: [pods]}]
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: None
    ///     resources: [{group: "", resources: [secrets]}]
    ///   - level: Metadata
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: Metadata
    ///     verbs: [create, delete]
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: None
    ///     resources: [{group: "", resources: ["pods/*"]}]
    ///   - level: Metadata
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
    ///   - level: None
    ///     resources: [{group: "", resources: [events]}]
    ///   - level: Request
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "audit-policy-gaps",
        title: "Audit policy leaves out what attackers do",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "reading secrets or opening a shell in a pod then leaves no trace",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "cis-k8s:3.2.2",
            "practices:LOG-5",
            "practices:K8S-1",
            "owasp-k8s-2022:K05",
            "owasp-k8s-2025:K10",
            "nsa-cisa:audit/policy",
        ],
        remediation: "Add a rule `level: Metadata` for the resources named, before any rule that drops them, or end the policy with one for everything.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Policy.audit.k8s.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let rules = object.root.get("rules");
    // A policy that logs nothing at all has a check of its own.
    if rules.items().all(|rule| rule.get("level").is("None")) {
        out.not_applicable();
        return;
    }
    let mut missing: Vec<(String, Option<Node<'a>>)> = Vec::new();
    for (group, resource, verb) in PROBES {
        let (level, rule) = decide(rules, &Request { group, resource, verb });
        if level == Some(Level::None) {
            missing.push((format!("`{verb}` of `{resource}`"), rule));
        }
    }
    if let Some((_, rule)) = missing.first() {
        let names: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
        let place = rule.map_or(rules, |rule| rule.get("level"));
        out.fail(place, format!("the audit policy does not log {}", names.join(", "))).key("gaps");
    }
}

/// Group, resource and verb of what has to be logged.
const PROBES: &[(&str, &str, &str)] = &[
    ("", "secrets", "get"),
    ("", "secrets", "create"),
    ("", "configmaps", "update"),
    ("authentication.k8s.io", "tokenreviews", "create"),
    ("", "pods", "create"),
    ("apps", "deployments", "update"),
    ("", "pods/exec", "create"),
    ("", "pods/portforward", "create"),
    ("", "pods/proxy", "create"),
    ("", "services/proxy", "create"),
];
