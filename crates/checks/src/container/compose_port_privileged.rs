//! Ports of the host below 1024.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Ports below 1024 are kept for services of the host that root has started. A container on one of them
    /// can pass for such a service. For the one web server or proxy of a machine (80 and 443) that is as it
    /// should be, and not reported.
    ///
    /// ## How to fix
    /// Publish on a higher port.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   mail:
    ///     image: example.com/mail:1.0
    ///     ports: ["25:1025"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dns:
    ///     image: example.com/dns:1.0
    ///     ports: ["127.0.0.1:53:53/udp"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports:
    ///       - {target: 8080, published: "88"}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["80:80", "443:8443", "8080:80", "22"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-port-privileged",
        title: "Compose service publishes a privileged port of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "the engine opens the port as root, which is what these ports are reserved for",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Publish on a port from 1024 up, behind a proxy that owns the low ones.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in service.ports() {
        let Some(published) = out.known(port.published.clone()) else { continue };
        let web = published.first == published.last && matches!(published.first, 80 | 443);
        if (1..1024).contains(&published.first) && !web {
            let message =
                format!("{} publishes the privileged port {published} of the host", service.label());
            out.fail(port.field, message).key(format!("ports/{published}"));
        }
    }
}
