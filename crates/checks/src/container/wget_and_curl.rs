//! Both wget and curl are used.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use std::collections::BTreeMap;
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// wget and curl do the same work; with both the image has twice the programs to patch.
    ///
    /// ## How to fix
    /// Decide for one, and change the other commands.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget https://example.com/a
    /// RUN curl -o b https://example.com/b
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y wget curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -o a https://example.com/a && curl -o b https://example.com/b
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS one
    /// RUN wget https://example.com/a
    /// FROM debian:12
    /// RUN curl -o b https://example.com/b
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "wget-and-curl",
        title: "Both wget and curl are used",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "one program more than needed",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Decide for one of the two programs.",
        since: "0.1.0",
        aliases: &["hadolint:DL4001", "trivy:DS-0014"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let mut used: BTreeMap<usize, (Option<Span>, Option<Span>)> = BTreeMap::new();
    for step in view.runs() {
        let entry = used.entry(step.stage.index).or_default();
        for command in &step.commands {
            match command.name().as_deref() {
                Some("wget") => entry.0 = entry.0.or(Some(command.span())),
                Some("curl") => entry.1 = entry.1.or(Some(command.span())),
                _ => {}
            }
        }
    }
    for (wget, curl) in used.into_values() {
        if let (Some(wget), Some(curl)) = (wget, curl) {
            let (first, second) = if wget.start < curl.start { (wget, curl) } else { (curl, wget) };
            out.fail(view.at(second), "the stage uses both `wget` and `curl`")
                .related(view.at(first), "the other one");
        }
    }
}
