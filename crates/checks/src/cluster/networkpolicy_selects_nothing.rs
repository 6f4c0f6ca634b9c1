//! NetworkPolicy selects no pod.

use crate::support::network::{self, Spaces};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use std::collections::HashSet;
use syntax::Node;

check::docs! {
    /// A policy whose selector matches no pod does nothing, without any error. Usually a label was renamed
    /// or misspelt, or the policy is in the wrong namespace. Custom resources whose labels match count,
    /// since an operator may make the pods. Inputs without any workload are not judged.
    ///
    /// ## How to fix
    /// Compare `spec.podSelector` with `spec.template.metadata.labels` of the workload, and the namespaces
    /// of both.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: wev
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    ///     tier: front
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    ///       tier: back
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchExpressions:
    ///       - {key: app, operator: NotIn, values: [web]}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: web
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector: {}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   namespace: shop
    ///   labels:
    ///     app: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: example.com/v1
    /// kind: Database
    /// metadata:
    ///   name: db
    ///   namespace: shop
    /// spec:
    ///   podMetadata:
    ///     labels:
    ///       app: db
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata:
    ///   name: policy
    ///   namespace: shop
    /// spec:
    ///   podSelector:
    ///     matchLabels:
    ///       app: db
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "networkpolicy-selects-nothing",
        title: "NetworkPolicy selects no pod",
        area: Area::Cluster,
        topic: "network",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what the policy was written to protect is not protected by it",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:NET-1",
            "owasp-k8s-2022:K07",
            "owasp-k8s-2025:K05",
            "nsa-cisa:network/policies",
        ],
        remediation: "Correct `podSelector` so that it matches the labels of the pod template, or \
                      delete the policy.",
        since: "0.1.0",
        aliases: &["kube-linter:dangling-networkpolicy", "kube-score:networkpolicy-targets-pod"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["NetworkPolicy"], judge),
};

/// How deep custom resources are searched for labels.
const DEPTH: usize = 16;

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let spaces = Spaces::new(cx.inventory);
    if spaces.by_name.values().all(|s| s.pods.is_empty()) {
        return;
    }
    // Labels that an operator may give to pods it makes, wherever it makes them.
    let mut promised = Vec::new();
    for object in cx.inventory.objects().iter().filter(|o| !o.is_builtin()) {
        promised.push(object.labels());
        labels(object.spec(), 0, &mut promised);
    }
    // Pairs that exist at all: most selectors that match nothing ask for one that does not.
    let mut pairs: HashSet<(&str, &str)> = HashSet::new();
    let all = cx.inventory.pods().iter().map(check::Pod::labels).chain(promised.iter().copied());
    for (key, value) in all.flat_map(Node::entries) {
        pairs.insert((key, value.scalar().unwrap_or("")));
    }
    let mut budget = network::BUDGET;
    for space in spaces.by_name.values() {
        for policy in &space.policies {
            out.subject(policy.object.id());
            if policy.selects_all() {
                continue;
            }
            let wanted = policy.object.spec().at("podSelector.matchLabels");
            let possible =
                wanted.entries().all(|(key, value)| pairs.contains(&(key, value.scalar().unwrap_or(""))));
            if possible {
                budget = budget.saturating_sub(space.pods.len() + promised.len());
            }
            if budget == 0 {
                let why = Why::new(WhyCode::Limit, "too many policies and pods to compare them all");
                out.unknown(&policy.object, why);
                continue;
            }
            let found = possible
                && (space.pods.iter().any(|pod| policy.selects(pod.labels()))
                    || promised.iter().any(|labels| policy.selects(*labels)));
            if !found {
                let object = &policy.object;
                let message = format!(
                    "NetworkPolicy `{}` selects none of the workloads of namespace `{}`",
                    object.name(),
                    object.namespace(),
                );
                let draft = out.fail(object.spec().get("podSelector"), message);
                if space.pods.is_empty() {
                    draft.confidence(Confidence::Low);
                }
            }
        }
    }
}

fn labels<'a>(node: Node<'a>, depth: usize, found: &mut Vec<Node<'a>>) {
    if depth > DEPTH {
        return;
    }
    for (key, value) in node.entries() {
        if key.to_ascii_lowercase().ends_with("labels") && value.is_map() {
            found.push(value);
        } else {
            labels(value, depth + 1, found);
        }
    }
    for item in node.items() {
        labels(item, depth + 1, found);
    }
}
