//! ONBUILD with an instruction that can not be deferred.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// `ONBUILD` can not hold another `ONBUILD`, `FROM` or `MAINTAINER`.
    ///
    /// ## How to fix
    /// Put the instruction into the Dockerfiles that are built on this image.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ONBUILD ONBUILD RUN make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ONBUILD FROM debian:12
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ONBUILD MAINTAINER me
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ONBUILD RUN make
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "onbuild-trigger-invalid",
        title: "ONBUILD with an instruction that can not be deferred",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails, of this image or of those built on it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the trigger, and write the instruction where it is needed.",
        since: "0.1.0",
        aliases: &["hadolint:DL3043"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        if instruction.keyword != Keyword::Onbuild {
            continue;
        }
        let word = match &instruction.body {
            Body::Onbuild(inner) => inner.keyword,
            _ => Keyword::read(instruction.args.text().split_whitespace().next().unwrap_or("")),
        };
        if matches!(word, Keyword::Onbuild | Keyword::From | Keyword::Maintainer) {
            out.fail(view.head(instruction), format!("ONBUILD can not defer {word}"));
        }
    }
}
