//! MAINTAINER is deprecated.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// Docker has deprecated `MAINTAINER` in favour of labels.
    ///
    /// ## How to fix
    /// Write `LABEL org.opencontainers.image.authors="name"`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// MAINTAINER me@example.com
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL org.opencontainers.image.authors="me@example.com"
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "maintainer-deprecated",
        title: "MAINTAINER is deprecated",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "it will go, and tools do not read it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Write `LABEL org.opencontainers.image.authors=\"...\"`.",
        since: "0.1.0",
        aliases: &["hadolint:DL4000", "trivy:DS-0022", "checkov:CKV_DOCKER_6"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Maintainer) {
        let draft = out.fail(view.head(instruction), "MAINTAINER is deprecated");
        if let Body::Maintainer(name) = &instruction.body {
            let name = name.text().trim().trim_matches('"').replace('\\', "").replace(['"', '$'], "");
            let label = format!("LABEL org.opencontainers.image.authors=\"{name}\"");
            draft.fix(Plan::safe("write it as a label").replace(instruction.span, label));
        }
    }
}
