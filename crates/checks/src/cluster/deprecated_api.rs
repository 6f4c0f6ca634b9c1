//! API version is deprecated.

use crate::support::api_versions;
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Kubernetes warns of API versions some releases before it takes them away. What is gone already is reported by
    /// `removed-api`.
    ///
    /// ## How to fix
    /// Write the newer version.
    ///
    /// ## Fails
    ///
    /// ```yaml kubernetes=1.21
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml kubernetes=1.24
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Endpoints
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml kubernetes=1.33
    /// apiVersion: admissionregistration.k8s.io/v1beta1
    /// kind: ValidatingAdmissionPolicy
    /// metadata: {name: web}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml kubernetes=1.20
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: gone}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: web}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "deprecated-api",
        title: "API version is deprecated",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "it works until an upgrade of the cluster takes it away",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["owasp-k8s-2022:K10", "nsa-cisa:upgrade/versions"],
        remediation: "Write the API version that the message names before the cluster is upgraded.",
        since: "0.1.0",
        aliases: &["kube-score:stable-version"],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let version = cx.settings.kubernetes_version;
    let Some(row) = api_versions::retired(object.api_version, object.kind) else { return };
    if !row.is_deprecated(version) {
        return;
    }
    let advice = row.advice();
    let end = row.removed.map_or_else(String::new, |minor| format!(" and goes with 1.{minor}"));
    let node = object.root.get("apiVersion");
    let draft = out.fail(
        node,
        format!(
            "{} {} is deprecated since Kubernetes 1.{}{end}{advice}",
            object.api_version, object.kind, row.deprecated
        ),
    );
    if row.is_mere_rename(version) {
        let title = format!("use {}", row.replacement);
        draft.fix(Plan::safe(title).set(object.root, &["apiVersion"], row.replacement));
    }
}
