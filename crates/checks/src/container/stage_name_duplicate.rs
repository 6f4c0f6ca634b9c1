//! Two stages have the same name.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeMap;
use syntax::dockerfile::{Dockerfile, Stage};

check::docs! {
    /// If two stages share a name, `COPY --from` and `--target` take one of them, and which one is easy to
    /// get wrong.
    ///
    /// ## How to fix
    /// Rename one of the stages.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// FROM debian:12 AS build
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS Build
    /// FROM debian:12 AS build
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// FROM debian:12 AS final
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// FROM debian:12
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "stage-name-duplicate",
        title: "Two stages have the same name",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "whoever refers to the name may get the other stage",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Give every stage a name of its own.",
        since: "0.1.0",
        aliases: &["hadolint:DL3024", "trivy:DS-0012", "checkov:CKV_DOCKER_11"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let mut seen: BTreeMap<&str, &Stage> = BTreeMap::new();
    for stage in &file.stages {
        let (Some(name), Some(alias)) =
            (stage.name.as_deref(), stage.source().and_then(|f| f.alias.as_ref()))
        else {
            continue;
        };
        if let Some(first) = seen.get(name) {
            out.fail(view.at(alias.span()), format!("the stage name `{name}` is used twice"))
                .related(view.head(&first.from), "first used here");
        } else {
            seen.insert(name, stage);
        }
    }
}
