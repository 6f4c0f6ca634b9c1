//! Capabilities that lead out of the container.

use crate::support::compose::texts;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `cap_add` gives the container's root powers that reach beyond the container. `ALL` and `SYS_ADMIN`
    /// are privileged mode by another name; `SYS_MODULE` loads code into the kernel, `SYS_PTRACE` and `BPF`
    /// look into other processes, `NET_ADMIN` and `NET_RAW` forge traffic.
    ///
    /// ## How to fix
    /// Remove the capability from `cap_add`. Most programs need none; a server on a low port needs
    /// `NET_BIND_SERVICE` at most.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_add: [ALL]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   vpn:
    ///     image: example.com/vpn:1.0
    ///     cap_add:
    ///       - NET_ADMIN
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_add: [cap_sys_admin]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_add: [NET_BIND_SERVICE, CHOWN, SETUID]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cap_drop: [ALL]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-capability-dangerous",
        title: "Compose service adds a dangerous capability",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "most of these capabilities lead to control of the host by known steps, once the \
                      process is taken over",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-4", "practices:RUN-3"],
        remediation: "Remove the capability, or replace it by the narrowest one that the program needs.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Capabilities beyond what containers get by default, by what they lead to.
const DANGEROUS: [(&str, Severity, &str); 26] = [
    ("ALL", Severity::Critical, "is every capability there is"),
    ("AUDIT_CONTROL", Severity::Medium, "switches auditing of the host off"),
    ("AUDIT_READ", Severity::Medium, "reads the audit log of the host"),
    ("BLOCK_SUSPEND", Severity::Low, "keeps the host from sleeping"),
    ("BPF", Severity::High, "loads programs into the kernel"),
    ("CHECKPOINT_RESTORE", Severity::Medium, "rewrites the state of processes"),
    ("DAC_READ_SEARCH", Severity::Critical, "opens any file of the host by its handle"),
    ("IPC_LOCK", Severity::Low, "locks memory without bound"),
    ("IPC_OWNER", Severity::Medium, "reads shared memory of others"),
    ("LEASE", Severity::Low, "delays others' access to files"),
    ("LINUX_IMMUTABLE", Severity::Low, "makes files that nobody can remove"),
    ("MAC_ADMIN", Severity::High, "changes the rules of mandatory access control"),
    ("MAC_OVERRIDE", Severity::High, "passes over mandatory access control"),
    ("NET_ADMIN", Severity::High, "reconfigures and redirects the network"),
    ("NET_RAW", Severity::Medium, "forges packets and listens in on the network"),
    ("PERFMON", Severity::High, "observes the kernel and other processes"),
    ("SYSLOG", Severity::Medium, "reads the kernel's log with its addresses"),
    ("SYS_ADMIN", Severity::Critical, "mounts file systems and much else: it is nearly root on the host"),
    ("SYS_BOOT", Severity::High, "restarts the host"),
    ("SYS_MODULE", Severity::Critical, "loads code into the kernel"),
    ("SYS_NICE", Severity::Low, "takes processing time from others"),
    ("SYS_PACCT", Severity::Low, "switches process accounting"),
    ("SYS_PTRACE", Severity::High, "reads and changes other processes"),
    ("SYS_RAWIO", Severity::Critical, "reads and writes devices and memory of the host"),
    ("SYS_RESOURCE", Severity::Low, "passes over limits on resources"),
    ("SYS_TIME", Severity::Medium, "sets the clock of the host"),
];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (text, field) in texts(service.get("cap_add"), out) {
        let upper = text.trim().to_ascii_uppercase();
        let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
        if let Some((name, severity, what)) = DANGEROUS.iter().find(|(n, ..)| *n == name) {
            let message = format!("{} adds the capability `{name}`, which {what}", service.label());
            out.fail(field, message)
                .severity(*severity)
                .key(format!("cap_add/{name}"))
                .fix(Plan::risky(format!("remove `{name}`")).remove(field.node()));
        }
    }
}
