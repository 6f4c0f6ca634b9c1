//! Links between containers.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `links` and `external_links` come from a time before networks: every service reaches the others by
    /// name without them. `volumes_from` hands over all volumes of another container, needed or not.
    ///
    /// ## How to fix
    /// Remove them, and write `depends_on` where the order matters.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     links: [db]
    ///   db:
    ///     image: postgres:17
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     external_links: [redis]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes_from: ["container:data"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on: [db]
    ///   db:
    ///     image: postgres:17
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-links-legacy",
        title: "Compose service uses links",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "links still work; they only add names and start order that a network gives anyway",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-4"],
        remediation: "Remove `links`; services of one network reach each other by name. Use `depends_on` \
                      for the order.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for key in ["links", "external_links", "volumes_from"] {
        let field = service.get(key);
        if !field.is_empty() {
            out.fail(
                field,
                format!("{} uses `{key}`, which networks and named volumes have replaced", service.label()),
            )
            .key(key);
        }
    }
}
