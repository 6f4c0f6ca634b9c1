//! Seccomp switched off.

use crate::support::pod_security::{containers, mapping, scopes};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;

check::docs! {
    /// Seccomp filters the system calls a container may make. `Unconfined` opens all of them, also where the node
    /// would apply a filter by default.
    ///
    /// The Pod Security Standard *baseline* (seccompProfile_baseline) allows the types `RuntimeDefault` and
    /// `Localhost`, or none, for the pod and for each container. Before v1.19 it looks at the annotations
    /// `seccomp.security.alpha.kubernetes.io/pod` and
    /// `container.seccomp.security.alpha.kubernetes.io/<container>` instead, and allows `runtime/default`,
    /// `docker/default` and `localhost/...`.
    ///
    /// ## How to fix
    /// Use `RuntimeDefault`. If the program needs more system calls, write a profile that adds them and use
    /// `Localhost`.
    ///
    /// ## Fails
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
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         seccompProfile: {type: Unconfined}
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
    ///       securityContext: {seccompProfile: {}}
    /// ```
    /// ```yaml pss=v1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: unconfined
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.0
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     container.seccomp.security.alpha.kubernetes.io/web: unconfined
    /// spec:
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
    ///         seccompProfile: {type: Localhost, localhostProfile: web.json}
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
    ///       securityContext: {seccompProfile: null}
    /// ```
    /// ```yaml pss=v1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: docker/default
    ///     container.seccomp.security.alpha.kubernetes.io/web: localhost/web.json
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
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
    ///       securityContext:
    ///         seccompProfile: {type: Unconfined}
    /// ```
    /// ```yaml pss=v1.19
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: unconfined
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
    /// ```yaml pss=v1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     container.seccomp.security.alpha.kubernetes.io/gone: unconfined
    /// spec:
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "seccomp-unconfined",
        title: "Seccomp is switched off",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "the default filter blocks the system calls that most kernel exploits and container escapes need",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/seccompProfile_baseline",
            "practices:IMG-5",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/seccomp",
            "nsa-cisa:audit/seccomp",
            "cis-k8s:5.6.2",
        ],
        remediation: "Set `seccompProfile.type` to `RuntimeDefault`, or to `Localhost` with a profile of your own.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0104"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// The first policy version that looks at fields and no longer at annotations.
const FIELDS: u32 = 19;

/// The annotation for the pod.
const OF_POD: &str = "seccomp.security.alpha.kubernetes.io/pod";

/// The annotations for containers, but for the name.
const OF_CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";

fn judge<'a>(pod: &Pod<'a>, cx: &Cx<'a>, out: &mut Out<'a>) {
    if cx.settings.pss_version.at_least(FIELDS) {
        fields(pod, out);
    } else {
        annotations(pod, out);
    }
}

fn fields<'a>(pod: &Pod<'a>, out: &mut Out<'a>) {
    for scope in scopes(pod, out) {
        let profile = scope.context.get("seccompProfile");
        if !profile.is_set() || mapping(profile, out).is_none() {
            continue;
        }
        let kind = profile.get("type");
        if let Some(place) = out.unmet(kind.name(), |kind| matches!(kind, "RuntimeDefault" | "Localhost")) {
            let (label, kind) = (scope.label(), kind.scalar().unwrap_or(""));
            out.fail(
                place,
                format!("{label} sets seccomp profile type `{kind}`; baseline allows `RuntimeDefault` and `Localhost`"),
            )
            .fix(Plan::risky("set the seccomp profile to `RuntimeDefault`").set(
                scope.node,
                &["securityContext", "seccompProfile", "type"],
                "RuntimeDefault",
            ));
        }
    }
}

fn annotations<'a>(pod: &Pod<'a>, out: &mut Out<'a>) {
    let Some(annotations) = mapping(pod.annotations(), out) else { return };
    let labels: BTreeMap<_, _> = containers(pod, out).iter().map(|c| (c.name(), c.label())).collect();
    for (key, value) in annotations.entries() {
        let label = if key == OF_POD {
            "the pod"
        } else {
            // An annotation for a container that is not there means nothing.
            let Some(label) = key.strip_prefix(OF_CONTAINER).and_then(|name| labels.get(name)) else {
                continue;
            };
            label
        };
        let confined = |value: &str| {
            matches!(value, "runtime/default" | "docker/default") || value.starts_with("localhost/")
        };
        if let Some(place) = out.met(value.name(), |value| !confined(value)) {
            let profile = value.scalar().unwrap_or("");
            out.fail(
                place,
                format!(
                    "the annotation for {label} sets seccomp profile `{profile}`; baseline allows \
                     `runtime/default` and `localhost/...`"
                ),
            )
            .fix(Plan::risky("set the seccomp profile to `runtime/default`").set(
                annotations,
                &[key],
                "runtime/default",
            ));
        }
    }
}
