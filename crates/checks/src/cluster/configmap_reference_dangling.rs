//! ConfigMap that is referred to is not there.

use crate::support::{lookup::Names, references};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The pod refers to a ConfigMap that no manifest declares and no Kustomization generates. It may be made elsewhere, but if it is not, the pod stays in `CreateContainerConfigError`.
    ///
    /// ## How to fix
    /// Correct the name, declare the object, or mark the reference `optional` where the program does without it.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       envFrom: [{configMapRef: {name: web}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       env: [{name: MODE, valueFrom: {configMapKeyRef: {name: web, key: mode}}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    ///   volumes: [{name: config, configMap: {name: web}}]
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: other}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       envFrom: [{configMapRef: {name: web, optional: true}}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.0", envFrom: [{configMapRef: {name: made}}]}]
    ///   volumes:
    ///     - {name: config, configMap: {name: web}}
    ///     - name: both
    ///       projected: {sources: [{configMap: {name: kube-root-ca.crt}}, {configMap: {name: web}}]}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ---
    /// apiVersion: kustomize.config.k8s.io/v1beta1
    /// kind: Kustomization
    /// configMapGenerator: [{name: made, literals: [a=b]}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "configmap-reference-dangling",
        title: "ConfigMap that is referred to is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the pod does not start until the ConfigMap is there, but it may well come from \
                      elsewhere",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct the name of the ConfigMap, or add it in the same namespace.",
        since: "0.1.0",
        aliases: &["kube-linter:env-value-from"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["ConfigMap"], judge),
};

/// Made by the cluster itself.
const MADE: &[&str] = &[
    "kube-root-ca.crt",
    "extension-apiserver-authentication",
    "openshift-service-ca.crt",
    "istio-ca-root-cert",
];

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let names = Names::new(cx, "ConfigMap");
    for pod in cx.inventory.pods() {
        out.subject(pod.owner.id());
        for reference in references::of(pod).into_iter().filter(|r| r.kind == "ConfigMap" && !r.optional) {
            let Some(name) = out.known(reference.name.name()) else { continue };
            if MADE.contains(&name) || names.has(name, &pod.owner) {
                continue;
            }
            if cx.settings.complete {
                out.fail(
                    reference.name,
                    format!(
                        "the ConfigMap `{name}` of {} `{}` is not there",
                        pod.owner.kind,
                        pod.owner.name()
                    ),
                );
            } else {
                let why = format!("the ConfigMap `{name}` may be part of another input");
                out.unknown(reference.name, Why::new(WhyCode::MissingInput, why));
            }
        }
    }
}
