//! Services in the UTS namespace of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `uts: host` a privileged process in the service can rename the host.
    ///
    /// ## How to fix
    /// Remove `uts`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     uts: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     uts: "${MODE:-host}"
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
        id: "compose-host-uts",
        title: "Compose service shares the host name of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "renaming the host confuses logs and certificates, but gives no access",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Remove `uts: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.get("uts").str(), &["host"], out) {
        out.fail(place, format!("{} shares the UTS namespace of the host", service.label()))
            .fix(Plan::risky("remove `uts`").remove(place));
    }
}
