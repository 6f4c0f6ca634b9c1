//! High user id fills the log of logins.

use crate::support::dockerfile::{View, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `useradd` with a high user id makes a sparse `/var/log/lastlog`, which becomes gigabytes of zeros in
    /// a layer.
    ///
    /// ## How to fix
    /// Write `useradd --no-log-init -u 1000000 app`, or use a lower id.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -u 1234567 app
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -l -u 1234567 app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -u 10001 app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd --no-log-init --uid 1234567 app
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "useradd-high-uid",
        title: "High user id fills the log of logins",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the image can grow by gigabytes",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add `--no-log-init` (`-l`).",
        since: "0.1.0",
        aliases: &["hadolint:DL3046"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for command in step.commands.iter().filter(|c| c.is("useradd")) {
            let words: Vec<String> = command.args().iter().map(shown).collect();
            let at = words.iter().position(|w| {
                w == "--uid" || (w.starts_with('-') && !w.starts_with("--") && w.ends_with('u'))
            });
            let uid = at
                .and_then(|i| words.get(i + 1))
                .map(String::as_str)
                .or_else(|| words.iter().find_map(|w| w.strip_prefix("--uid=")));
            let high = uid.and_then(|u| u.parse::<u64>().ok()).is_some_and(|u| u > 99_999);
            if high && !command.has_option(Some('l'), "no-log-init") {
                out.fail(view.at(command.span()), "the high user id makes a huge `lastlog`");
            }
        }
    }
}
