//! Services without a limit on processors.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without a limit one busy or attacked service takes all processors of the host from the others.
    ///
    /// ## How to fix
    /// Set `deploy.resources.limits.cpus`, or `cpus`.
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
    ///     cpu_shares: 512
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cpus: 0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     deploy: {resources: {limits: {cpus: "0.50"}}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cpus: 1.5
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     cpu_quota: 50000
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-cpu-limit-missing",
        title: "Compose service has no CPU limit",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "one service can slow others down, which ends when it ends",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Set `deploy.resources.limits.cpus`, or `cpus`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

const LIMITS: [&[&str]; 6] = [
    &["deploy", "resources", "limits", "cpus"],
    &["cpus"],
    &["cpu_quota"],
    &["cpuset"],
    &["cpu_count"],
    &["cpu_percent"],
];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let limit = service.first_of(&LIMITS);
    if limit.is_set() {
        if let Some(text) = out.known(limit.str())
            && text.trim().parse::<f64>().is_ok_and(|n| n <= 0.0)
        {
            out.fail(
                limit,
                format!("{} sets no bound for processing time: `{text}` means none", service.label()),
            );
        }
        return;
    }
    if lacks(service, &LIMITS, out) {
        out.fail(service, format!("{} has no limit for processing time", service.label()));
    }
}
