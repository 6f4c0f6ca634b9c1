//! Services without a limit on processes.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without a limit one service can fill the process table of the host (a fork bomb), after which
    /// nothing can be started, not even a shell.
    ///
    /// ## How to fix
    /// Set `pids_limit` (or `deploy.resources.limits.pids`) to some hundreds.
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
    ///     pids_limit: -1
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     pids_limit: 200
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     deploy: {resources: {limits: {pids: 100}}}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-pids-limit-missing",
        title: "Compose service has no limit on processes",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a fork bomb stops the host, but takes code execution in the service first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Set `pids_limit` (or `deploy.resources.limits.pids`) to some hundreds.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

const LIMITS: [&[&str]; 2] = [&["deploy", "resources", "limits", "pids"], &["pids_limit"]];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let limit = service.first_of(&LIMITS);
    if limit.is_set() {
        if let Some(text) = out.known(limit.str())
            && text.trim().parse::<i64>().is_ok_and(|n| n <= 0)
        {
            out.fail(limit, format!("{} sets no bound for processes: `{text}` means none", service.label()));
        }
        return;
    }
    if lacks(service, &LIMITS, out) {
        out.fail(service, format!("{} has no limit for processes", service.label()));
    }
}
