//! Privileges gained by programs.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without `no-new-privileges` a process in the container can become root by a setuid program such as
    /// `su` or `mount`, whatever `user` says.
    ///
    /// ## How to fix
    /// Write `security_opt: ["no-new-privileges:true"]`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["no-new-privileges:false"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["label:type:container_t"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["no-new-privileges:true"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: [no-new-privileges]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     security_opt: ["no-new-privileges=true"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-privilege-escalation",
        title: "Compose service may gain privileges",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "it takes a setuid program or file capabilities in the image to use it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-4", "practices:RUN-3"],
        remediation: "Add `no-new-privileges:true` to `security_opt`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let options = service.get("security_opt");
    let mut unsure = false;
    for field in options.items() {
        let lower = field.text().unwrap_or("").trim().to_ascii_lowercase().replace('=', ":");
        unsure |= field.unresolved().is_some();
        match lower.strip_prefix("no-new-privileges").map(|rest| rest.trim_start_matches(':')) {
            Some("" | "true" | "1" | "t") => return,
            Some("false" | "0" | "f") => {
                out.fail(field, format!("{} lets programs gain privileges", service.label()))
                    .severity(Severity::Medium)
                    .key("security_opt/no-new-privileges")
                    .fix(Plan::safe("set `no-new-privileges` to true").set(
                        field.node(),
                        &[],
                        "no-new-privileges:true",
                    ));
                return;
            }
            Some(_) | None => {}
        }
    }
    // Of a privileged service this is not the fault to mend first.
    if service.get("privileged").bool().known() == Some(true) || service.is_partial() {
        return;
    }
    if unsure {
        out.known(options.items().into_iter().find(|f| f.unresolved().is_some()).unwrap_or(options).str());
    } else if options.is_set() || lacks(service, &[&["security_opt"]], out) {
        out.fail(service, format!("{} does not set `no-new-privileges`", service.label())).fix(
            Plan::risky("add `no-new-privileges:true`").append(
                service.node(),
                &["security_opt"],
                "no-new-privileges:true",
            ),
        );
    }
}
