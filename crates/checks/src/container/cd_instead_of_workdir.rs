//! Folder is changed with cd.

use crate::support::dockerfile::{View, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A `cd` holds only until the end of its `RUN`. Following instructions start from the working
    /// directory again, which is easy to miss.
    ///
    /// ## How to fix
    /// Put `WORKDIR /folder` before the `RUN`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN cd /app && make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN cd /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN make && cd /app && make install
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR /app
    /// RUN make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN (cd /app && make)
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cd-instead-of-workdir",
        title: "Folder is changed with cd",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "hard to follow, and forgotten at the end of the `RUN`",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `WORKDIR` to change the folder for what follows.",
        since: "0.1.0",
        aliases: &["hadolint:DL3003", "trivy:DS-0013"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        let cd = step.commands.iter().find(|c| {
            let flow = c.flow;
            (c.is("cd") || c.is("pushd"))
                && !(flow.subshell || flow.substitution || flow.function || flow.branch)
                && c.length == 1
        });
        if let Some(command) = cd {
            let path = command.args().first().map(shown).unwrap_or_default();
            out.fail(view.at(command.span()), format!("`cd {path}` holds only until the end of this RUN"));
        }
    }
}
