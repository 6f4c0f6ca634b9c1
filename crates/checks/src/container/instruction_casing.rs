//! Instruction is not in upper case.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// Docker reads instructions in any case, but by convention they are in upper case, which tells them
    /// from their arguments.
    ///
    /// ## How to fix
    /// Write `RUN` instead of `run`, and `FROM x AS y` instead of `FROM x as y`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// run make
    /// ```
    /// ```dockerfile
    /// From debian:12
    /// ```
    /// ```dockerfile
    /// FROM debian:12 as build
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// RUN make
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "instruction-casing",
        title: "Instruction is not in upper case",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "harder to tell from arguments",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write instructions, and the `AS` of `FROM`, in upper case.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for instruction in file.instructions() {
        let word = file.source.slice(instruction.keyword_span);
        let upper = instruction.keyword.word();
        if instruction.keyword != Keyword::Unknown && word != upper {
            out.fail(view.at(instruction.keyword_span), format!("`{word}` is not in upper case"))
                .key(format!("{word} {}", instruction.args.text()))
                .fix(Plan::safe(format!("write `{upper}`")).replace(instruction.keyword_span, upper));
        }
        if let Body::From(from) = &instruction.body
            && let Some(alias) = &from.alias
        {
            let between = Span::new(from.image.span().end, alias.span().start);
            let text = file.source.slice(between);
            let blanks = text.len() - text.trim_start().len();
            if let Some(word) =
                text.split_whitespace().next().filter(|w| w.eq_ignore_ascii_case("as") && *w != "AS")
            {
                let start = between.start + blanks as u32;
                let span = Span::new(start, start + 2);
                out.fail(view.at(span), format!("`{word}` is not in upper case"))
                    .key(format!("{word} {}", alias.text()))
                    .fix(Plan::safe("write `AS`").replace(span, "AS"));
            }
        }
    }
}
