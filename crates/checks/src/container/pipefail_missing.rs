//! Failure inside a pipe goes unnoticed.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};
use syntax::shell::Script;

check::docs! {
    /// A pipe succeeds if its last command does. A download that breaks off before `| tar x` or `| sh` goes
    /// unnoticed, and the build goes on with half of it.
    ///
    /// ## How to fix
    /// Set `pipefail` in the shell of the stage, or do without the pipe by way of a file.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/x | tar xz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// SHELL ["/bin/bash", "-c"]
    /// RUN wget -qO- https://example.com/x | wc -l > /n
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN cat /etc/missing | tee /copy
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
    /// RUN curl -fsSL https://example.com/x | tar xz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN set -eux -o pipefail; curl -fsSL https://example.com/x | tar xz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN bash -o pipefail -c "curl -fsSL https://example.com/x | tar xz"
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo y | make || true
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS base
    /// SHELL ["/bin/ash", "-o", "pipefail", "-c"]
    /// FROM base
    /// RUN curl x | tar xz
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "pipefail-missing",
        title: "Failure inside a pipe goes unnoticed",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a step that failed half-way makes an image all the same",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Put `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before, or begin the `RUN` with `set -o pipefail;` in bash.",
        since: "0.1.0",
        aliases: &["hadolint:DL4006"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let mut at = None;
    let mut safe = false;
    let sets = |words: &[syntax::Mapped]| words.iter().any(|w| w.text().contains("pipefail"));
    let mut shells: Vec<Vec<bool>> = Vec::new();
    for (stage, _, instruction) in view.instructions() {
        if at != Some(stage.index) {
            at = Some(stage.index);
            safe = file.shell_at(view.eval, stage.index, 0).is_some_and(sets);
            shells.resize(stage.index + 1, Vec::new());
        }
        if let Body::Shell(words) = &instruction.body {
            safe = sets(words);
        }
        if let Some(stage) = shells.get_mut(stage.index) {
            stage.push(safe);
        }
    }
    for step in view.runs() {
        if shells.get(step.stage.index).and_then(|s| s.get(step.place)) == Some(&true) {
            continue;
        }
        let by_option = step.commands.iter().any(|c| {
            c.argv().first().and_then(syntax::shell::Word::literal).is_some_and(|n| n.ends_with("sh"))
                && c.args().iter().any(|w| w.is("pipefail"))
        });
        let risky = step.commands.iter().enumerate().find(|(index, c)| {
            // What `echo` and its like feed into a pipe does not fail; `cat` does where a file is missing.
            let harmless = c.name().is_some_and(|name| match name.as_str() {
                "echo" | "printf" | "yes" | "true" | ":" => true,
                "cat" => c.args().is_empty(),
                _ => false,
            });
            c.position + 1 < c.length
                && !harmless
                && !c.flow.condition
                && !c.flow.or_follows
                && !Script::sets_option(&step.commands, Some(*index), None, "pipefail")
        });
        if let (false, Some((_, command))) = (by_option, risky) {
            let name = command.name().unwrap_or_else(|| "a command".to_owned());
            out.fail(
                view.at(command.span()),
                format!("a failure of `{name}` before the pipe goes unnoticed"),
            );
        }
    }
}
