//! Stage has a reserved name.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `scratch` and `context` mean the empty image and the build context; a stage of that name can not be
    /// referred to.
    ///
    /// ## How to fix
    /// Rename the stage.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12 AS scratch
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS context
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "stage-name-reserved",
        title: "Stage has a reserved name",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "references to it mean something else",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give the stage another name.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        if let Some(alias) = stage.source().and_then(|f| f.alias.as_ref())
            && matches!(stage.name.as_deref(), Some("scratch" | "context"))
        {
            out.fail(view.at(alias.span()), format!("`{}` is a reserved name", alias.text()));
        }
    }
}
