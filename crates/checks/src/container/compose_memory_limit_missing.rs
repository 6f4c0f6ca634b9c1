//! Services without a memory limit.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without a limit one service that leaks or is attacked takes all memory of the host, and the kernel
    /// ends whatever else runs there.
    ///
    /// ## How to fix
    /// Set `deploy.resources.limits.memory`, or `mem_limit`, to somewhat more than the program needs.
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
    ///     deploy: {resources: {reservations: {memory: 64M}}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     mem_limit: 0
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     deploy:
    ///       resources:
    ///         limits: {memory: 256M}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     mem_limit: 256m
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     environment: {A: "1"}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-memory-limit-missing",
        title: "Compose service has no memory limit",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "one service can starve the host of memory, but nothing is disclosed or changed",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Set `deploy.resources.limits.memory`, or `mem_limit`, to somewhat more than the \
                      program needs.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

const LIMITS: [&[&str]; 2] = [&["deploy", "resources", "limits", "memory"], &["mem_limit"]];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let limit = service.first_of(&LIMITS);
    if limit.is_set() {
        if let Some(text) = out.known(limit.str())
            && text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic()) == "0"
        {
            out.fail(limit, format!("{} sets no bound for memory: `{text}` means none", service.label()));
        }
        return;
    }
    if lacks(service, &LIMITS, out) {
        out.fail(service, format!("{} has no limit for memory", service.label()));
    }
}
