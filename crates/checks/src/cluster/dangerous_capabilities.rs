//! Capabilities that open a way out of the container.

use crate::support::pod_security::{list, mapping};
use check::{Check, Container, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};

check::docs! {
    /// Some capabilities are as good as root on the node: SYS_ADMIN mounts file systems, SYS_MODULE loads kernel
    /// code, DAC_READ_SEARCH opens files of the node by handle, SYS_PTRACE takes over processes it can see, BPF
    /// reads kernel memory. Others weaken the network or the clock for everyone.
    ///
    /// Critical: ALL, SYS_ADMIN, SYS_MODULE, SYS_RAWIO, and SYS_PTRACE together with hostPID. High: BPF,
    /// DAC_READ_SEARCH, MAC_ADMIN, MAC_OVERRIDE, PERFMON, SYS_BOOT, SYS_PTRACE, and NET_ADMIN together with
    /// hostNetwork. Medium: NET_ADMIN, NET_RAW, SYS_TIME, SYSLOG, CHECKPOINT_RESTORE, AUDIT_CONTROL, AUDIT_READ.
    /// Low: IPC_OWNER, LINUX_IMMUTABLE, SYS_RESOURCE, SYS_NICE, SYS_TTY_CONFIG, SYS_PACCT.
    ///
    /// ## How to fix
    /// Remove the capability. If the program must have it, give it to that one container only, drop ALL others,
    /// run it as a non-root user with a seccomp profile, and keep it in a namespace of its own.
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
    ///           add: [CAP_NET_RAW]
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
    ///           add: [all]
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
    ///           add: [sys_module, NET_BIND_SERVICE]
    ///           drop: [ALL]
    /// ```
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
    ///       securityContext:
    ///         capabilities:
    ///           add: [SYS_PTRACE]
    /// ```
    /// ```yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    /// spec:
    ///   initContainers:
    ///     - name: net
    ///       image: example.com/net:1.0
    ///       securityContext: {capabilities: {add: [NET_ADMIN]}}
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
    ///       securityContext:
    ///         capabilities:
    ///           add: [NET_BIND_SERVICE, CHOWN, IPC_LOCK]
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
    ///           drop: [SYS_ADMIN, ALL]
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
    ///       securityContext: {capabilities: {add: []}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "dangerous-capabilities",
        title: "Container has a dangerous capability",
        area: Area::Cluster,
        topic: "pod-security",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "each of these powers reaches past the container; how far is said capability by capability",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-4",
            "practices:RUN-3",
            "owasp-k8s-2022:K01",
            "owasp-k8s-2025:K01",
            "nsa-cisa:pod-security/capabilities",
            "cis-k8s:5.2.8",
            "cis-k8s:5.2.9",
        ],
        remediation: "Remove the capability; look for a way that needs less (a device plug-in, a CSI driver, NET_BIND_SERVICE, an init container).",
        since: "0.1.0",
        aliases: &["checkov:CKV_K8S_39", "trivy:KSV-0005", "trivy:KSV-0120"],
        docs: DOCS,
    },
    subject: Subject::Container(judge),
};

/// Capabilities, how bad they are, and what they allow.
const DANGEROUS: &[(&str, Severity, &str)] = &[
    ("ALL", Severity::Critical, "every power of root on the node"),
    ("SYS_ADMIN", Severity::Critical, "mounting file systems and much else that leads to the node"),
    ("SYS_MODULE", Severity::Critical, "loading code into the node's kernel"),
    ("SYS_RAWIO", Severity::Critical, "raw access to the node's memory and disks"),
    ("BPF", Severity::High, "programs in the node's kernel"),
    ("DAC_READ_SEARCH", Severity::High, "opening any file of the node by its handle"),
    ("MAC_ADMIN", Severity::High, "changing the node's access policy"),
    ("MAC_OVERRIDE", Severity::High, "passing by the node's access policy"),
    ("PERFMON", Severity::High, "watching the node's kernel and processes"),
    ("SYS_BOOT", Severity::High, "rebooting the node or loading another kernel"),
    ("SYS_PTRACE", Severity::High, "taking over every process it can see"),
    ("NET_ADMIN", Severity::Medium, "changing routes, firewall and interfaces"),
    ("NET_RAW", Severity::Medium, "forging packets on the pod network"),
    ("SYS_TIME", Severity::Medium, "setting the node's clock"),
    ("SYSLOG", Severity::Medium, "reading the node's kernel log and addresses"),
    ("CHECKPOINT_RESTORE", Severity::Medium, "choosing process ids and reading process maps"),
    ("AUDIT_CONTROL", Severity::Medium, "switching the node's audit off"),
    ("AUDIT_READ", Severity::Medium, "reading the node's audit log"),
    ("IPC_OWNER", Severity::Low, "passing by permissions of shared memory"),
    ("LINUX_IMMUTABLE", Severity::Low, "changing immutable files"),
    ("SYS_RESOURCE", Severity::Low, "passing by resource limits"),
    ("SYS_NICE", Severity::Low, "taking priority over other pods"),
    ("SYS_TTY_CONFIG", Severity::Low, "hanging up terminals of the node"),
    ("SYS_PACCT", Severity::Low, "changing process accounting"),
];

fn judge<'a>(container: &Container<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some(context) = mapping(container.security_context(), out) else { return };
    let Some(capabilities) = mapping(context.get("capabilities"), out) else { return };
    let Some(add) = list(capabilities.get("add"), out) else { return };
    let on = |field: &str| container.pod.spec().get(field).as_bool() == Some(true);
    for item in add.items() {
        let Some(written) = out.known(item.name()) else { continue };
        let upper = written.to_ascii_uppercase();
        let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
        let Some((_, severity, allows)) = DANGEROUS.iter().find(|(known, ..)| *known == name) else {
            continue;
        };
        let (severity, with) = match name {
            "SYS_PTRACE" if on("hostPID") => (Severity::Critical, " of the node, with `hostPID`"),
            "NET_ADMIN" if on("hostNetwork") => (Severity::High, " of the node, with `hostNetwork`"),
            _ => (*severity, ""),
        };
        out.fail(item, format!("{} has capability `{written}`: {allows}{with}", container.label()))
            .severity(severity)
            .key(format!("{}/{name}", container.name()))
            .fix(Plan::risky(format!("remove capability `{written}`")).remove(item));
    }
}
