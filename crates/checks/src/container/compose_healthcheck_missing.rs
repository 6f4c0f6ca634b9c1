//! Services whose health nobody asks for.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without a health check the engine only knows that the process lives, not that it answers; others
    /// that depend on it start too early. A check that is switched off (`disable: true`, `test: NONE`)
    /// hides even the one of the image.
    ///
    /// ## How to fix
    /// Write a `healthcheck` with `test`, `interval`, `timeout` and `retries`.
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
    ///     healthcheck: {disable: true}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     healthcheck:
    ///       test: ["NONE"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     healthcheck:
    ///       test: ["CMD", "curl", "-f", "http://localhost/"]
    ///       interval: 30s
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on:
    ///       migrate: {condition: service_completed_successfully}
    ///     healthcheck: {test: curl -f http://localhost/}
    ///   migrate:
    ///     image: example.com/migrate:1.0
    ///     restart: "no"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-healthcheck-missing",
        title: "Compose service has no health check",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a program that hangs goes unnoticed, but the image may bring a check of its own",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Add a `healthcheck` with a test that asks the program itself.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let health = service.get("healthcheck");
    let none = health.get("test").items().first().and_then(|word| word.text()) == Some("NONE");
    let disabled = out.met(health.get("disable").bool(), |on| on).is_some();
    if health.is_set() && (none || disabled) {
        out.fail(health, format!("{} has its health check switched off", service.label()))
            .severity(Severity::Medium);
        return;
    }
    let task = service.get("restart").text().is_some_and(|policy| policy == "no" || policy == "false");
    if !task && lacks(service, &[&["healthcheck"]], out) {
        out.fail(service, format!("{} has no health check", service.label())).confidence(Confidence::Medium);
    }
}
