//! USER is a name instead of a number.

use crate::support::dockerfile::{View, known};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// With `runAsNonRoot: true` Kubernetes starts an image only if it can see that its user is not root.
    /// It does not look names up inside the image, so that a name in `USER` fails unless the pod sets
    /// `runAsUser`.
    ///
    /// ## How to fix
    /// Give the user a fixed number when it is created (`useradd --uid 10001 app`), and name that number in
    /// `USER`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// USER app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG RUN_AS=app
    /// USER $RUN_AS:100
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// USER 10001:10001
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// USER root
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// USER app
    /// RUN make
    /// USER 10001
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-user-by-name",
        title: "USER is a name instead of a number",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Info,
        severity_reason: "Kubernetes can not tell from a name that the user is not root, and refuses to start it where that is asked for",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2"],
        remediation: "Write the number of the user: `USER 10001`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3066"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let Some(user) = view.eval.last().and_then(|s| s.user.as_ref()) else { return };
    let Some(value) = known(out, view.at(user.span), &user.value) else { return };
    let name = value.split(':').next().unwrap_or("");
    let windows = name.starts_with("Container") || name.contains('\\');
    if !name.is_empty() && name != "root" && !windows && !name.bytes().all(|b| b.is_ascii_digit()) {
        out.fail(
            view.at(user.span),
            format!("`USER {value}` is a name, which Kubernetes can not tell from root"),
        );
    }
}
