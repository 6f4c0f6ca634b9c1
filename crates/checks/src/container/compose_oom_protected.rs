//! Services kept alive at the cost of the host.

use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `oom_kill_disable: true` or a negative `oom_score_adj` the kernel ends others when memory runs
    /// out; without a limit even the host hangs.
    ///
    /// ## How to fix
    /// Remove `oom_kill_disable` and `oom_score_adj`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     oom_kill_disable: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     oom_score_adj: -500
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     oom_kill_disable: false
    ///     oom_score_adj: 100
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-oom-protected",
        title: "Compose service is protected from running out of memory",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the kernel ends other programs of the host instead, the engine and SSH among them",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Remove the setting, and set a memory limit that the program fits in.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = out.met(service.get("oom_kill_disable").bool(), |on| on) {
        out.fail(place, format!("{} is never ended when memory runs out", service.label()))
            .fix(Plan::risky("set `oom_kill_disable` to false").set(place, &[], false));
    }
    if let Some(place) = out.met(service.get("oom_score_adj").int(), |score| score < 0) {
        out.fail(place, format!("{} is ended after others when memory runs out", service.label()))
            .fix(Plan::risky("remove `oom_score_adj`").remove(place));
    }
}
