//! Policy webhook lets everything through when it is down.

use check::Plan;
use check::{Check, Cx, Object, Out, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `failurePolicy: Ignore` objects are admitted unchecked while the webhook does not answer. For a
    /// webhook that enforces security policy an attacker only has to overload it.
    ///
    /// ## How to fix
    /// Set `failurePolicy` to Fail, run more than one replica, and exempt the namespace of the webhook itself.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: gatekeeper}
    /// webhooks:
    ///   - name: validate.gatekeeper.example.com
    ///     failurePolicy: Ignore
    ///     clientConfig:
    ///       service: {name: gatekeeper, namespace: gatekeeper}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: kyverno-policy}
    /// webhooks:
    ///   - name: validate.kyverno-policy.example.com
    ///     failurePolicy: Ignore
    ///     clientConfig:
    ///       service: {name: kyverno-policy, namespace: kyverno-policy}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: MutatingWebhookConfiguration
    /// metadata: {name: image-policy}
    /// webhooks:
    ///   - name: validate.image-policy.example.com
    ///     failurePolicy: Ignore
    ///     clientConfig:
    ///       service: {name: image-policy, namespace: image-policy}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1beta1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: opa}
    /// webhooks:
    ///   - name: validate.opa.example.com
    ///     clientConfig:
    ///       service: {name: opa, namespace: opa}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: gatekeeper}
    /// webhooks:
    ///   - name: validate.gatekeeper.example.com
    ///     failurePolicy: Fail
    ///     clientConfig:
    ///       service: {name: gatekeeper, namespace: gatekeeper}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: kyverno-policy}
    /// webhooks:
    ///   - name: validate.kyverno-policy.example.com
    ///     clientConfig:
    ///       service: {name: kyverno-policy, namespace: kyverno-policy}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: MutatingWebhookConfiguration
    /// metadata: {name: sidecar-injector}
    /// webhooks:
    ///   - name: validate.sidecar-injector.example.com
    ///     failurePolicy: Ignore
    ///     clientConfig:
    ///       service: {name: sidecar-injector, namespace: sidecar-injector}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "webhook-fails-open",
        title: "Policy webhook lets everything through when it is down",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it is enough to stop the policy server to get anything admitted",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
        ],
        remediation: "Set `failurePolicy` to Fail, run more than one replica, and exempt the namespace of the webhook itself.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let old = object.version().contains("beta");
    for webhook in object.root.get("webhooks").items() {
        let name = webhook.get("name").scalar().unwrap_or("");
        let service = webhook.get("clientConfig").get("service").get("name").scalar().unwrap_or("");
        if ![object.name(), name, service].iter().any(|text| enforces_policy(text)) {
            continue;
        }
        let policy = webhook.get("failurePolicy");
        let open = match policy.name() {
            Val::Absent(_) if old => Some(webhook),
            value => out.met(value, |policy| policy == "Ignore"),
        };
        if let Some(place) = open {
            out.fail(
                place,
                format!("webhook `{name}` enforces policy but lets everything through when it is down"),
            )
            .key(name)
            .fix(Plan::risky("set `failurePolicy` to Fail").set(
                webhook,
                &["failurePolicy"],
                "Fail",
            ));
        }
    }
}

/// Names of policy engines and of what people call policy webhooks.
fn enforces_policy(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "gatekeeper",
        "kyverno",
        "policy",
        "policies",
        "opa",
        "kubewarden",
        "connaisseur",
        "portieris",
        "cosign",
        "sigstore",
        "notary",
        "k-rail",
        "datree",
        "image-scan",
        "security",
        "pss",
        "podsecurity",
        "jspolicy",
        "validator-security",
        "trivy",
        "sysdig",
        "neuvector",
        "anchore",
        "polaris",
        "ratify",
        "deny",
    ];
    let name = name.to_ascii_lowercase();
    let parts = |separators: &[char]| name.split(separators).map(str::to_owned).collect::<Vec<_>>();
    let words = parts(&['-', '.', '_', '/']);
    WORDS
        .iter()
        .any(|word| if word.contains('-') { name.contains(word) } else { words.iter().any(|w| w == word) })
}
