//! Audit policy logs nothing.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// An audit policy without rules, or one whose rules all say `None`, leaves the audit log empty. The first
    /// rule that matches a request decides.
    ///
    /// ## How to fix
    /// End the policy with a rule `level: Metadata`, and put narrower rules before it.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules: []
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: None
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// rules:
    ///   - level: None
    ///   - level: Metadata
    /// ```
    /// ```yaml
    /// apiVersion: audit.k8s.io/v1
    /// kind: Policy
    /// metadata: {name: main}
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
    ///     resources: [{group: "", resources: [pods]}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "audit-policy-logs-nothing",
        title: "Audit policy logs nothing",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "an attack can be neither noticed nor reconstructed",
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
        remediation: "End the policy with a rule `level: Metadata`, and put narrower rules before it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Policy.audit.k8s.io"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let rules = object.root.get("rules");
    if rules.is_empty() {
        let place = if rules.is_set() { rules } else { object.head() };
        out.fail(place, "the audit policy has no rules, so nothing is logged").key("rules");
        return;
    }
    let everything = rules.items().find(|rule| {
        ["users", "userGroups", "verbs", "resources", "namespaces", "nonResourceURLs"]
            .iter()
            .all(|key| rule.get(key).is_empty())
    });
    let silent = |rule: &Node<'_>| rule.get("level").is("None");
    let before = rules.items().take_while(|rule| Some(*rule) != everything);
    if let Some(last) = everything.filter(silent)
        && before.into_iter().all(|rule| silent(&rule))
    {
        out.fail(last.get("level"), "every request is dropped by this rule, so nothing is logged")
            .key("none");
    } else if rules.items().all(|rule| silent(&rule)) {
        out.fail(rules, "every rule of the audit policy says `None`, so nothing is logged").key("none");
    }
}
