//! Files are taken from a stage that comes later or does not exist.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Origin};

check::docs! {
    /// A name behind `--from` that no earlier stage has is taken for an image or a named build context.
    /// Most often it is a slip of the pen.
    ///
    /// ## How to fix
    /// Correct the name, or move the stage up.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=biuld /a /b
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=later /a /b
    /// FROM debian:12 AS later
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=5 /a /b
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// FROM debian:12
    /// COPY --from=build /a /b
    /// COPY --from=nginx:1.28 /c /d
    /// COPY --from=ghcr.io/acme/tool /c /d
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-from-unknown-stage",
        title: "Files are taken from a stage that comes later or does not exist",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails, or takes files from an image nobody meant",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Name a stage that stands before this one; write images with a tag.",
        since: "0.1.0",
        aliases: &["hadolint:DL3022"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (index, state) in view.eval.stages.iter().enumerate() {
        for reference in &state.references {
            match &reference.origin {
                Origin::Stage(stage) if *stage > index => {
                    out.fail(view.at(reference.span), "the stage it copies from comes later");
                }
                Origin::Image(name) if !name.contains([':', '/', '@', '.']) => {
                    out.fail(view.at(reference.span), format!("no stage before this one is named `{name}`"));
                }
                _ => {}
            }
        }
    }
}
