//! Services in the control groups of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `cgroup: host` a service sees the whole tree of control groups of the host; with write access
    /// it lifts its own limits and those of others.
    ///
    /// ## How to fix
    /// Remove `cgroup`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cgroup: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cgroup: "${MODE:-host}"
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
    ///     cgroup: private
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-host-cgroup",
        title: "Compose service sees the control groups of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "limits and names of other workloads can be seen, and changed where the mount is \
                      writable",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `cgroup: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.get("cgroup").str(), &["host"], out) {
        out.fail(place, format!("{} shares the control groups of the host", service.label()))
            .fix(Plan::risky("remove `cgroup`").remove(place));
    }
}
