//! Namespaces that enforce no Pod Security Standard.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Pod Security Admission is part of every cluster from 1.25 on, but does nothing for a namespace without the
    /// label `pod-security.kubernetes.io/enforce` (unless the cluster's configuration sets a default). Whoever
    /// may create pods there may create privileged ones.
    ///
    /// The namespaces of Kubernetes itself are left out, and so are inputs that configure defaults for the
    /// admission plug-in. Where Kyverno, Gatekeeper or admission policies stand in the input, the finding is of
    /// low confidence.
    ///
    /// ## How to fix
    /// Run `holdfast pss` and set the level it advises; set `warn` and `audit` one level higher to see what is
    /// left to do.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     team: shop
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/warn: restricted
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: restricted
    ///     pod-security.kubernetes.io/enforce-version: v1.34
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: kube-system
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ---
    /// apiVersion: pod-security.admission.config.k8s.io/v1
    /// kind: PodSecurityConfiguration
    /// defaults: {enforce: baseline, enforce-version: latest}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "pss-namespace-labels",
        title: "Namespace enforces no Pod Security Standard",
        area: Area::Cluster,
        topic: "admission",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it is a fence that is missing, not a hole: pods may still be harmless, and other admission control may stand in",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-3",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.1",
        ],
        remediation: "Label the namespace with `pod-security.kubernetes.io/enforce: baseline` or `restricted`; `holdfast pss` says which level its workloads meet.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Namespace"], judge),
};

/// Namespaces whose pods are part of Kubernetes.
const SYSTEM: &[&str] = &["kube-system", "kube-public", "kube-node-lease"];

/// Kinds of other admission control, with their API groups.
const OTHERS: &[(&str, &str)] = &[
    ("ClusterPolicy", "kyverno.io"),
    ("ConstraintTemplate", "templates.gatekeeper.sh"),
    ("ValidatingPolicy", "policies.kyverno.io"),
    ("ClusterAdmissionPolicy", "policies.kubewarden.io"),
    ("ValidatingAdmissionPolicy", "admissionregistration.k8s.io"),
];

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if SYSTEM.contains(&object.name()) || has_defaults(cx) {
        return;
    }
    let Some(labels) = mapping(object.labels(), out) else { return };
    if labels.get(ENFORCE).is_set() {
        return;
    }
    let name = object.name();
    let draft = out.fail(object, format!("namespace `{name}` enforces no Pod Security Standard"));
    draft.key(ENFORCE).fix(Plan::risky("enforce the Pod Security Standard baseline").set(
        object.root,
        &["metadata", "labels", ENFORCE],
        "baseline",
    ));
    if OTHERS.iter().any(|(kind, group)| cx.inventory.of_group(kind, group).next().is_some()) {
        draft.confidence(Confidence::Low);
    }
}

/// True if the admission plug-in's configuration is part of the input and sets a default.
fn has_defaults(cx: &Cx<'_>) -> bool {
    let set = |configuration: Node<'_>| configuration.at("defaults.enforce").is_set();
    let inventory = cx.inventory;
    inventory.of_kind("PodSecurityConfiguration").any(|object| set(object.root))
        || inventory
            .of_kind("AdmissionConfiguration")
            .any(|object| object.root.get("plugins").items().any(|plugin| set(plugin.get("configuration"))))
}

const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
