//! Services whose user is left to the image.

use crate::support::compose::lacks;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Without `user` the image decides, and most images decide for root.
    ///
    /// ## How to fix
    /// Write the number of an unprivileged user.
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
    ///     user: "10001"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: gcr.io/distroless/static:nonroot
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginxinc/nginx-unprivileged:1.27
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-user-missing",
        title: "Compose service does not say as which user it runs",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "many images name an unprivileged user themselves, which can not be seen here",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2"],
        remediation: "Name an unprivileged user by number: `user: \"10001:10001\"`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let image = service.get("image").text().unwrap_or("");
    // These say in their name that they have a user of their own.
    if ["nonroot", "unprivileged", "rootless"].iter().any(|word| image.contains(word)) {
        return;
    }
    if lacks(service, &[&["user"]], out) {
        out.fail(service, format!("{} leaves it to the image as which user it runs", service.label()));
    }
}
