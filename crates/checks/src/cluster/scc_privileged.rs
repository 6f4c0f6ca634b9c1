//! OpenShift security context constraints that allow privileged containers.

use check::{Check, Cx, Object, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// SecurityContextConstraints say what pods may ask for on OpenShift. With `allowPrivilegedContainer: true`
    /// whoever may use them runs containers that are root on the node.
    ///
    /// ## How to fix
    /// Set `allowPrivilegedContainer` to false, and allow the single capability or volume type that is needed.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: web}
    /// allowPrivilegedContainer: true
    /// runAsUser: {type: MustRunAsRange}
    /// seLinuxContext: {type: MustRunAs}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: web}
    /// allowPrivilegedContainer: true
    /// runAsUser: {type: MustRunAsRange}
    /// seLinuxContext: {type: MustRunAs}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: web}
    /// allowPrivilegedContainer: false
    /// runAsUser: {type: MustRunAsRange}
    /// seLinuxContext: {type: MustRunAs}
    /// ```
    ///
    /// ```yaml
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: web}
    /// runAsUser: {type: MustRunAsRange}
    /// seLinuxContext: {type: MustRunAs}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "scc-privileged",
        title: "Security context constraints allow privileged containers",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever may use them takes over the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-4",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.2",
        ],
        remediation: "Set `allowPrivilegedContainer` to false and allow only what the workload needs.",
        since: "0.1.0",
        aliases: &["kube-linter:scc-deny-privileged-container"],
        docs: DOCS,
    },
    subject: Subject::Object(
        &["SecurityContextConstraints", "SecurityContextConstraints.security.openshift.io"],
        judge,
    ),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.met(object.root.get("allowPrivilegedContainer").bool(), |allowed| allowed) {
        out.fail(place, format!("the constraints `{}` allow privileged containers", object.name())).fix(
            Plan::risky("set `allowPrivilegedContainer` to false").set(
                object.root,
                &["allowPrivilegedContainer"],
                false,
            ),
        );
    }
}
