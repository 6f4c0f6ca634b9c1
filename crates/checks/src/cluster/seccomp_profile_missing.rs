//! Containers without a named seccomp profile.

use crate::support::pod_security::{
    Scope, Setting, container_scopes, is_exempt_windows, is_partial, mapping, pod_scope,
};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::Val;
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Without a seccomp profile a container may make every system call, unless the kubelet was started with
    /// `seccompDefault`. The runtime's default profile costs nothing and blocks the calls that kernel exploits
    /// like best.
    ///
    /// The Pod Security Standard *restricted* (seccompProfile_restricted, from v1.19 on) asks for
    /// `RuntimeDefault` or `Localhost`, for the pod or for every container; nothing may set another type. From
    /// v1.25 on Windows pods are exempt.
    ///
    /// ## How to fix
    /// Set `seccompProfile: {type: RuntimeDefault}` in the pod's securityContext: it holds for all its
    /// containers.
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
    ///     seccompProfile: {type: Unconfined}
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
    ///     seccompProfile: {type: RuntimeDefault}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seccompProfile: {type: Unconfined}
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
    ///         seccompProfile: {type: RuntimeDefault}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     seccompProfile: {type: Unconfined}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seccompProfile: {type: RuntimeDefault}
    /// ```
    /// ```yaml pss=v1.19
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
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext: {seccompProfile: null}
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
    ///     seccompProfile: {type: RuntimeDefault}
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
    ///         seccompProfile: {type: RuntimeDefault}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     seccompProfile: {type: Localhost, localhostProfile: web.json}
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext: {}
    /// ```
    /// ```yaml pss=v1.18
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
    ///           securityContext:
    ///             seccompProfile: {type: RuntimeDefault}
    ///           containers:
    ///             - name: job
    ///               image: example.com/job:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "seccomp-profile-missing",
        title: "No seccomp profile is asked for",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "many runtimes and kubelets apply no filter unless asked, but the default set of privileges already stops the plainest attacks; switching it off is reported as high",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:restricted/seccompProfile_restricted",
            "practices:IMG-5",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/seccomp",
            "nsa-cisa:audit/seccomp",
            "cis-k8s:5.6.2",
        ],
        remediation: "Set `securityContext.seccompProfile.type: RuntimeDefault` for the pod.",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV_K8S_31",
            "trivy:KSV-0030",
            "trivy:KSV-0104",
            "kube-score:container-seccomp-profile",
        ],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that has this control.
const SINCE: u32 = 19;

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if !cx.settings.pss_version.at_least(SINCE) || is_exempt_windows(pod, cx, out) != Some(false) {
        return;
    }
    let Some(own) = pod_scope(pod, out) else { return };
    let of_pod = setting(&own, out);
    let scopes = container_scopes(pod, out);
    let settings: Vec<_> = scopes.iter().map(|scope| setting(scope, out)).collect();
    for (scope, setting) in [(&own, of_pod)].into_iter().chain(scopes.iter().zip(settings.iter().copied())) {
        if setting == Setting::Bad {
            let kind = scope.context.at("seccompProfile.type");
            let (label, name) = (scope.label(), kind.scalar().unwrap_or(""));
            out.fail(
                kind,
                format!("{label} has seccomp profile type `{name}`, where restricted asks for a filter"),
            )
            .fix(plan(scope));
        }
    }
    // A bad setting of the pod is one fault, though containers inherit it.
    if of_pod != Setting::Unset || settings.iter().all(|s| *s != Setting::Unset) || is_partial(pod, out) {
        return;
    }
    if !settings.is_empty() && settings.iter().all(|setting| *setting == Setting::Unset) {
        out.fail(
            own.context.get("seccompProfile"),
            "neither the pod nor any container names a seccomp profile",
        )
        .key("pod")
        .fix(plan(&own));
        return;
    }
    for (scope, setting) in scopes.iter().zip(settings) {
        if setting == Setting::Unset {
            let place = scope.context.get("seccompProfile");
            let label = scope.label();
            out.fail(place, format!("{label} names no seccomp profile, and neither does the pod"))
                .fix(plan(scope));
        }
    }
}

fn setting<'a>(scope: &Scope<'a>, out: &mut Out<'a>) -> Setting {
    let profile = scope.context.get("seccompProfile");
    if !profile.is_set() {
        return Setting::Unset;
    }
    if mapping(profile, out).is_none() {
        return Setting::Unknown;
    }
    match profile.get("type").name() {
        Val::Known("RuntimeDefault" | "Localhost", _) => Setting::Good,
        Val::Known(..) | Val::Absent(_) => Setting::Bad,
        Val::Unknown(why, place) => {
            out.unknown(place, why);
            Setting::Unknown
        }
    }
}

/// Safe would be too much said: a program that makes unusual calls may stop.
fn plan<'a>(scope: &Scope<'a>) -> Plan<'a> {
    Plan::risky("set the seccomp profile to `RuntimeDefault`").set(
        scope.node,
        &["securityContext", "seccompProfile", "type"],
        "RuntimeDefault",
    )
}
