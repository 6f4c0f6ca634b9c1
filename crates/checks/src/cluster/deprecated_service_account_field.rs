//! Deprecated field serviceAccount is used.

use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `serviceAccount` is an old alias of `serviceAccountName`.
    ///
    /// ## How to fix
    /// Rename the field.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: web
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
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
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: web
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.0"}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "deprecated-service-account-field",
        title: "Deprecated field serviceAccount is used",
        area: Area::Cluster,
        topic: "api-versions",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it still works as an alias, but the two fields may come to differ",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write `serviceAccountName`.",
        since: "0.1.0",
        aliases: &["kube-linter:deprecated-service-account-field"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let old = pod.spec().get("serviceAccount");
    let new = pod.spec().get("serviceAccountName");
    // An object read back from a cluster has both, and they are equal.
    if old.is_set() && (!new.is_set() || new.scalar() != old.scalar()) {
        let draft =
            out.fail(old, "`serviceAccount` is deprecated, the name belongs into `serviceAccountName`");
        if let (Some(name), false) = (old.scalar(), new.is_set()) {
            draft.fix(Plan::safe("rename the field").remove(old).set(
                pod.spec(),
                &["serviceAccountName"],
                name,
            ));
        }
    }
}
