//! Files are taken from an image without a fixed tag.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;
use syntax::dockerfile::{Dockerfile, Origin};

check::docs! {
    /// `COPY --from=image` and `RUN --mount=from=image` take files from whatever the registry has under
    /// `latest` at the moment of the build.
    ///
    /// ## How to fix
    /// Add the tag or digest that was tested.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=ghcr.io/acme/tool /tool /usr/bin/tool
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=ghcr.io/acme/tool:latest /tool /usr/bin/tool
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --mount=type=bind,from=ghcr.io/acme/tool,target=/t /t/tool
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=ghcr.io/acme/tool:1.2 /tool /usr/bin/tool
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25 AS build
    /// FROM scratch
    /// COPY --from=build /app /app
    /// COPY --from=0 /etc/x /etc/x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-from-untagged-image",
        title: "Files are taken from an image without a fixed tag",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what is copied changes behind the team's back, but exchanging it takes access to the registry",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.2", "nsa-cisa:pod-security/trusted-images"],
        remediation: "Name a version, best with its digest: `COPY --from=nginx:1.28@sha256:...`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for state in &view.eval.stages {
        for reference in &state.references {
            // A plain word may be a build context that is named on the command line.
            let Origin::Image(text) = &reference.origin else { continue };
            if !text.contains(['/', ':']) {
                continue;
            }
            if let Ok(image) = ImageRef::parse(text)
                && image.digest.is_none()
                && image.effective_tag() == Some("latest")
            {
                out.fail(
                    view.at(reference.span),
                    format!("files are taken from `{text}`, which has no fixed tag"),
                );
            }
        }
    }
}
