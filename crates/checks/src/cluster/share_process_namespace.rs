//! Pods whose containers see each other's processes.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// With `shareProcessNamespace: true` every container of the pod sees the processes of the others, their
    /// arguments and, as the same user or root, their environment, memory and files below /proc/<pid>/root. A
    /// weak sidecar then gives up the secrets of the main program.
    ///
    /// ## How to fix
    /// Remove the field. For debugging use `kubectl debug --target`, which shares with one container only.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   shareProcessNamespace: true
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
    ///       shareProcessNamespace: true
    ///       containers:
    ///         - name: web
    ///           image: example.com/web:1.0
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
    ///   shareProcessNamespace: false
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
    ///   shareProcessNamespace: null
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "share-process-namespace",
        title: "Containers of the pod share one process namespace",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an intruder in one container reaches only the other containers of the same pod",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-namespaces",
        ],
        remediation: "Remove `shareProcessNamespace: true` unless a sidecar must signal or inspect its neighbour.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    if let Some(place) = out.met(spec.get("shareProcessNamespace").bool(), |on| on) {
        // A single container has only debugging containers to share with.
        let severity = if pod.containers().count() > 1 { Severity::Low } else { Severity::Info };
        out.fail(place, "the containers of the pod see each other's processes, memory and files")
            .severity(severity)
            .fix(Plan::risky("set `shareProcessNamespace` to false").set(
                spec,
                &["shareProcessNamespace"],
                false,
            ));
    }
}
