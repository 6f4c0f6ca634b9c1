//! The default service account hands its token to pods.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Every pod that names no service account runs as `default` of its namespace, and carries its token unless the
    /// account says otherwise. Switched off here, no pod gets a token by accident.
    ///
    /// ## How to fix
    /// Set `automountServiceAccountToken: false` on the account, and give pods that need the API an account of their
    /// own.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: shop}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: shop}
    /// automountServiceAccountToken: true
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: shop}
    /// automountServiceAccountToken: null
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: shop}
    /// imagePullSecrets: [{name: registry}]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: shop}
    /// automountServiceAccountToken: false
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web, namespace: shop}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "default-service-account-token",
        title: "Default service account hands its token to pods",
        area: Area::Cluster,
        topic: "service-account",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the account has few rights until somebody grants some",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-2",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:auth/service-accounts",
            "cis-k8s:5.1.5",
        ],
        remediation: "Set `automountServiceAccountToken: false` on the default ServiceAccount.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_41"],
        docs: DOCS,
    },
    subject: Subject::Object(&["ServiceAccount"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if object.name() != "default" {
        return;
    }
    let field = object.root.get("automountServiceAccountToken");
    if out.unmet(field.bool(), |mounted| !mounted).is_none() {
        return;
    }
    let place = if field.is_set() { field } else { object.head() };
    out.fail(place, "the default service account hands its token to every pod that names no other").fix(
        Plan::risky("set `automountServiceAccountToken` to false").set(
            object.root,
            &["automountServiceAccountToken"],
            false,
        ),
    );
}
