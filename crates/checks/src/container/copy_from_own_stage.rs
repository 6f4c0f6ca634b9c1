//! Stage copies from itself.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Origin};

check::docs! {
    /// `COPY --from` of the stage it stands in can not work, since that stage is not finished.
    ///
    /// ## How to fix
    /// Correct the name behind `--from`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// COPY --from=build /a /b
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --from=0 /a /b
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// FROM debian:12
    /// COPY --from=build /a /b
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-from-own-stage",
        title: "Stage copies from itself",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails, and nothing is made",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Name the earlier stage that has the files, or copy inside the stage with `RUN cp`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3023", "trivy:DS-0006"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (index, state) in view.eval.stages.iter().enumerate() {
        for reference in state.references.iter().filter(|r| r.origin == Origin::Stage(index)) {
            out.fail(view.at(reference.span), "the stage copies from itself");
        }
    }
}
