//! Base image from a registry that is not allowed.

use crate::support::dockerfile::View;
use crate::support::images;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::ImageRef;
use syntax::dockerfile::{Base, Dockerfile, Origin};

check::docs! {
    /// The configuration lists the registries that images may come from (`allowed_registries`), and this
    /// base, or the image that `COPY --from` or a mount takes files from, comes from another one. Without
    /// such a list the check passes.
    ///
    /// ## How to fix
    /// Mirror the image into an allowed registry and name it from there.
    ///
    /// ## Fails
    /// ```dockerfile registries=registry.example.com
    /// FROM debian:12
    /// ```
    /// ```dockerfile registries=registry.example.com,docker.io/library
    /// FROM ghcr.io/acme/base:1
    /// ```
    /// ```dockerfile registries=registry.example.com
    /// FROM registry.example.com/base:1
    /// COPY --from=ghcr.io/acme/tool:1 /tool /tool
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile registries=registry.example.com
    /// FROM registry.example.com/base:1
    /// ```
    /// ```dockerfile registries=docker.io/library
    /// FROM debian:12 AS one
    /// FROM one
    /// FROM scratch
    /// ```
    /// ```dockerfile
    /// FROM ghcr.io/acme/base:1
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-image-registry-not-allowed",
        title: "Base image from a registry that is not allowed",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "nobody the team trusts vouches for what such an image holds",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-1",
            "practices:IMG-9",
            "cis-docker:4.2",
            "nsa-cisa:pod-security/trusted-images",
        ],
        remediation: "Take the image from one of the allowed registries, or add its registry to `allowed_registries`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3026"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let allowed = &cx.settings.allowed_registries;
    if allowed.is_empty() {
        return;
    }
    let mut judge = |text: &str, span: Span| {
        if let Ok(image) = ImageRef::parse(text)
            && !allowed.iter().any(|place| images::comes_from(&image, place))
        {
            let message =
                format!("`{}` comes from `{}`, which is not allowed", image.familiar_name(), image.registry);
            out.fail(view.at(span), message);
        }
    };
    let mut open = Vec::new();
    for stage in &file.stages {
        let Some(state) = view.eval.stages.get(stage.index) else { continue };
        match (&state.base, stage.source()) {
            (Base::Image(image), Some(from)) => judge(image, from.image.span()),
            (Base::Unknown(why), Some(from)) => open.push((from.image.span(), why)),
            _ => {}
        }
        for reference in &state.references {
            match &reference.origin {
                // A plain word may be a build context that is named on the command line.
                Origin::Image(image) if image.contains([':', '/', '@', '.']) => judge(image, reference.span),
                Origin::Unknown(why) => open.push((reference.span, why)),
                Origin::Image(_) | Origin::Stage(_) => {}
            }
        }
    }
    for (span, why) in open {
        out.unknown(view.at(span), why.clone());
    }
}
