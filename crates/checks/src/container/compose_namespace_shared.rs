//! Namespaces shared between services.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `pid`, `ipc` or `network_mode` with `service:NAME` or `container:NAME` takes the wall between two
    /// containers away: with the process ids of the other one its memory and files can be read. For a
    /// sidecar that may be intended; `container:` reaches even past the project.
    ///
    /// ## How to fix
    /// Remove the setting and connect the services by a network or a volume.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     pid: "service:db"
    ///   db:
    ///     image: postgres:17
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     network_mode: "container:vpn"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ipc: "container:db"
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ipc: shareable
    ///     network_mode: bridge
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     pid: host
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-namespace-shared",
        title: "Compose service shares a namespace with another container",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "only the other container is opened by it, and often that is what is meant",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Give each service its own namespaces and let them talk over a network.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (key, what, severity) in [
        ("pid", "processes", Severity::Medium),
        ("ipc", "shared memory", Severity::Low),
        ("network_mode", "network", Severity::Low),
    ] {
        let value = if key == "network_mode" { service.network_mode() } else { service.get(key).str() };
        let place = *value.place();
        let Some(text) = out.known(value) else { continue };
        if let Some((kind @ ("service" | "container"), name)) = text.split_once(':') {
            let message = format!("{} shares the {what} of {kind} `{name}`", service.label());
            out.fail(place, message).severity(severity);
        }
    }
}
