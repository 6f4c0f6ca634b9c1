//! Services without logs.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With the logging driver `none` whatever the program prints is lost, and with it what happened in an
    /// incident.
    ///
    /// ## How to fix
    /// Use `json-file` or `local` with a maximal size, or a driver that ships the logs.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     logging: {driver: none}
    /// ```
    ///
    /// ```compose
    /// web:
    ///   image: nginx:1.27
    ///   log_driver: none
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     logging:
    ///       driver: json-file
    ///       options: {max-size: 10m}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-logging-off",
        title: "Compose service has its logs switched off",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "an attack leaves no trace here, though it may elsewhere",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:LOG-1"],
        remediation: "Remove the driver `none`; bound the size of the logs by `max-size` and `max-file` \
                      instead.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let driver = service.first_of(&[&["logging", "driver"], &["log_driver"]]).str();
    if let Some(place) = is_one_of(driver, &["none"], out) {
        out.fail(place, format!("{} has its logs switched off", service.label()));
    }
}
