//! Object is in the default namespace.

use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// The default namespace takes whatever names none. What shares a namespace shares its permissions, network
    /// policies and quotas.
    ///
    /// ## How to fix
    /// Give every application a namespace of its own.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: default}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: web, image: "example.com/web:1"}]
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: web, image: "example.com/web:1"}]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: default}
    /// spec: {}
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers: [{name: web, image: "example.com/web:1"}]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: default}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: kubernetes, namespace: default}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "default-namespace",
        title: "Object is in the default namespace",
        area: Area::Cluster,
        topic: "namespace",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "it is about order; rules for one workload then hold for all",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-k8s:5.6.4", "cis-k8s:5.6.1", "nsa-cisa:network/namespaces", "practices:RUN-4"],
        remediation: "Give every application a namespace of its own.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_21", "trivy:KSV-0110", "kube-linter:use-namespace"],
        docs: DOCS,
    },
    subject: Subject::Object(
        &[
            "Pod",
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "ReplicaSet",
            "ReplicationController",
            "Job",
            "CronJob",
            "Service",
            "ConfigMap",
            "Secret",
            "ServiceAccount",
            "PersistentVolumeClaim",
            "Ingress",
            "Role",
            "RoleBinding",
            "NetworkPolicy",
        ],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let namespace = object.metadata().get("namespace");
    let own =
        matches!((object.kind, object.name()), ("Service", "kubernetes") | ("ServiceAccount", "default"))
            || object.name() == "kube-root-ca.crt";
    if own {
        return;
    }
    if let Some(place) = out.unmet(namespace.name(), |name| name != "default" && !name.is_empty()) {
        if namespace.is_set() {
            out.fail(place, format!("{} `{}` is in the namespace `default`", object.kind, object.name()));
        } else {
            // Something else may name the namespace when it is applied.
            let message =
                format!("{} `{}` names no namespace and lands in `default`", object.kind, object.name());
            out.fail(object, message).confidence(Confidence::Low);
        }
    }
}
