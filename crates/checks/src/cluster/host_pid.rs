//! Pods in the node's PID namespace.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A pod in the node's PID namespace sees every process of the node with its arguments and, as root, its
    /// environment, memory and file system through /proc. Secrets of other pods are readable; with CAP_SYS_PTRACE
    /// or privilege the node is taken over.
    ///
    /// It breaks the Pod Security Standard *baseline* (hostNamespaces) at every version.
    ///
    /// ## How to fix
    /// Remove `hostPID` or set it to false.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostPID: true
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
    ///           hostPID: true
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
    ///   hostPID: false
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
    ///   hostPID: null
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-pid",
        title: "Pod shares the node's PID namespace",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "processes of the node and of all its pods can be seen, and with root or the same user be read and killed; /proc/<pid>/root leads into their file systems",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostNamespaces",
            "practices:RUN-3",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-namespaces",
            "cis-k8s:5.2.3",
        ],
        remediation: "Remove `hostPID: true` from the pod's spec; if the program truly needs it, keep it in a namespace of its own that only administrators can deploy to.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_17", "trivy:KSV-0010", "kube-linter:host-pid"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    if let Some(place) = out.met(spec.get("hostPID").bool(), |on| on) {
        out.fail(place, "`hostPID: true` puts the pod into the node's PID namespace")
            .fix(Plan::risky("set `hostPID` to false").set(spec, &["hostPID"], false));
    }
}
