//! Blank line inside a continued instruction.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A blank line after a line that ends with a backslash still belongs to the instruction. Docker warns
    /// of it and has announced to refuse it.
    ///
    /// ## How to fix
    /// Remove the blank line, or put a comment there.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a \
    ///
    ///   && b
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN a \
    ///   # why
    ///   && b
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "blank-line-in-continuation",
        title: "Blank line inside a continued instruction",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "Docker will refuse it one day, and it hides where the instruction ends",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the blank line, or put a comment there.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for instruction in file.instructions() {
        if let Some(first) = instruction.blank_lines.first() {
            out.fail(view.at(*first), "a blank line stands inside a continued instruction")
                .key(instruction.args.text());
        }
    }
}
