//! sudo is used.

use crate::support::dockerfile::{View, packages};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// In a build `sudo` does nothing that `USER root` would not do more plainly. In the image it is a
    /// setuid program that an intruder in the container can use to become root, above all if the password
    /// is not asked for.
    ///
    /// ## How to fix
    /// Put what needs root before the `USER` instruction and remove `sudo` from commands and from the
    /// installed packages.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN sudo apt-get update
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y sudo
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN cd /x && sudo -u app make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["sudo", "app"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y gosu
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo "no sudo here"
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get purge -y sudo
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// RUN apt-get update && apt-get install -y sudo
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "sudo-used",
        title: "sudo is used",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it is either needless, in a build that is root anyway, or leaves a way to root in the image",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "practices:IMG-6", "cis-docker:4.3"],
        remediation: "Drop `sudo`: run what needs root before `USER`, and use `gosu` or `setpriv` where a start script has to give up root.",
        since: "0.1.0",
        aliases: &["hadolint:DL3004", "trivy:DS-0010", "checkov:CKV2_DOCKER_1"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    let shipped = view.shipped();
    for step in view.all_commands() {
        for command in &step.commands {
            if command.is("sudo") || command.has_wrapper("sudo") {
                out.fail(view.at(command.span()), "`sudo` is used");
            }
            if shipped.get(step.stage.index) == Some(&true)
                && let Some(call) = packages::call(command)
                && call.installs()
                && let Some((_, span)) =
                    call.packages().iter().find(|(p, _)| p.split(['=', '<', '>', '~']).next() == Some("sudo"))
            {
                out.fail(view.at(*span), "`sudo` is installed");
            }
        }
    }
}
