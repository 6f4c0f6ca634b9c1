//! Services in the network of the host.

use crate::support::compose::is_one_of;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With `network_mode: host` a service has the network interfaces of the host: it reaches everything
    /// that listens on localhost, opens any port past the list in `ports`, and is not separated from other
    /// services.
    ///
    /// ## How to fix
    /// Remove `network_mode`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: "${MODE:-host}"
    /// ```
    ///
    /// ```compose
    /// web:
    ///   image: nginx:1.27
    ///   net: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       network: host
    ///     network_mode: host
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
    ///     network_mode: bridge
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: none
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-host-network",
        title: "Compose service uses the network of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "every local service of the host can be reached and its traffic be read, but code on \
                      the host is not run",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `network_mode: host`, so that the service gets a namespace of its own.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if let Some(place) = is_one_of(service.network_mode(), &["host"], out) {
        out.fail(place, format!("{} shares the network of the host", service.label()))
            .fix(Plan::risky("remove `network_mode`").remove(place));
    }
}
