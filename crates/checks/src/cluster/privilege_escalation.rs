//! Containers whose processes may gain privileges.

use crate::support::pod_security::{Scope, container_scopes, is_exempt_windows, is_partial};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Unless `allowPrivilegeEscalation` is false, a process can gain more privileges than its parent: through
    /// set-user-ID programs such as sudo or su, or file capabilities. With false the kernel's no_new_privs flag
    /// rules that out.
    ///
    /// The Pod Security Standard *restricted* (allowPrivilegeEscalation, from v1.8 on) asks for an explicit
    /// `false` in every container, init and ephemeral ones included. From v1.25 on Windows pods are exempt.
    ///
    /// ## How to fix
    /// Set it to false. Only programs that really use sudo, su, ping with file capabilities and the like notice.
    /// A privileged container, or one with SYS_ADMIN, can't have it: mend that first.
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
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         allowPrivilegeEscalation: true
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
    ///       securityContext: {}
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
    ///       securityContext:
    ///         allowPrivilegeEscalation: null
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   initContainers:
    ///     - name: setup
    ///       image: example.com/setup:1.0
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         allowPrivilegeEscalation: false
    /// ```
    /// ```yaml pss=v1.8
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.24
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
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
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    ///           securityContext:
    ///             allowPrivilegeEscalation: true
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         allowPrivilegeEscalation: false
    /// ```
    /// ```yaml pss=v1.7
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         allowPrivilegeEscalation: true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.25
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
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
    ///               securityContext:
    ///                 allowPrivilegeEscalation: false
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "privilege-escalation",
        title: "Container's processes may gain privileges",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "set-user-ID programs in the image and file capabilities then lead from any user to root of the container",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/allowPrivilegeEscalation",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/privilege-escalation",
            "cis-k8s:5.2.6",
        ],
        remediation: "Set `securityContext.allowPrivilegeEscalation: false` in every container.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_20", "trivy:KSV-0001", "kube-linter:privilege-escalation-container"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 8;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) || is_exempt_windows(pod, cx, out) != Some(false) {
        return;
    }
    for scope in container_scopes(pod, out) {
        let field = scope.context.get("allowPrivilegeEscalation");
        let Some(place) = out.unmet(field.bool(), |allowed| !allowed) else { continue };
        if !field.is_set() && is_partial(pod, out) {
            return;
        }
        let label = scope.label();
        let draft = if field.is_set() {
            out.fail(place, format!("{label} sets `allowPrivilegeEscalation: true`"))
        } else if needs_escalation(&scope) {
            let cause = if scope.context.get("privileged").as_bool() == Some(true) {
                "runs privileged"
            } else {
                "adds `SYS_ADMIN`"
            };
            let message = format!(
                "{label} {cause}, and so may gain privileges: `allowPrivilegeEscalation: false` is refused \
                 beside that"
            );
            out.fail(place, message)
        } else {
            let message =
                format!("{label} does not set `allowPrivilegeEscalation: false`, and the default is true");
            out.fail(place, message)
        };
        if !needs_escalation(&scope) {
            let plan = Plan::risky("set `allowPrivilegeEscalation` to false");
            draft.fix(plan.set(scope.node, &["securityContext", "allowPrivilegeEscalation"], false));
        }
    }
}

/// The API server refuses `false` beside these.
fn needs_escalation(scope: &Scope<'_>) -> bool {
    let mut added = scope.context.at("capabilities.add").items();
    scope.context.get("privileged").as_bool() == Some(true)
        || added.any(|name| name.is("SYS_ADMIN") || name.is("CAP_SYS_ADMIN"))
}
