//! Build argument is not used.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::HashMap;
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
    let last = last_places(file.source.text());
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
            let used = last.get(name).is_some_and(|at| *at >= def.span().end as usize);
            if !implicit && !used && !name.is_empty() {
                out.fail(view.at(def.span()), format!("the build argument `{name}` is not used"));
            }
        }
    }
}
/// Where each word of a text stands last.
fn last_places(text: &str) -> HashMap<&str, usize> {
    let mut places = HashMap::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_')) {
        let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        places.insert(word, at);
        at += piece.len();
    }
    places
}
