//! Pods in the node's network namespace.

use crate::support::pod_security::mapping;
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// A pod on the node's network sees the node's interfaces: it reaches services that listen on 127.0.0.1 only
    /// (kubelet, etcd, debugging ports), can capture traffic of other pods, borrow the node's identity towards
    /// the cloud's metadata service, and no NetworkPolicy applies to it.
    ///
    /// It breaks the Pod Security Standard *baseline* (hostNamespaces) at every version.
    ///
    /// ## How to fix
    /// Remove `hostNetwork` or set it to false. Expose ports through a Service instead.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   hostNetwork: true
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
    ///           hostNetwork: true
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
    ///   hostNetwork: false
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
    ///   hostNetwork: null
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "host-network",
        title: "Pod shares the node's network namespace",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "the pod reaches everything that listens on the node's loopback and can sniff the node's traffic, but needs a further step to take over the node",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/hostNamespaces",
            "practices:RUN-3",
            "practices:RUN-4",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/host-network",
            "cis-k8s:5.2.5",
        ],
        remediation: "Remove `hostNetwork: true` from the pod's spec; if the program truly needs it, keep it in a namespace of its own that only administrators can deploy to.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_19", "trivy:KSV-0009", "kube-linter:host-network"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(spec) = mapping(pod.spec(), out) else { return };
    if let Some(place) = out.met(spec.get("hostNetwork").bool(), |on| on) {
        out.fail(place, "`hostNetwork: true` puts the pod into the node's network namespace")
            .fix(Plan::risky("set `hostNetwork` to false").set(spec, &["hostNetwork"], false));
    }
}
