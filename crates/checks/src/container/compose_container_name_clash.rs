//! Container names that clash.

use crate::support::compose::may_run_together;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Names of containers are unique on a host: of two services with the same `container_name` only one
    /// starts. A service that is scaled up can't have one at all.
    ///
    /// ## How to fix
    /// Remove `container_name`; services are reached by the name of the service.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     container_name: app
    ///   api:
    ///     image: nginx:1.27
    ///     container_name: app
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     container_name: app
    ///     deploy: {replicas: 3}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     container_name: web
    ///   api:
    ///     image: nginx:1.27
    ///     container_name: api
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     container_name: app
    ///     profiles: [a]
    ///   api:
    ///     image: nginx:1.27
    ///     container_name: app
    ///     profiles: [b]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-container-name-clash",
        title: "Compose services have the same container name",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::High,
        severity_reason: "the second of the services can not be started at all",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:CI-3"],
        remediation: "Give each service its own `container_name`, or leave it out.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Most services that are compared with each other; a project with more is made by a program.
const MOST: usize = 1000;

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let field = service.get("container_name");
    let Some(name) = out.known(field.str()) else { return };
    let scale = service.first_of(&[&["deploy", "replicas"], &["scale"]]);
    if let Some(place) = out.met(scale.int(), |count| count > 1) {
        out.fail(
            field,
            format!("{} can't be scaled, for its container name `{name}` is fixed", service.label()),
        )
        .related(place, "the number of replicas")
        .key("scale");
    }
    let earlier = service.project().services().take(service.index().min(MOST));
    let mut clashing = earlier.filter(|other| {
        other.get("container_name").scalar() == Some(name) && may_run_together(service, *other)
    });
    if let Some(other) = clashing.next() {
        let message =
            format!("{} has the same container name as {}: `{name}`", service.label(), other.label());
        out.fail(field, message).related(other.get("container_name"), "the other one");
    }
}
