//! Platform of the base is fixed.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A fixed `--platform` gives the same processor architecture whatever is asked for at build time.
    /// `$TARGETPLATFORM` is the default and can be left out.
    ///
    /// ## How to fix
    /// Remove the flag, and give `--platform` to the build command.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM --platform=linux/amd64 debian:12
    /// ```
    /// ```dockerfile
    /// FROM --platform=$TARGETPLATFORM debian:12
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM --platform=$BUILDPLATFORM golang:1.25 AS build
    /// FROM debian:12
    /// ```
    /// ```dockerfile
    /// ARG P=linux/amd64
    /// FROM --platform=$P debian:12
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-platform-fixed",
        title: "Platform of the base is fixed",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "on other processors the image runs slowly by emulation, or not at all",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove `--platform`, or use `$BUILDPLATFORM` for stages that cross-compile.",
        since: "0.1.0",
        aliases: &["hadolint:DL3029"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        let Some(flag) = stage.from.flag("platform") else { continue };
        let value = flag.value.as_ref().map_or("", |v| v.text());
        let message = match value {
            "$TARGETPLATFORM" | "${TARGETPLATFORM}" => {
                "`--platform=$TARGETPLATFORM` is the default".to_owned()
            }
            _ if value.contains('$') || value.is_empty() => continue,
            _ => format!("the stage is built for `{value}` only"),
        };
        out.fail(view.at(flag.span), message);
    }
}
