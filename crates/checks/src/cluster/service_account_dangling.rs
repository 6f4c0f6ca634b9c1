//! Service account that is named is not there.

use crate::support::lookup::Names;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};

check::docs! {
    /// The pod runs as a service account that no manifest declares in its namespace. If nobody else makes it, the
    /// controller can not make a single pod.
    ///
    /// ## How to fix
    /// Correct the name, or declare the ServiceAccount.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   serviceAccount: web
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
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
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: default
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: nginx
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-account-dangling",
        title: "Service account that is named is not there",
        area: Area::Cluster,
        topic: "references",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "no pod is made until the account is there, but it may well come from elsewhere",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Correct `serviceAccountName`, or add the ServiceAccount in the same namespace.",
        since: "0.1.0",
        aliases: &["kube-linter:non-existent-service-account"],
        docs: DOCS,
    },
    subject: Subject::Inventory(&["ServiceAccount"], judge),
};

fn judge<'a>(cx: &Cx<'a>, out: &mut Out<'a>) {
    let names = Names::new(cx, "ServiceAccount");
    for pod in cx.inventory.pods() {
        out.subject(pod.owner.id());
        let current = pod.spec().get("serviceAccountName");
        let node = if current.is_set() { current } else { pod.spec().get("serviceAccount") };
        let Some(name) = out.known(node.name()) else { continue };
        if matches!(name, "" | "default") || names.has(name, &pod.owner) {
            continue;
        }
        if cx.settings.complete {
            out.fail(
                node,
                format!(
                    "the service account `{name}` of {} `{}` is not there",
                    pod.owner.kind,
                    pod.owner.name()
                ),
            )
            .confidence(if names.any() { Confidence::Medium } else { Confidence::Low });
        } else {
            let why = format!("the service account `{name}` may be part of another input");
            out.unknown(node, Why::new(WhyCode::MissingInput, why));
        }
    }
}
