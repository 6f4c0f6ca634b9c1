//! API tokens in pods that do not seem to need one.

use crate::support::pod_security::{is_partial, mapping};
use crate::support::service_accounts::{Token, token};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Kubernetes puts a token for the API into every container, unless `automountServiceAccountToken` is false
    /// for the pod or its ServiceAccount. An intruder uses it to look around and, if someone binds a role to the
    /// account later, to do more. Most programs never talk to the API.
    ///
    /// A pod whose service account is bound to a role or cluster role in the input is taken to need its token and
    /// passes. So do static pods of the control plane, which get none.
    ///
    /// ## How to fix
    /// Set `automountServiceAccountToken: false`. A program that does need the API should get a service account
    /// of its own with a role bound to it.
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
    ///   automountServiceAccountToken: true
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
    ///       serviceAccountName: web
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   serviceAccountName: web
    ///   automountServiceAccountToken: true
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// automountServiceAccountToken: false
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   serviceAccountName: other
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: default}]
    /// ```
    /// ```yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: nightly}
    /// spec:
    ///   schedule: '0 3 * * *'
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           containers:
    ///             - name: job
    ///               image: example.com/job:1.0
    /// ```
    ///
    /// ## Passes
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
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       serviceAccountName: web
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// automountServiceAccountToken: false
    /// ```
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
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: default}]
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
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: default}]
    /// ```
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
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    /// subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:serviceaccounts:default'}]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "service-account-token-mounted",
        title: "Pod carries an API token it does not seem to need",
        area: Area::Cluster,
        topic: "service-account",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the token opens the API with the rights of the service account, which are few unless somebody grants more",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RBAC-2",
            "owasp-k8s-2022:K06",
            "owasp-k8s-2025:K09",
            "nsa-cisa:pod-security/sa-token",
            "nsa-cisa:auth/service-accounts",
            "cis-k8s:5.1.6",
        ],
        remediation: "Set `automountServiceAccountToken: false` in the pod's spec or in its ServiceAccount.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_38", "trivy:KSV-0036"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    let account = pod.service_account();
    if cx.inventory.access().is_bound(pod.namespace(), account)
        || pod.labels().get("tier").is("control-plane")
    {
        return;
    }
    let Some(spec) = mapping(pod.spec(), out) else { return };
    let Token::Mounted { place, explicit } = token(pod, cx, out) else { return };
    if !explicit && is_partial(pod, out) {
        return;
    }
    let message = if explicit {
        format!(
            "the pod asks for the API token of service account `{account}`, to which no role is bound here"
        )
    } else {
        format!("the pod gets the API token of service account `{account}`, to which no role is bound here")
    };
    let draft = out.fail(place, message);
    draft.key("automountServiceAccountToken").fix(
        Plan::risky("set `automountServiceAccountToken` to false").set(
            spec,
            &["automountServiceAccountToken"],
            false,
        ),
    );
    if account != "default" {
        // Its roles may be bound elsewhere.
        draft.confidence(Confidence::Medium);
    }
}
