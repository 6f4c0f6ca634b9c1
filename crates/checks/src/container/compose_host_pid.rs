//! Services in the process ids of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `pid: host` a service sees every process of the host with its arguments and, as root, its
    /// environment and file system under `/proc/PID/root`.
    ///
    /// ## How to fix
    /// Remove `pid`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     pid: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     pid: "${MODE:-host}"
    /// ```
    ///
    /// ## Passes
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
    ///     pid: "service:db"
    ///   db:
    ///     image: postgres:17
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-host-pid",
        title: "Compose service sees the processes of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "all processes of the host can be seen and, as root, be read and ended, but a further \
                      step is needed to take them over",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `pid: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.get("pid").str(), &["host"], out) {
        out.fail(place, format!("{} shares the process ids of the host", service.label()))
            .fix(Plan::risky("remove `pid`").remove(place));
    }
}
