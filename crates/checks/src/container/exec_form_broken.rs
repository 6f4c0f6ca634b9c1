//! Exec form is not valid JSON.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Form, Keyword};

check::docs! {
    /// What begins with `[` but is not JSON, for example for its single quotes, is run by the shell as it
    /// stands: it looks for a program named `[app,`.
    ///
    /// ## How to fix
    /// Use double quotes and escape backslashes: `CMD ["app", "C:\\\\path"]`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ['app', '--flag']
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENTRYPOINT ["app", "--flag"
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ["make", ]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN [ -f /x ] && make
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "exec-form-broken",
        title: "Exec form is not valid JSON",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "Docker takes the text for a shell command, which then does not exist",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write a JSON array: double quotes around every word, commas between them.",
        since: "0.1.0",
        aliases: &["hadolint:DL3025"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        let instruction = instruction.inner();
        let Some(Form::Shell { script, broken_json: true }) = instruction.command().map(|c| &c.form) else {
            continue;
        };
        let inner = script.text().trim_start().trim_start_matches('[').trim_start();
        // `[ -f x ]` is a test of the shell.
        if instruction.keyword == Keyword::Run && !inner.starts_with(['"', '\'']) {
            continue;
        }
        out.fail(
            view.head(instruction),
            format!(
                "the array of {} is not valid JSON, so that a shell runs it as text",
                instruction.keyword
            ),
        );
    }
}
