//! Webhook can stop the whole cluster.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// A webhook that must answer (`failurePolicy: Fail`) for pods in every namespace keeps the pods of the
    /// control plane, and its own, from coming back after a failure.
    ///
    /// ## How to fix
    /// Exempt `kube-system` and the namespace of the webhook with a `namespaceSelector`, or use an
    /// `objectSelector`.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: checker}
    /// webhooks:
    ///   - name: validate.checker.example.com
    ///     failurePolicy: Fail
    ///     clientConfig:
    ///       service: {name: checker, namespace: checker}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: MutatingWebhookConfiguration
    /// metadata: {name: injector}
    /// webhooks:
    ///   - name: validate.injector.example.com
    ///     clientConfig:
    ///       service: {name: injector, namespace: injector}
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
    /// metadata: {name: checker}
    /// webhooks:
    ///   - name: validate.checker.example.com
    ///     failurePolicy: Fail
    ///     clientConfig:
    ///       service: {name: checker, namespace: checker}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     namespaceSelector:
    ///       matchExpressions:
    ///         - {key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: checker}
    /// webhooks:
    ///   - name: validate.checker.example.com
    ///     failurePolicy: Ignore
    ///     clientConfig:
    ///       service: {name: checker, namespace: checker}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: certs}
    /// webhooks:
    ///   - name: validate.certs.example.com
    ///     failurePolicy: Fail
    ///     clientConfig:
    ///       service: {name: certs, namespace: certs}
    ///     rules:
    ///       - {apiGroups: [cert-manager.io], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
    /// ```yaml
    /// apiVersion: admissionregistration.k8s.io/v1
    /// kind: ValidatingWebhookConfiguration
    /// metadata: {name: pods}
    /// webhooks:
    ///   - name: validate.pods.example.com
    ///     failurePolicy: Fail
    ///     clientConfig:
    ///       service: {name: pods, namespace: pods}
    ///     rules:
    ///       - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [configmaps]}
    ///     sideEffects: None
    ///     admissionReviewVersions: [v1]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "webhook-blocks-system",
        title: "Webhook can stop the whole cluster",
        area: Area::Cluster,
        topic: "control-plane",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "one broken webhook keeps every pod, its own included, from starting",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:K8S-4"],
        remediation: "Exempt `kube-system` and the namespace of the webhook with a `namespaceSelector`, or use an `objectSelector`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for webhook in object.root.get("webhooks").items() {
        let name = webhook.get("name").scalar().unwrap_or("");
        let has = |node: Node<'_>, words: &[&str]| {
            node.items().any(|item| item.scalar().is_some_and(|text| words.contains(&text)))
        };
        let starts_pods = webhook.get("rules").items().any(|rule| {
            has(rule.get("apiGroups"), &["", "*"])
                && has(rule.get("resources"), &["pods", "*", "*/*"])
                && has(rule.get("operations"), &["CREATE", "*"])
                && !rule.get("scope").is("Cluster")
        });
        let narrowed = ["namespaceSelector", "objectSelector", "matchConditions"]
            .iter()
            .any(|key| !webhook.get(key).is_empty());
        let policy = webhook.get("failurePolicy");
        let default = if object.version().contains("beta") { "Ignore" } else { "Fail" };
        let fails = policy.scalar().unwrap_or(default) == "Fail";
        if starts_pods && !narrowed && fails {
            let place = if policy.is_set() { policy } else { webhook };
            out.fail(
                place,
                format!("webhook `{name}` must answer for every pod of the cluster, its own included"),
            )
            .key(name);
        }
    }
}
