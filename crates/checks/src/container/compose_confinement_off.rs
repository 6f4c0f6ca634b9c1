//! Kernel confinement switched off.

use crate::support::compose::texts;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `security_opt` with `seccomp:unconfined`, `apparmor:unconfined`, `label:disable` or
    /// `systempaths=unconfined` takes away the filters that stand between a process in the container and
    /// the kernel of the host.
    ///
    /// ## How to fix
    /// Remove the option. Where a system call is missing, write a seccomp profile that adds it, and name
    /// that.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["seccomp:unconfined"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt:
    ///       - apparmor=unconfined
    ///       - label=disable
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["systempaths=unconfined"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["label:type:spc_t"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["seccomp:./profile.json", "no-new-privileges:true", "apparmor:docker-default", "label:type:container_t"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-confinement-off",
        title: "Compose service switches seccomp, AppArmor or SELinux off",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "system calls and files that the default profiles keep back lead out of the container \
                      with one kernel bug, or none",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-5", "practices:RUN-3"],
        remediation: "Remove the option, or name a profile of your own that allows just what is missing.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (text, field) in texts(service.get("security_opt"), out) {
        let lower = text.trim().to_ascii_lowercase().replace(['=', ' '], ":");
        let (what, severity) = match lower.as_str() {
            "seccomp:unconfined" => ("the filter on system calls (seccomp)", Severity::High),
            "apparmor:unconfined" => ("AppArmor", Severity::High),
            "label:disable" | "label:type:spc_t" => ("SELinux", Severity::High),
            "systempaths:unconfined" => ("the masks over /proc and /sys", Severity::High),
            "writable-cgroups:true" => ("the write protection of control groups", Severity::Medium),
            _ => continue,
        };
        out.fail(field, format!("{} switches off {what}", service.label()))
            .severity(severity)
            .key(format!("security_opt/{lower}"))
            .fix(Plan::risky(format!("remove `{text}`")).remove(field.node()));
    }
}
