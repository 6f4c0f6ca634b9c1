//! Base image is not pinned by digest.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;
use syntax::dockerfile::{Base, Dockerfile};

check::docs! {
    /// A tag is a name that can be given to another image at any time, by the publisher or by whoever has
    /// stolen their login. With a digest the build takes exactly the bytes that were tested, or fails.
    ///
    /// ## How to fix
    /// Look the digest up with `docker buildx imagetools inspect debian:12.11` and append it to the tag.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12.11
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25 AS build
    /// FROM scratch
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12.11@sha256:6ac2c08566499cc2415926653cf2ed7c3aedac445675a013cc09469c9e118fdd
    /// ```
    /// ```dockerfile
    /// FROM scratch
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-image-without-digest",
        title: "Base image is not pinned by digest",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "a tag can be moved by whoever may push to the repository; a digest can not",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.2", "nsa-cisa:pod-security/trusted-images"],
        remediation: "Add the digest of the image that was tested: `FROM debian:12.11@sha256:...`; tools such as Renovate keep it current.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        let Some((image, span)) = view.image_of(stage) else {
            if let (Some(Base::Unknown(why)), Some(from)) =
                (view.eval.stages.get(stage.index).map(|s| &s.base), stage.source())
                && !from.image.text().contains('@')
            {
                out.unknown(view.at(from.image.span()), why.clone());
            }
            continue;
        };
        if let Ok(image) = ImageRef::parse(image)
            && image.digest.is_none()
        {
            out.fail(
                view.at(span),
                format!("the base image `{}` is not pinned by digest", image.familiar_name()),
            );
        }
    }
}
