//! WORKDIR is relative.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Expanded, Instruction, is_absolute};

check::docs! {
    /// A relative `WORKDIR` continues the one before it. If that is changed, or the base image changes its
    /// own, everything after it works somewhere else.
    ///
    /// ## How to fix
    /// Write `WORKDIR /app/src` instead of `WORKDIR src`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR /app
    /// WORKDIR src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG DIR=app
    /// WORKDIR $DIR
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV HOME_DIR=/app
    /// WORKDIR ${HOME_DIR}/src
    /// ```
    /// ```dockerfile
    /// FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
    /// WORKDIR C:\\app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR "/app"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "workdir-relative",
        title: "WORKDIR is relative",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "where it leads depends on what the base image and earlier lines set",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write the whole path, beginning with `/`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3000", "trivy:DS-0009", "checkov:CKV_DOCKER_10"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        let Body::Workdir(path) = &instruction.body else { return };
        match scope.expand(path.text()) {
            Expanded::Known(text) if !is_absolute(&text) => {
                out.fail(
                    view.at(path.span()),
                    format!("`WORKDIR {text}` is relative to whatever was set before"),
                );
            }
            Expanded::Known(_) => {}
            Expanded::Unknown(why) => {
                let text = path.text().trim_matches(['"', '\'']);
                if !is_absolute(text) && !text.starts_with(['$', '%']) {
                    out.fail(
                        view.at(path.span()),
                        format!("`WORKDIR {text}` is relative to whatever was set before"),
                    );
                } else if text.starts_with(['$', '%']) {
                    out.unknown(view.at(path.span()), why);
                }
            }
        }
    });
}
