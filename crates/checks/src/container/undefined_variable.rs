//! Variable is not defined.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;
use syntax::dockerfile::{Body, Dockerfile, Instruction, Value};

check::docs! {
    /// A variable that nothing sets is empty. An `ARG` before the first `FROM` is seen by `FROM` lines
    /// only: a stage that uses it has to declare it again with `ARG NAME`.
    ///
    /// ## How to fix
    /// Add `ARG NAME` to the stage, or correct the name.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:$VERSION
    /// ```
    /// ```dockerfile
    /// ARG VERSION=1
    /// FROM debian:12
    /// COPY app-$VERSION /app
    /// ```
    /// ```dockerfile
    /// FROM scratch
    /// COPY app ${TARGET}/app
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// ARG VERSION=12
    /// FROM debian:$VERSION
    /// ARG VERSION
    /// COPY app-$VERSION /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PATH=/app:$PATH
    /// ```
    /// ```dockerfile
    /// FROM debian:${VERSION:-12}
    /// ```
    /// ```dockerfile
    /// FROM --platform=$BUILDPLATFORM debian:12
    /// LABEL price=\$5
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "undefined-variable",
        title: "Variable is not defined",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "it comes to nothing, which gives another image or path than was meant",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Declare it with `ARG` or `ENV` before; global `ARG`s must be declared again in the stage.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let globals: BTreeSet<&str> = file
        .globals
        .iter()
        .filter_map(|i| match &i.body {
            Body::Arg(defs) => Some(defs.iter().map(|d| d.name.text())),
            _ => None,
        })
        .flatten()
        .collect();
    for stage in &file.stages {
        let Some(from) = stage.source() else { continue };
        for name in variables(from.image.text(), file.escape) {
            let platform = ["BUILD", "TARGET"].iter().any(|p| name.starts_with(p));
            if !globals.contains(name) && !platform {
                out.fail(view.at(from.image.span()), format!("`{name}` is not declared before this FROM"))
                    .key(name);
            }
        }
    }
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        let words: Vec<&syntax::Mapped> = match &instruction.body {
            Body::Copy(t) | Body::Add(t) => t.sources.iter().chain([&t.target]).collect(),
            Body::Env(pairs) | Body::Label(pairs) => pairs.iter().map(|p| &p.value).collect(),
            Body::Workdir(path) => vec![path],
            Body::User(user) => vec![&user.text],
            Body::Expose(ports) => ports.iter().map(|p| &p.text).collect(),
            _ => return,
        };
        for word in words {
            for name in variables(word.text(), file.escape) {
                let set = scope.env().contains_key(name) || scope.args().contains_key(name);
                let certain = globals.contains(name) || matches!(scope.value(name), Value::Unset);
                if !set && certain && name != "PATH" {
                    out.fail(view.at(word.span()), format!("`{name}` is not set in this stage")).key(name);
                }
            }
        }
    });
}
/// Names of variables that are used without a default.
fn variables(text: &str, escape: char) -> Vec<&str> {
    let mut found = Vec::new();
    let mut single = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\'' {
            single = !single;
        } else if c == escape {
            chars.next();
        } else if c == '$' && !single {
            let rest = text.get(at + 1..).unwrap_or("");
            let braced = rest.starts_with('{');
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !name.is_empty()
                && !name.starts_with(|c: char| c.is_ascii_digit())
                && (!braced || after.starts_with('}'))
            {
                found.push(name);
            }
        }
    }
    found
}
