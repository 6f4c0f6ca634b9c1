//! Secret file is removed in a later layer.

use crate::support::dockerfile::{View, files, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};
use syntax::shell::Invocation;

check::docs! {
    /// Every instruction makes a layer. A key or login that one instruction adds and a later one removes is
    /// invisible in the container, and still there for everyone who unpacks the image.
    ///
    /// ## How to fix
    /// Mount the file for the single command that needs it: `RUN
    /// --mount=type=secret,id=key,target=/root/.ssh/id_rsa git clone ...`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY id_rsa /root/.ssh/id_rsa
    /// RUN git clone x && rm /root/.ssh/id_rsa
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN echo "$X" > /root/.npmrc
    /// RUN npm ci && rm -f /root/.npmrc
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM node:22
    /// RUN echo "$X" > /root/.npmrc && npm ci && rm -f /root/.npmrc
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app.tgz /tmp/
    /// RUN rm /tmp/app.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN rm -rf /root/.npmrc
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-removed-too-late",
        title: "Secret file is removed in a later layer",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can pull the image can take the file out of the layer below",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "cis-docker:4.10"],
        remediation: "Use `RUN --mount=type=secret`, so that the file is never part of a layer; change the secret if the image was pushed.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    let line = view.final_line();
    let steps = view.runs();
    for step in steps.iter().filter(|s| line.contains(&s.stage.index)) {
        for command in step.commands.iter().filter(|c| c.is("rm") || c.is("shred") || c.is("unlink")) {
            for word in command.args().iter().filter(|w| !shown(w).starts_with('-')) {
                let path = shown(word);
                let name = path.rsplit('/').next().unwrap_or("").to_owned();
                let Some(what) = files::secret_file(&path).filter(|w| *w != "the Git history") else {
                    continue;
                };
                // Where did it come from? A layer before this one, of the same line of stages.
                let earlier = |stage: usize, place: usize| {
                    stage < step.stage.index || (stage == step.stage.index && place < step.place)
                };
                let copied = view.instructions().find_map(|(stage, place, instruction)| {
                    let (Body::Copy(t) | Body::Add(t)) = &instruction.body else { return None };
                    let hit = t.target.text().ends_with(&name)
                        || t.sources.iter().any(|s| s.text().rsplit('/').next() == Some(&name));
                    (hit && line.contains(&stage.index) && earlier(stage.index, place))
                        .then_some(instruction.span)
                });
                let written = || {
                    steps
                        .iter()
                        .filter(|s| line.contains(&s.stage.index) && earlier(s.stage.index, s.place))
                        .find_map(|s| {
                            s.commands
                                .iter()
                                .flat_map(Invocation::redirects)
                                .find(|r| r.operator.writes() && shown(&r.target).ends_with(&name))
                                .map(|r| r.span)
                        })
                };
                if let Some(span) = copied.or_else(written) {
                    out.fail(
                        view.at(word.span),
                        format!("`{path}` ({what}) is removed here, but stays in the layer that added it"),
                    )
                    .related(view.at(span), "added here");
                }
            }
        }
    }
}
