//! Services in the IPC namespace of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `ipc: host` a service can read and write shared memory, semaphores and message queues of
    /// programs on the host.
    ///
    /// ## How to fix
    /// Remove `ipc`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ipc: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ipc: "${MODE:-host}"
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
    ///     ipc: private
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-host-ipc",
        title: "Compose service shares the IPC namespace of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "only programs that use shared memory without protection are open to it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `ipc: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.get("ipc").str(), &["host"], out) {
        out.fail(place, format!("{} shares the IPC namespace of the host", service.label()))
            .fix(Plan::risky("remove `ipc`").remove(place));
    }
}
