//! Several CMD in one stage.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Keyword};

check::docs! {
    /// Only the last `CMD` of a stage has an effect. The others are left over, or meant as something else.
    ///
    /// ## How to fix
    /// Remove all but the one that is meant.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["a"]
    /// CMD ["b"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["a"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS one
    /// CMD ["a"]
    /// FROM one
    /// CMD ["b"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "several-cmd",
        title: "Several CMD in one stage",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "only the last counts, so that what the others say is silently lost",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Keep the one `CMD` that is meant, and remove the others.",
        since: "0.1.0",
        aliases: &["hadolint:DL4003", "trivy:DS-0016"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        let mut all = stage.of(Keyword::Cmd).rev();
        let Some(last) = all.next() else { continue };
        for earlier in all {
            out.fail(view.head(earlier), "this CMD has no effect: a later one replaces it")
                .related(view.head(last), "replaced by this one");
        }
    }
}
