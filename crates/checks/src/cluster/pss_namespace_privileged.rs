//! Pod Security labels that allow everything or mean nothing.

use crate::pss::{Level, MODES, PREFIX, is_version};
use crate::support::pod_security::mapping;
use check::{Check, Cx, Object, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `pod-security.kubernetes.io/enforce: privileged` switches Pod Security Admission off for the namespace.
    /// Other mistakes in these labels are as bad: a level that does not exist or a version that can't be read is
    /// refused by the API server, and a version without a level has no effect.
    ///
    /// In `kube-system`, where components of the cluster need it, `privileged` is accepted.
    ///
    /// ## How to fix
    /// Move what needs privileges into a namespace of its own and enforce a level on the rest. `holdfast pss`
    /// says what keeps a namespace from the next level.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: privileged
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: Baseline
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/enforce-version: '1.30'
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/warn: strict
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/audit-version: latest
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: ''
    /// ```
    ///
    /// ## Passes
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: restricted
    ///     pod-security.kubernetes.io/enforce-version: latest
    ///     pod-security.kubernetes.io/warn: restricted
    ///     pod-security.kubernetes.io/warn-version: v1.37
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: kube-system
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: privileged
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "pss-namespace-privileged",
        title: "Pod Security labels allow everything, or mean nothing",
        area: Area::Cluster,
        topic: "admission",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "whoever may create pods there may take over the node they run on",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:K8S-3",
            "owasp-k8s-2022:K04",
            "owasp-k8s-2025:K04",
            "nsa-cisa:pod-security/admission",
            "cis-k8s:5.2.1",
        ],
        remediation: "Enforce `baseline` or `restricted`, and write versions as `latest` or `v1.34`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Object(&["Namespace"], judge),
};

fn judge<'a>(object: &Object<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(labels) = mapping(object.labels(), out) else { return };
    for mode in MODES {
        let (level_key, version_key) = (format!("{PREFIX}{mode}"), format!("{PREFIX}{mode}-version"));
        let (level, version) = (labels.get(&level_key), labels.get(&version_key));
        if let Some(value) = out.known(level.name()) {
            if value.parse::<Level>().is_err() {
                let message =
                    format!("`{level_key}: {value}` is none of `privileged`, `baseline`, `restricted`");
                out.fail(level, message).severity(Severity::Low);
            } else if value == "privileged" && mode == "enforce" && object.name() != "kube-system" {
                let name = object.name();
                out.fail(level, format!("namespace `{name}` lets in privileged pods"));
            }
        }
        if let Some(value) = out.known(version.name()) {
            if !is_version(value) {
                let message = format!("`{version_key}: {value}` is not a version; write `latest` or `v1.34`");
                out.fail(version, message).severity(Severity::Low);
            } else if !level.is_set() {
                let message = format!("`{version_key}` has no effect without `{level_key}`");
                out.fail(version, message).severity(Severity::Low);
            }
        }
    }
}
