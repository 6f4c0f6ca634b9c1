//! Relative target without a WORKDIR.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Base, Body, Dockerfile, Keyword, is_absolute};

check::docs! {
    /// A relative target starts from the working directory. If the Dockerfile sets none, that is whatever
    /// the base image has, and may change with it.
    ///
    /// ## How to fix
    /// Put `WORKDIR /app` before the first `COPY`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app ./
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR /app
    /// COPY app ./
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS base
    /// WORKDIR /app
    /// FROM base
    /// COPY app .
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app /app
    /// ```
    /// ```dockerfile
    /// FROM scratch
    /// COPY app $TARGET
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-relative-without-workdir",
        title: "Relative target without a WORKDIR",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "where the files land depends on the base image",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Set `WORKDIR` before, or write the whole path of the target.",
        since: "0.1.0",
        aliases: &["hadolint:DL3045"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (index, state) in view.eval.stages.iter().enumerate() {
        let Some(stage) = file.stages.get(index) else { continue };
        let inherited = state.workdir.as_ref().is_some_and(|w| w.stage != index);
        let own = stage.of(Keyword::Workdir).next().map(|i| i.span.start);
        for instruction in &stage.instructions {
            let (Body::Copy(transfer) | Body::Add(transfer)) = &instruction.body else { continue };
            let target = transfer.target.text().trim_matches(['"', '\'']);
            let relative = !is_absolute(target) && !target.starts_with(['$', '%']);
            let set = inherited
                || own.is_some_and(|start| start < instruction.span.start)
                || from_parent(&view, index);
            if relative && !set {
                out.fail(
                    view.at(transfer.target.span()),
                    format!("`{target}` is relative, and no WORKDIR is set"),
                );
                break;
            }
        }
    }
}
/// True if a stage this one is built on sets the working directory.
fn from_parent(view: &View<'_>, stage: usize) -> bool {
    match view.eval.stages.get(stage).map(|s| &s.base) {
        Some(Base::Stage(parent)) => view.eval.stages.get(*parent).is_some_and(|p| p.workdir.is_some()),
        _ => false,
    }
}
