//! Pods that use the default service account.

use crate::support::pod_security::{is_partial, mapping};
use crate::support::service_accounts::{Token, token};
use check::{Check, Cx, Out, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A pod that names no service account runs as `default` of its namespace. Rights granted to it go to every
    /// such pod, and audit logs can't tell them apart.
    ///
    /// Pods that get no token (`automountServiceAccountToken: false`, for the pod or the account) pass. If a role
    /// is bound to the default account in the input, the finding is medium.
    ///
    /// ## How to fix
    /// Give the workload a ServiceAccount of its own.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   serviceAccountName: default
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       serviceAccountName: ''
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: default, namespace: default}]
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   serviceAccountName: web
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   automountServiceAccountToken: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default}
    /// automountServiceAccountToken: false
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   serviceAccount: web
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "default-service-account",
        title: "Pod uses the default service account",
        area: Area::Cluster,
        topic: "service-account",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "all pods of the namespace that name no account share its rights, so what is granted for one is granted to all",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-2",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:auth/service-accounts",
            "cis-k8s:5.1.5",
        ],
        remediation: "Create a ServiceAccount for the workload and name it in `serviceAccountName`; or switch the token off if the API is not needed.",
        since: "0.1.0",
        aliases: &["kube-linter:default-service-account"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    if pod.service_account() != "default" || pod.labels().get("tier").is("control-plane") {
        return;
    }
    if !matches!(token(pod, cx, out), Token::Mounted { .. }) {
        return;
    }
    if is_partial(pod, out) {
        return;
    }
    let name = spec.get("serviceAccountName");
    let draft = if name.is_set() {
        out.fail(name, "the pod runs as the default service account of its namespace")
    } else {
        out.fail(spec, "the pod names no service account and runs as the default one of its namespace")
    };
    draft.key("serviceAccountName");
    if cx.inventory.access().is_bound(pod.namespace(), "default") {
        draft.severity(Severity::Medium);
    }
}
