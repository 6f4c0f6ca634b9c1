//! HEALTHCHECK is missing.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Without a `HEALTHCHECK` Docker and Swarm only see whether the process is there. Kubernetes ignores
    /// the instruction and uses probes instead.
    ///
    /// ## How to fix
    /// Write `HEALTHCHECK CMD ["app", "health"]`; `HEALTHCHECK NONE` says that there is none on purpose.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// HEALTHCHECK CMD true
    /// FROM debian:12
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// HEALTHCHECK CMD ["app", "health"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS base
    /// HEALTHCHECK CMD ["app", "health"]
    /// FROM base
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// HEALTHCHECK NONE
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "healthcheck-missing",
        title: "HEALTHCHECK is missing",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "a program that hangs counts as running; in Kubernetes probes do this work",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["cis-docker:4.6"],
        remediation: "Add a `HEALTHCHECK` with a cheap command that fails if the program does not answer.",
        since: "0.1.0",
        aliases: &["hadolint:DL3057", "trivy:DS-0026", "checkov:CKV_DOCKER_2"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    if let (Some(stage), Some(state)) = (file.stages.last(), view.eval.last())
        && state.healthcheck.is_none()
    {
        out.fail(view.head(&stage.from), "the final stage has no HEALTHCHECK");
    }
}
