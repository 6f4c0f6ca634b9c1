//! Ports published on all interfaces.

use super::compose_port_database_open::guarded;
use crate::support::compose::bind_to_localhost;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// A port without an address is published on all interfaces of the host, IPv6 included, and Docker's
    /// rules come before those of a host firewall such as ufw: what was meant for the proxy on the same
    /// machine can be reached from the internet.
    ///
    /// ## How to fix
    /// Write the address before the port: `127.0.0.1:8080:80`, or `host_ip: 127.0.0.1` in the long form.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: ["8080:80"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: [3000]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports:
    ///       - {target: 80, published: 8080, host_ip: 0.0.0.0}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: ["${HTTP_PORT}:80"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: ["127.0.0.1:8080:80", "192.168.1.5:80:80", "${BIND:-127.0.0.1}:81:81"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     expose: ["80"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     ports: ["5432:5432"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-port-all-interfaces",
        title: "Compose service publishes a port on every network of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "many services are meant to be reached; the finding is that nothing says from where",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "practices:RUN-4"],
        remediation: "Name the address the port is for: `127.0.0.1:8080:80` behind a proxy, else that of \
                      the network it serves.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in service.ports() {
        let target = port.target.clone().known();
        // `compose-port-database-open` speaks of these.
        if target.and_then(guarded).is_some() {
            continue;
        }
        if let Some(true) = out.known(port.is_open()) {
            let shown = target.map_or_else(String::new, |ports| format!(" {ports}"));
            let message = format!("{} publishes port{shown} on every network of the host", service.label());
            // Web servers are there to be reached.
            let web = target.is_some_and(|t| matches!((t.first, t.last), (80, 80) | (443, 443)));
            let same = target.is_some() && port.published.clone().known() == target;
            let severity = if web && same { Severity::Info } else { Severity::Low };
            let draft = out.fail(port.field, message).severity(severity).key(format!("ports/{shown}"));
            if let Some(plan) = bind_to_localhost(&port) {
                draft.fix(plan);
            }
        }
    }
}
