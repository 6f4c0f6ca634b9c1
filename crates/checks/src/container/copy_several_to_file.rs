//! Several sources are copied to something that is no folder.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// With more than one source the target of `COPY` and `ADD` must be a folder, which is said by a `/` at
    /// its end.
    ///
    /// ## How to fix
    /// Write `COPY a b /app/`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY a b /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD ["a", "b", "/app"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// COPY a b /app/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// WORKDIR /app
    /// COPY a b .
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY a /app
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-several-to-file",
        title: "Several sources are copied to something that is no folder",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails, and nothing is made",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "End the target with `/`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3021", "trivy:DS-0011"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        let (Body::Copy(transfer) | Body::Add(transfer)) = &instruction.inner().body else { continue };
        let target = transfer.target.text().trim_matches(['"', '\'']);
        let folder =
            target.ends_with(['/', '\\', '}']) || matches!(target, "." | "..") || target.ends_with("/.");
        let open = target.rsplit('/').next().is_some_and(|last| last.contains('$'));
        if transfer.sources.len() > 1 && !folder && !open {
            let draft = out.fail(
                view.at(transfer.target.span()),
                format!("several sources are copied to `{target}`, which does not end with `/`"),
            );
            let at = transfer.target.span().end;
            if !transfer.exec_form {
                draft.fix(Plan::safe("end the target with `/`").replace(Span::new(at, at), "/"));
            }
        }
    }
}
