//! ENV or LABEL without an equals sign.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// In the old form `ENV NAME value` all the rest of the line is the value, so that only one variable
    /// can be set and slips are not noticed.
    ///
    /// ## How to fix
    /// Write an equals sign, and quotes where the value has blanks.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ENV NAME value
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL name some value
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENV NAME=value OTHER="some value"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "env-legacy-form",
        title: "ENV or LABEL without an equals sign",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "easily misread, and deprecated",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write `ENV NAME=value`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        let (Body::Env(pairs) | Body::Label(pairs)) = &instruction.inner().body else { continue };
        for pair in pairs.iter().filter(|p| p.legacy) {
            let draft = out
                .fail(view.at(pair.span()), format!("`{}` is set without an equals sign", pair.key.text()));
            let value = file.source.slice(pair.value.span());
            if !value.contains(['"', '\'', '\\', '\n', '`']) && !value.is_empty() {
                let value = if value.contains(char::is_whitespace) {
                    format!("\"{value}\"")
                } else {
                    value.to_owned()
                };
                draft.fix(
                    Plan::safe("write an equals sign")
                        .replace(pair.span(), format!("{}={value}", pair.key.text())),
                );
            }
        }
    }
}
