//! CMD or ENTRYPOINT in shell form.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Form, Keyword};

check::docs! {
    /// In shell form the command is run by `/bin/sh -c`. The shell is process 1 and does not pass signals
    /// on: the program is not told to stop, loses what it was doing, and stopping takes ten or thirty
    /// seconds. A shell also has to be in the image.
    ///
    /// ## How to fix
    /// Write `CMD ["program", "argument"]`; where variables must be filled in, write `CMD ["sh", "-c",
    /// "exec program $ARG"]`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// CMD app --flag
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENTRYPOINT /start.sh
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENTRYPOINT ["/start.sh"]
    /// CMD ["--flag"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD exec app --port $PORT
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD []
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "shell-form-command",
        title: "CMD or ENTRYPOINT in shell form",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the program does not get the signal to stop, and is killed after the grace period",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write the command as a JSON array: `CMD [\"app\", \"--flag\"]`.",
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
        if !matches!(instruction.keyword, Keyword::Cmd | Keyword::Entrypoint) {
            continue;
        }
        let Some(Form::Shell { script, broken_json: false }) = instruction.command().map(|c| &c.form) else {
            continue;
        };
        let text = script.text().trim();
        if text.starts_with("exec ") || text.is_empty() {
            continue;
        }
        let draft = out.fail(
            view.head(instruction),
            format!("{} in shell form keeps signals from the program", instruction.keyword),
        );
        let plain = |c: char| c.is_ascii_alphanumeric() || " ./:_-=,@+%".contains(c);
        if text.chars().all(plain) && !text.split(' ').next().is_some_and(|w| w.contains('=')) {
            let words: Vec<String> = text.split_whitespace().map(|w| format!("\"{w}\"")).collect();
            draft.fix(
                Plan::risky("write it as a JSON array")
                    .replace(script.span(), format!("[{}]", words.join(", "))),
            );
        }
    }
}
