//! AppArmor profiles that confine nothing.

use crate::support::pod_security::{mapping, scopes};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// On nodes with AppArmor every container gets the runtime's default profile, unless the pod says otherwise.
    /// `Unconfined` takes the fence away.
    ///
    /// The Pod Security Standard *baseline* (appArmorProfile) allows the types `RuntimeDefault` and `Localhost`
    /// in `appArmorProfile` of the pod and of containers, and `runtime/default`, `localhost/...` or nothing in
    /// annotations `container.apparmor.security.beta.kubernetes.io/<container>`.
    ///
    /// ## How to fix
    /// Remove the setting: the default profile is then in force. Or load a profile of your own on the nodes and
    /// name it.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   securityContext:
    ///     appArmorProfile: {type: Unconfined}
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
    ///         appArmorProfile: {type: Unconfined}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: unconfined
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
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: runtime-default
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
    ///         appArmorProfile: {}
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
    ///     appArmorProfile: {type: RuntimeDefault}
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
    ///         appArmorProfile: {type: Localhost, localhostProfile: web}
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: runtime/default
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
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: localhost/web
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
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: ''
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
    ///       securityContext: {appArmorProfile: null}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apparmor-unconfined",
        title: "AppArmor confinement is switched off",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "AppArmor stops writes to /proc and /sys and mounts that a root process in a container would otherwise try first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/appArmorProfile",
            "practices:IMG-5",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/apparmor",
            "cis-k8s:5.6.3",
        ],
        remediation: "Remove the AppArmor setting or use `RuntimeDefault` or a profile loaded on the nodes.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0002"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Annotations of the time before Kubernetes 1.30, by container.
const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(annotations) = mapping(pod.annotations(), out) {
        for (key, value) in annotations.entries() {
            let Some(container) = key.strip_prefix(ANNOTATION) else { continue };
            let confined =
                |value: &str| matches!(value, "" | "runtime/default") || value.starts_with("localhost/");
            if let Some(place) = out.met(value.name(), |value| !confined(value)) {
                let profile = value.scalar().unwrap_or("");
                out.fail(
                    place,
                    format!(
                        "the annotation for container `{container}` sets AppArmor profile `{profile}`; baseline \
                         allows `runtime/default` and `localhost/...`"
                    ),
                )
                .fix(Plan::risky("remove the annotation").remove(place));
            }
        }
    }
    for scope in scopes(pod, out) {
        let profile = scope.context.get("appArmorProfile");
        if !profile.is_set() || mapping(profile, out).is_none() {
            continue;
        }
        let kind = profile.get("type");
        if let Some(place) = out.unmet(kind.name(), |kind| matches!(kind, "RuntimeDefault" | "Localhost")) {
            let (label, kind) = (scope.label(), kind.scalar().unwrap_or(""));
            out.fail(
                place,
                format!("{label} sets AppArmor profile type `{kind}`; baseline allows `RuntimeDefault` and `Localhost`"),
            )
            .fix(Plan::risky("set the AppArmor profile to `RuntimeDefault`").set(
                scope.node,
                &["securityContext", "appArmorProfile", "type"],
                "RuntimeDefault",
            ));
        }
    }
}
