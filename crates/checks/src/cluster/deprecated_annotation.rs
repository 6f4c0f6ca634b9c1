//! Annotation has given way to a field.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::Node;

check::docs! {
    /// Features in their early days are asked for by annotations, which are ignored once a field exists. An ignored
    /// seccomp or AppArmor annotation leaves the pod unconfined.
    ///
    /// ## How to fix
    /// Use the field.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {kubernetes.io/ingress.class: nginx}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata:
    ///       labels: {app: web}
    ///       annotations: {container.apparmor.security.beta.kubernetes.io/web: runtime/default}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data, annotations: {volume.beta.kubernetes.io/storage-class: fast}}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {scheduler.alpha.kubernetes.io/critical-pod: ""}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}}
    /// spec: {ingressClassName: nginx}
    /// ```
    ///
    /// ```yaml kubernetes=1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}
    /// spec: {containers: [{name: web, image: "example.com/web:1.0"}]}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "deprecated-annotation",
        title: "Annotation has given way to a field",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "newer versions of Kubernetes ignore it, so that what it asks for may silently \
                      not happen",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["nsa-cisa:upgrade/versions"],
        remediation: "Use the field that the message names, and remove the annotation.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

/// Annotation (one that ends in `/` stands for all with that beginning), minor version since when a field is
/// there for it, and the field.
const OLD: &[(&str, u32, &str)] = &[
    ("kubernetes.io/ingress.class", 18, "spec.ingressClassName"),
    (
        "seccomp.security.alpha.kubernetes.io/pod",
        19,
        "securityContext.seccompProfile, it is ignored since 1.27",
    ),
    (
        "container.seccomp.security.alpha.kubernetes.io/",
        19,
        "securityContext.seccompProfile, it is ignored since 1.27",
    ),
    ("container.apparmor.security.beta.kubernetes.io/", 30, "securityContext.appArmorProfile"),
    ("volume.beta.kubernetes.io/storage-class", 6, "spec.storageClassName"),
    ("volume.alpha.kubernetes.io/storage-class", 6, "spec.storageClassName"),
    ("scheduler.alpha.kubernetes.io/critical-pod", 16, "priorityClassName, it is ignored since 1.16"),
    ("scheduler.alpha.kubernetes.io/tolerations", 6, "spec.tolerations"),
    ("scheduler.alpha.kubernetes.io/affinity", 6, "spec.affinity"),
    ("pod.beta.kubernetes.io/init-containers", 6, "spec.initContainers, it is ignored since 1.8"),
    ("pod.alpha.kubernetes.io/init-containers", 6, "spec.initContainers, it is ignored since 1.8"),
    ("service.alpha.kubernetes.io/tolerate-unready-endpoints", 11, "spec.publishNotReadyAddresses"),
    ("service.beta.kubernetes.io/external-traffic", 7, "spec.externalTrafficPolicy"),
    ("security.alpha.kubernetes.io/sysctls", 11, "securityContext.sysctls"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", 11, "securityContext.sysctls"),
    (
        "service.kubernetes.io/topology-aware-hints",
        27,
        "the annotation service.kubernetes.io/topology-mode, or spec.trafficDistribution",
    ),
    ("batch.kubernetes.io/job-tracking", 26, "nothing, it is no longer needed"),
];

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    judge_annotations(object.annotations(), cx, out);
    for pod in cx.inventory.pods_of(object) {
        if pod.template != object.root {
            judge_annotations(pod.annotations(), cx, out);
        }
    }
}

fn judge_annotations<'a>(annotations: Node<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    for (key, node) in annotations.entries() {
        let row = OLD.iter().find(|(old, since, _)| {
            let same = if old.ends_with('/') { key.starts_with(old) } else { key == *old };
            same && cx.settings.kubernetes_version.minor >= *since
        });
        if let Some((_, _, field)) = row {
            out.fail(node, format!("the annotation `{key}` has given way to {field}"));
        }
    }
}
