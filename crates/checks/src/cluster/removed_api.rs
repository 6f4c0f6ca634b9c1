//! API version is no longer served.

use crate::support::api_versions;
use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Kubernetes takes old API versions away. Which ones are gone depends on the version of the cluster, which is the
    /// newest known unless the configuration says otherwise.
    ///
    /// ## How to fix
    /// Write the newer version. Some need further changes, which the message names; for the others the fix is safe.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: extensions/v1beta1
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml kubernetes=1.22
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: autoscaling/v2beta2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
    /// kind: FlowSchema
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: rbac.authorization.k8s.io/v1beta1
    /// kind: Role
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml kubernetes=1.37
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: ServiceCIDR
    /// metadata: {name: web}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml kubernetes=1.21
    /// apiVersion: networking.k8s.io/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: example.com/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "removed-api",
        title: "API version is no longer served",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the API server refuses the object: the deployment, or the upgrade of the \
                      cluster, fails",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["owasp-k8s-2022:K10", "nsa-cisa:upgrade/versions"],
        remediation: "Write the API version that the message names, and change the fields that it \
                      says.",
        since: "0.1.0",
        aliases: &["kube-linter:no-extensions-v1beta", "kube-score:stable-version"],
        docs: DOCS,
    },
    subject: Subject::Object(&["*"], judge),
};

fn judge<'a>(object: &Object<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let version = cx.settings.kubernetes_version;
    let Some(row) = api_versions::retired(object.api_version, object.kind) else { return };
    if !row.is_removed(version) {
        return;
    }
    let since = row.removed.unwrap_or_default();
    let advice = row.advice();
    let node = object.root.get("apiVersion");
    let draft = out.fail(
        node,
        format!("{} {} is not served since Kubernetes 1.{since}{advice}", object.api_version, object.kind),
    );
    if row.is_mere_rename(version) {
        let title = format!("use {}", row.replacement);
        draft.fix(Plan::safe(title).set(object.root, &["apiVersion"], row.replacement));
    }
}
