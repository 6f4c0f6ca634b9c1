//! Capabilities beyond those that containers have by default.

use crate::support::pod_security::{container_scopes, list, mapping, quoted, without};
use check::{Check, Cx, Out, Plan, Pod, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Capabilities are the powers of root in pieces. Containers get a default set of them; more are added with
    /// `capabilities.add`.
    ///
    /// The Pod Security Standard *baseline* (capabilities_baseline) allows only those of the default set:
    /// AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP,
    /// SETUID, SYS_CHROOT, written so: `CAP_CHOWN` and `chown` are not allowed.
    ///
    /// ## How to fix
    /// Remove what is not in that list. A program that needs NET_ADMIN or SYS_ADMIN belongs into a namespace of
    /// its own.
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
    ///       securityContext:
    ///         capabilities:
    ///           add: [SYS_ADMIN]
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
    ///         capabilities:
    ///           add: [NET_BIND_SERVICE, NET_RAW]
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
    ///         capabilities:
    ///           add: [CAP_CHOWN]
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
    ///         capabilities:
    ///           add: [chown]
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
    ///         capabilities:
    ///           add: [ALL]
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
    ///       securityContext: {capabilities: {add: [NET_ADMIN]}}
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
    ///   ephemeralContainers:
    ///     - name: debug
    ///       image: example.com/debug:1.0
    ///       securityContext: {capabilities: {add: [SYS_PTRACE]}}
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
    ///   containers:
    ///     - name: web
    ///       image: example.com/web:1.0
    ///       securityContext:
    ///         capabilities:
    ///           add: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]
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
    ///         capabilities:
    ///           add: []
    ///           drop: [ALL]
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
    ///       securityContext: {capabilities: null}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "capabilities-beyond-baseline",
        title: "Container adds capabilities beyond the default set",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it leaves the level that keeps known escapes out; `dangerous-capabilities` rates each capability by what it gives away",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "pss:baseline/capabilities_baseline",
            "practices:IMG-4",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/capabilities",
            "cis-k8s:5.2.9",
        ],
        remediation: "Remove the capabilities from `capabilities.add`; find out with a trace which one the program really uses.",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_25", "trivy:KSV-0022"],
        docs: DOCS,
    },
    subject: Subject::Pod(judge),
};

/// Capabilities that baseline allows.
const DEFAULT: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn judge<'a>(pod: &Pod<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for scope in container_scopes(pod, out) {
        let Some(capabilities) = mapping(scope.context.get("capabilities"), out) else { continue };
        let Some(add) = list(capabilities.get("add"), out) else { continue };
        let plan = Plan::risky("remove the capabilities that baseline does not allow");
        let mut beyond = Vec::new();
        for item in add.items() {
            if let Some(place) = out.met(item.name(), |name| !DEFAULT.contains(&name)) {
                beyond.push(place);
            }
        }
        if !beyond.is_empty() {
            let (label, names) = (scope.label(), quoted(beyond.iter().filter_map(|name| name.scalar())));
            out.fail(add, format!("{label} adds {names}, which baseline does not allow"))
                .fix(without(plan, add, &beyond));
        }
    }
}
