//! Services outside of the engine's control group.

use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `cgroup_parent` puts the container under another control group than the engine's own, and so past
    /// the limits that are set for all containers.
    ///
    /// ## How to fix
    /// Remove `cgroup_parent`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cgroup_parent: m-executor-abcd
    /// ```
    ///
    /// ## Passes
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
        id: "compose-cgroup-parent",
        title: "Compose service chooses its own parent control group",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "limits that the administrator set on the engine no longer hold, but nothing else is \
                      opened",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Remove `cgroup_parent`, so that the limits of the container engine hold.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.met(service.get("cgroup_parent").str(), |parent| !parent.is_empty()) {
        out.fail(place, format!("{} chooses its own parent control group", service.label()))
            .fix(Plan::risky("remove `cgroup_parent`").remove(place));
    }
}
