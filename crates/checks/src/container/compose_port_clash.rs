//! Published ports that clash.

use crate::support::compose::may_run_together;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Port, Ports, Service};

check::docs! {
    /// A port of the host can be bound once for each address: of two services that publish the same one,
    /// only the first starts.
    ///
    /// ## How to fix
    /// Change the published port of one of them.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["8080:80"]
    ///   api:
    ///     image: nginx:1.27
    ///     ports: ["127.0.0.1:8080:3000"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["8000-8010:8000-8010"]
    ///   api:
    ///     image: nginx:1.27
    ///     ports:
    ///       - {target: 80, published: "8005"}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["127.0.0.1:8080:80", "53:53/udp"]
    ///   api:
    ///     image: nginx:1.27
    ///     ports: ["127.0.0.2:8080:80", "53:53/tcp", "8081:80"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     ports: ["8080:80"]
    ///     profiles: [a]
    ///   api:
    ///     image: nginx:1.27
    ///     ports: ["8080:80"]
    ///     profiles: [b]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-port-clash",
        title: "Compose services publish the same port of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::High,
        severity_reason: "the second of the services can not be started at all",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:CI-3"],
        remediation: "Publish each service on a port of its own, or put a proxy in front of them.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Most services that are compared with each other; a project with more is made by a program.
const MOST: usize = 100;

fn address(port: &Port<'_>) -> Option<String> {
    if port.is_open().known()? { Some(String::new()) } else { port.host_ip.clone().known() }
}

fn clash(a: &Port<'_>, b: &Port<'_>) -> bool {
    let (Some(first), Some(second)) = (a.published.clone().known(), b.published.clone().known()) else {
        return false;
    };
    let (Some(here), Some(there)) = (address(a), address(b)) else { return false };
    // A range for a single port of the container is a choice, not a claim to all of it.
    let choice = |port: &Port<'_>, ports: Ports| {
        ports.first != ports.last && port.target.clone().known().is_some_and(|t| t.first == t.last)
    };
    a.protocol == b.protocol
        && first.overlaps(second)
        && !choice(a, first)
        && !choice(b, second)
        && (here == there || here.is_empty() || there.is_empty())
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for port in service.ports() {
        let earlier = service.project().services().take(service.index().min(MOST));
        let other = earlier
            .filter(|other| may_run_together(service, *other))
            .find_map(|other| Some((other, other.ports().into_iter().find(|theirs| clash(&port, theirs))?)));
        if let Some((other, theirs)) = other {
            let shown = port.published.clone().known().map_or_else(String::new, |p| p.to_string());
            let message =
                format!("{} publishes port {shown} of the host, as {} does", service.label(), other.label());
            out.fail(port.field, message)
                .related(theirs.field, "the other one")
                .key(format!("ports/{shown}"));
        }
    }
}
