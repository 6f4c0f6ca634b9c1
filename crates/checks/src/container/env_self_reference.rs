//! ENV uses a variable that it sets itself.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// All values of one `ENV` see the variables as they were before it. A variable that the same `ENV`
    /// sets for the first time is still empty.
    ///
    /// ## How to fix
    /// Set the first variable in an `ENV` of its own, before.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ENV APP=/app BIN=$APP/bin
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV APP=/app \
    ///     BIN="${APP}/bin"
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENV APP=/app
    /// ENV BIN=$APP/bin
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PATH=/app/bin:$PATH
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG APP=/a
    /// ENV APP=/app BIN=$APP/bin
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "env-self-reference",
        title: "ENV uses a variable that it sets itself",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the variable is empty where it is used",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Split it into two `ENV` instructions.",
        since: "0.1.0",
        aliases: &["hadolint:DL3044"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    file.walk(&mut |stage, place, scope| {
        let Some(Body::Env(pairs)) = stage.instructions.get(place).map(|i| &i.body) else { return };
        for pair in pairs {
            for name in variables(pair.value.text()) {
                let here = pairs.iter().any(|p| p.key.text() == name) && pair.key.text() != name;
                let before =
                    scope.env().contains_key(name) || scope.args().contains_key(name) || name == "PATH";
                if here && !before {
                    out.fail(
                        view.at(pair.span()),
                        format!("`{name}` is set in the same ENV and still empty here"),
                    )
                    .key(format!("{}:{name}", pair.key.text()));
                }
            }
        }
    });
}
/// Names after `$` and `${`.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split('$').skip(1).map(|rest| {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    })
}
