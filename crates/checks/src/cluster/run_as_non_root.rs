//! Pods that may run as root.

use crate::support::pod_security::{
    Scope, Setting, container_scopes, in_user_namespace, is_partial, pod_scope,
};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `runAsNonRoot: true` the kubelet refuses to start a container as user 0. Without it the image
    /// decides, and most images run as root.
    ///
    /// The Pod Security Standard *restricted* (runAsNonRoot) asks for true for the pod, or for every container;
    /// neither the pod nor any container may say false. From v1.35 on pods in a user namespace of their own
    /// (`hostUsers: false`) are free of it.
    ///
    /// Where `runAsUser` already names another user than root the finding is only low: nothing but that number
    /// has to change for root to be back.
    ///
    /// ## How to fix
    /// Set `runAsNonRoot: true` in the pod's securityContext and make sure that the image names a numeric user,
    /// or set `runAsUser`.
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
    ///   securityContext:
    ///     runAsNonRoot: true
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsNonRoot: false
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsNonRoot: true
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
    ///         runAsNonRoot: true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {runAsNonRoot: null}
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
    ///   securityContext: {runAsUser: 1000}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.34
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
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
    ///   hostUsers: true
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
    ///   os: {name: windows}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: true
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
    ///         runAsNonRoot: true
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: true
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {runAsNonRoot: null}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.35
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         runAsNonRoot: false
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
    ///       securityContext:
    ///         runAsNonRoot: true
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.0
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: true
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "run-as-non-root",
        title: "Nothing keeps the container from running as root",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "root in a container is root on the node once a kernel or runtime flaw, or a careless mount, opens the way",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/runAsNonRoot",
            "practices:IMG-2",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/non-root",
            "cis-k8s:5.2.7",
        ],
        remediation: "Set `securityContext.runAsNonRoot: true` for the pod, and use an image whose user is not root (or set `runAsUser`).",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_23", "trivy:KSV-0012", "kube-linter:run-as-non-root"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if in_user_namespace(pod, cx, out) != Some(false) {
        return;
    }
    let Some(own) = pod_scope(pod, out) else { return };
    let of_pod = setting(&own, out);
    let scopes = container_scopes(pod, out);
    let settings: Vec<_> = scopes.iter().map(|scope| setting(scope, out)).collect();
    for (scope, setting) in [(&own, of_pod)].into_iter().chain(scopes.iter().zip(settings.iter().copied())) {
        if setting == Setting::Bad {
            let label = scope.label();
            out.fail(scope.context.get("runAsNonRoot"), format!("{label} sets `runAsNonRoot: false`"))
                .fix(plan(scope));
        }
    }
    // A bad setting of the pod is one fault, though containers inherit it.
    if of_pod != Setting::Unset || settings.iter().all(|s| *s != Setting::Unset) || is_partial(pod, out) {
        return;
    }
    if !settings.is_empty() && settings.iter().all(|setting| *setting == Setting::Unset) {
        let named = scopes.iter().all(|scope| has_other_user(scope));
        out.fail(
            own.context.get("runAsNonRoot"),
            "neither the pod nor any container sets `runAsNonRoot: true`",
        )
        .key("pod")
        .severity(severity(named))
        .fix(plan(&own));
        return;
    }
    for (scope, setting) in scopes.iter().zip(settings) {
        if setting == Setting::Unset {
            let label = scope.label();
            let message = format!("{label} does not set `runAsNonRoot: true`, and neither does the pod");
            out.fail(scope.context.get("runAsNonRoot"), message)
                .severity(severity(has_other_user(scope)))
                .fix(plan(scope));
        }
    }
}

fn setting<'a>(scope: &Scope<'a>, out: &mut Out<'a>) -> Setting {
    match scope.context.get("runAsNonRoot").bool() {
        Val::Known(true, _) => Setting::Good,
        Val::Known(false, _) => Setting::Bad,
        Val::Absent(_) => Setting::Unset,
        Val::Unknown(why, place) => {
            out.unknown(place, why);
            Setting::Unknown
        }
    }
}

/// True if `runAsUser` names a user for this container, and not root.
fn has_other_user(scope: &Scope<'_>) -> bool {
    scope
        .container
        .is_some_and(|container| container.effective("runAsUser").as_int().is_some_and(|id| id > 0))
}

const fn severity(named: bool) -> Severity {
    if named { Severity::Low } else { Severity::Medium }
}

fn plan<'a>(scope: &Scope<'a>) -> Plan<'a> {
    Plan::risky("set `runAsNonRoot` to true").set(scope.node, &["securityContext", "runAsNonRoot"], true)
}
