//! Container is stopped by force.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// `SIGKILL` and `SIGSTOP` can not be caught: the program ends, or hangs, without closing files and
    /// connections.
    ///
    /// ## How to fix
    /// Remove the line, since `SIGTERM` is the default.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// STOPSIGNAL SIGKILL
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// STOPSIGNAL 9
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// STOPSIGNAL SIGQUIT
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "stopsignal-kill",
        title: "Container is stopped by force",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the program can not finish what it is doing, and data may be lost",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `STOPSIGNAL SIGTERM`, or the signal that the program takes for a clean stop.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Stopsignal) {
        if let Body::Stopsignal(signal) = &instruction.body {
            let name = signal.text().to_ascii_uppercase();
            if matches!(name.strip_prefix("SIG").unwrap_or(&name), "KILL" | "STOP" | "9" | "19") {
                out.fail(
                    view.at(signal.span()),
                    format!("`{}` can not be caught by the program", signal.text()),
                );
            }
        }
    }
}
