//! Windows HostProcess containers.

use crate::support::pod_security::{mapping, scopes};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// `windowsOptions.hostProcess: true` runs the container as a process of the Windows node: no isolation, full
    /// access to the node's files and network, and any of the node's accounts, `NT AUTHORITY\\SYSTEM` among them.
    /// It is what `privileged` is on Linux.
    ///
    /// It breaks the Pod Security Standard *baseline* (windowsHostProcess) at every version, for the pod and for
    /// each container.
    ///
    /// ## How to fix
    /// Remove it. Agents that manage Windows nodes belong into a namespace that only administrators can deploy
    /// to.
    ///
    /// ## Fails
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   os: {name: windows}
    ///   hostNetwork: true
    ///   securityContext:
    ///     windowsOptions:
    ///       hostProcess: true
    ///       runAsUserName: 'NT AUTHORITY\\SYSTEM'
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
    ///       securityContext:
    ///         windowsOptions: {hostProcess: true}
    /// ```
    ///
    /// ## Passes
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
    ///       securityContext:
    ///         windowsOptions: {hostProcess: false, runAsUserName: ContainerUser}
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
    ///       securityContext: {windowsOptions: null}
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
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "windows-host-process",
        title: "Windows container runs as a process of the node",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "a HostProcess container runs directly on the Windows node, as an administrator if it likes",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/windowsHostProcess",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/privileged",
            "cis-k8s:5.2.10",
        ],
        remediation: "Remove `windowsOptions.hostProcess` or set it to false.",
        since: "0.1.0",
        aliases: &["trivy:KSV-0103"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for scope in scopes(pod, out) {
        let Some(options) = mapping(scope.context.get("windowsOptions"), out) else { continue };
        if let Some(place) = out.met(options.get("hostProcess").bool(), |on| on) {
            let label = scope.label();
            out.fail(
                place,
                format!("{label} sets `hostProcess: true` and runs as a process of the Windows node"),
            )
            .fix(Plan::risky("set `hostProcess` to false").set(options, &["hostProcess"], false));
        }
    }
}
