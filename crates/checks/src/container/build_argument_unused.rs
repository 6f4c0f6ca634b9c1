//! Build argument is not used.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// No later instruction names this build argument. Either it is left over, or a name is misspelt.
    ///
    /// ## How to fix
    /// Remove it, or correct the name.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ARG VERSOIN=1
    /// COPY app /app
    /// ```
    /// ```dockerfile
    /// ARG BASE=12
    /// FROM debian:12
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// ARG BASE=12
    /// FROM debian:$BASE
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG VERSION
    /// RUN make VERSION=$VERSION
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG DEBIAN_FRONTEND=noninteractive
    /// RUN apt-get update
    /// ```
    /// ```dockerfile
    /// ARG V=1
    /// FROM debian:12
    /// ARG V
    /// LABEL v=$V
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "build-argument-unused",
        title: "Build argument is not used",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "dead text, or a slip of the pen in its name",
        confidence: Confidence::Low,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the `ARG`, or use it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let text = file.source.text();
    for instruction in file.instructions() {
        let Body::Arg(defs) = &instruction.body else { continue };
        for def in defs {
            let name = def.name.text();
            let upper = name.to_ascii_uppercase();
            // Programs read these from the environment of RUN.
            let implicit = upper.ends_with("_PROXY")
                || ["DEBIAN_", "BUILDKIT_", "PIP_", "NPM_", "UV_", "CARGO_", "GO", "MAKE", "LC_", "APT_"]
                    .iter()
                    .any(|p| upper.starts_with(p))
                || ["CACHE", "BUST", "LANG", "PATH", "FLAGS", "SOURCE_DATE_EPOCH", "NODE_ENV"]
                    .iter()
                    .any(|p| upper.contains(p));
            let used = text.get(def.span().end as usize..).is_some_and(|rest| names(rest, name));
            if !implicit && !used && !name.is_empty() {
                out.fail(view.at(def.span()), format!("the build argument `{name}` is not used"));
            }
        }
    }
}
/// True if the text has the name as a word.
fn names(text: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(word) && !after.is_some_and(word)
    })
}
