//! Label with an unusual key.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// Keys of labels should consist of lower-case letters, digits, single dots and single dashes, and
    /// begin and end with a letter. The names `com.docker`, `io.docker` and `org.dockerproject` belong to
    /// Docker.
    ///
    /// ## How to fix
    /// Write `org.example.build-date` instead of `Build Date`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL "Build Date"=today
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL com.docker.x=1 a..b=2
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL maintainer=me org.opencontainers.image.source=https://example.com
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL $KEY=x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "label-key-invalid",
        title: "Label with an unusual key",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "tools that read labels may not find it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use lower-case letters, digits, dots and dashes, beginning and ending with a letter or digit.",
        since: "0.1.0",
        aliases: &["hadolint:DL3048"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Label) {
        let Body::Label(pairs) = &instruction.body else { continue };
        for pair in pairs {
            let key = pair.key.text().trim_matches(['"', '\'']);
            if key.contains('$') {
                continue;
            }
            let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            let letters = key
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_' | '/'));
            let reserved =
                ["com.docker.", "io.docker.", "org.dockerproject."].iter().any(|p| key.starts_with(p));
            let bad = !letters
                || !edge(key.chars().next())
                || !edge(key.chars().next_back())
                || key.contains("..")
                || key.contains("--");
            if bad || reserved {
                let why = if reserved { "lies in a name space of Docker's" } else { "is not a usual key" };
                out.fail(view.at(pair.key.span()), format!("`{key}` {why}"));
            }
        }
    }
}
