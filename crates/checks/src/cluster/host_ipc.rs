//! Pods in the node's IPC namespace.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A pod in the node's IPC namespace can read and change System V shared memory, semaphores and POSIX message
    /// queues of all processes on the node, databases among them.
    ///
    /// It breaks the Pod Security Standard *baseline* (hostNamespaces) at every version.
    ///
    /// ## How to fix
    /// Remove `hostIPC` or set it to false.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostIPC: true
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
    ///           hostIPC: true
    ///           containers:
    ///             - name: job
    ///               image: example.com/job:1.0
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostNetwork: true
    ///   hostPID: true
    ///   hostIPC: true
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
    ///   hostIPC: false
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
    ///   hostIPC: null
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-ipc",
        title: "Pod shares the node's IPC namespace",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "shared memory of the node's processes can be read and written; which secrets lie there depends on the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostNamespaces",
            "practices:RUN-3",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-namespaces",
            "cis-k8s:5.2.4",
        ],
        remediation: "Remove `hostIPC: true` from the pod's spec; if the program truly needs it, keep it in a namespace of its own that only administrators can deploy to.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_18", "trivy:KSV-0008", "kube-linter:host-ipc"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    if let Some(place) = out.met(spec.get("hostIPC").bool(), |on| on) {
        out.fail(place, "`hostIPC: true` puts the pod into the node's IPC namespace")
            .fix(Plan::risky("set `hostIPC` to false").set(spec, &["hostIPC"], false));
    }
}
