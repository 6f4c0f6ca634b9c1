//! Several RUN instructions in a row.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Instruction, Keyword};

check::docs! {
    /// Each `RUN` makes a layer, and files that a later one removes stay in the earlier one.
    ///
    /// ## How to fix
    /// Join them, unless they are kept apart for the build cache.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a
    /// RUN b
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a && b
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a
    /// WORKDIR /x
    /// RUN b
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a
    /// RUN --mount=type=cache,target=/c b
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "consecutive-runs",
        title: "Several RUN instructions in a row",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "more layers than needed",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Join the commands with `&&`, or write one `RUN <<EOF`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3059"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        let mut first: Option<&Instruction> = None;
        let mut told = false;
        for instruction in &stage.instructions {
            let flags = |i: &Instruction| {
                i.flags.iter().map(|f| file.source.slice(f.span).to_owned()).collect::<Vec<_>>()
            };
            let follows =
                first.is_some_and(|f| instruction.keyword == Keyword::Run && flags(f) == flags(instruction));
            if follows && !told {
                told = true;
                out.fail(view.head(instruction), "this RUN could be joined with the one before it");
            }
            if !follows {
                told = false;
                first = Some(instruction).filter(|i| i.keyword == Keyword::Run);
            }
        }
    }
}
