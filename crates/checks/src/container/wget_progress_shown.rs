//! Progress of wget floods the log.

use crate::support::dockerfile::{View, downloads, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Without a terminal wget writes a line for every fifty kilobytes.
    ///
    /// ## How to fix
    /// Add `--progress=dot:giga`, or `-nv`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget https://example.com/x
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget -q https://example.com/x && wget --progress=dot:giga https://example.com/y && wget -nv https://example.com/z
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN curl -O https://example.com/x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "wget-progress-shown",
        title: "Progress of wget floods the log",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "thousands of lines that hide what matters",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add `-q`, `-nv` or `--progress=dot:giga`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3047"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for command in step.commands.iter().filter(|c| c.is("wget") && !c.has_wrapper("busybox")) {
            let Some(fetch) = downloads::fetch(command) else { continue };
            let quiet =
                fetch.options.iter().any(|(name, _, _)| {
                    matches!(
                        name.as_str(),
                        "-q" | "--quiet"
                            | "--no-verbose"
                            | "--progress"
                            | "-o"
                            | "--output-file"
                            | "-a"
                            | "--append-output"
                            | "--version"
                    )
                }) || command.args().iter().any(|w| shown(w).starts_with("-n") && shown(w).contains('v'));
            if !quiet && !fetch.urls.is_empty() {
                out.fail(view.at(command.span()), "`wget` writes its progress into the log of the build");
            }
        }
    }
}
