//! Stage is not used.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Nothing in the file uses this stage and it is not the last, so that a build without `--target` skips
    /// it.
    ///
    /// ## How to fix
    /// Remove it, or keep it if it is built with `--target`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12 AS old
    /// RUN make
    /// FROM debian:12
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// FROM debian:12
    /// COPY --from=build /a /a
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "stage-unused",
        title: "Stage is not used",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "dead text, unless it is built by name",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the stage, or use it in a later one.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    for (index, state) in view.eval.stages.iter().enumerate() {
        if let Some(stage) = file.stages.get(index)
            && !state.reachable
            && shipped.get(index) == Some(&true)
        {
            out.fail(
                view.head(&stage.from),
                format!("the stage `{}` is not part of the image that is built", stage.label()),
            );
        }
    }
}
