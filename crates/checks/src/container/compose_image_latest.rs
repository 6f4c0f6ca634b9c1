//! Images without a fixed version.

use crate::support::compose::{by_default, image};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `image: nginx` and `image: nginx:latest` run whatever the tag points to on the day of the pull: no
    /// two hosts need run the same, and nobody decided on the change. For a service that is built here
    /// (`build`), the name is only that of the result and not reported.
    ///
    /// ## How to fix
    /// Write the tag that was tested, and its digest where that matters.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: ghcr.io/acme/web:latest
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: acme/web:${TAG:-latest}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: ${REGISTRY}/acme/web:latest
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27.3
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: acme/web
    ///     build: .
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-image-latest",
        title: "Compose image tag is latest or missing",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what runs can be exchanged behind the team's back by anyone who can push the tag, \
                      but pushing it takes access to the registry",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9"],
        remediation: "Name the version that was tested, best with its digest: `app:1.4.2@sha256:...`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    if service.get("build").is_set() {
        return;
    }
    let field = service.get("image");
    // A registry from outside does not matter for the tag.
    let written = field.text().unwrap_or("");
    let certain = written.ends_with(":latest") && !written.contains('@');
    let (shown, latest, tagged) = if certain {
        (written.to_owned(), true, true)
    } else {
        let Some((_, image)) = image(service, out) else { return };
        (
            written.to_owned(),
            image.digest.is_none() && image.effective_tag() == Some("latest"),
            image.tag.is_some(),
        )
    };
    if latest {
        let how = if tagged { "has the tag `latest`" } else { "has no tag, so `latest` is pulled" };
        out.fail(field, format!("image `{shown}` of {} {how}{}", service.label(), by_default(field)));
    }
}
