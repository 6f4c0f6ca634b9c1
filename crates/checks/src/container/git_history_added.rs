//! ADD keeps the Git history.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Keyword};

check::docs! {
    /// `ADD --keep-git-dir` puts the `.git` folder of a repository into the image: all earlier states of
    /// all files, with everything that was ever committed by mistake.
    ///
    /// ## How to fix
    /// Remove the flag; give the commit id as a build argument where the program wants to show it.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --keep-git-dir=true https://github.com/acme/x.git#v1 /src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --keep-git-dir https://github.com/acme/x.git#v1 /src
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --keep-git-dir=false https://github.com/acme/x.git#v1 /src
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD https://github.com/acme/x.git#v1 /src
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "git-history-added",
        title: "ADD keeps the Git history",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "the history may hold what was removed from the files, secrets among it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "practices:IMG-1"],
        remediation: "Remove `--keep-git-dir`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Add) {
        if let Some(flag) = instruction.flag("keep-git-dir").filter(|f| f.is_on()) {
            out.fail(view.at(flag.span), "`--keep-git-dir` puts the Git history into the image");
        }
    }
}
