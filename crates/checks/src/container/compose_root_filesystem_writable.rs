//! Root file systems that can be written to.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With a writable root file system an intruder changes programs and leaves tools behind. Few programs
    /// write anywhere but to a volume and `/tmp`.
    ///
    /// ## How to fix
    /// Write `read_only: true` and `tmpfs: [/tmp]`.
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
    ///     read_only: false
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     read_only: true
    ///     tmpfs: [/tmp]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     profiles: [debug]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-root-filesystem-writable",
        title: "Compose service has a writable root file system",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "it helps an attacker who is already inside to keep tools and to stay",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-10"],
        remediation: "Set `read_only: true`, and give the program `tmpfs` or volumes where it must write.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let field = service.get("read_only");
    let message = || format!("the root file system of {} can be written to", service.label());
    if field.is_set() {
        if let Some(place) = out.met(field.bool(), |on| !on) {
            out.fail(place, message()).fix(Plan::risky("set `read_only` to true").set(place, &[], true));
        }
    } else if lacks(service, &[&["read_only"]], out) {
        let plan = Plan::risky("set `read_only` to true").set(service.node(), &["read_only"], true);
        out.fail(service, message()).fix(plan);
    }
}
