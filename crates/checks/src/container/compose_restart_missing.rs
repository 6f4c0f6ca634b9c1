//! Services that stay down.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without `restart` a service that fails, or a host that restarts, leaves it down until somebody
    /// starts it by hand.
    ///
    /// ## How to fix
    /// Write `restart: unless-stopped`. For a task that runs once write `restart: "no"` to say so.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     restart: unless-stopped
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     deploy: {restart_policy: {condition: on-failure}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   job:
    ///     image: example.com/job:1.0
    ///     restart: "no"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     restart: always
    ///     depends_on:
    ///       migrate: {condition: service_completed_successfully}
    ///   migrate:
    ///     image: example.com/migrate:1.0
    /// ```
    ///
    /// ```compose
    /// services:
    ///   debug:
    ///     image: busybox:1.36
    ///     profiles: [debug]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-restart-missing",
        title: "Compose service is not restarted",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "an outage lasts until somebody looks, but nothing is lost",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Set `restart: unless-stopped`, or `on-failure` with a number of tries.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Most services that are looked through; a project with more is made by a program.
const MOST: usize = 1000;

/// True if some other service waits for this one to end: a task.
fn is_task(service: Service<'_>) -> bool {
    service.project().services().take(MOST).any(|other| {
        let condition = other.at(&["depends_on", service.name(), "condition"]);
        condition.text() == Some("service_completed_successfully")
    })
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // What belongs to a profile is started by hand, for a purpose.
    if service.get("profiles").is_set() {
        return;
    }
    if lacks(service, &[&["restart"], &["deploy", "restart_policy"]], out) && !is_task(service) {
        let plan = Plan::risky("set `restart` to unless-stopped").set(
            service.node(),
            &["restart"],
            "unless-stopped",
        );
        out.fail(service, format!("{} is not restarted when it fails", service.label())).fix(plan);
    }
}
