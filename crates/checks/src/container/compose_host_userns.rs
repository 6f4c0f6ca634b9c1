//! Services in the user namespace of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Where the engine maps users of containers to unprivileged ones (`userns-remap`), `userns_mode: host`
    /// switches that off for this service: its root is root on the host again.
    ///
    /// ## How to fix
    /// Remove `userns_mode`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     userns_mode: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     userns_mode: "${MODE:-host}"
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
        id: "compose-host-userns",
        title: "Compose service is taken out of the user namespace",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "root in the container is then root on the host where the engine would have mapped it \
                      to nobody",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `userns_mode: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.get("userns_mode").str(), &["host"], out) {
        out.fail(place, format!("{} shares the user namespace of the host", service.label()))
            .fix(Plan::risky("remove `userns_mode`").remove(place));
    }
}
