//! Container becomes root when it starts.

use crate::support::dockerfile::{View, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Keyword};

check::docs! {
    /// `sudo`, `su -` or `gosu root` in `CMD` or `ENTRYPOINT` make the program root, even where the image
    /// has another user, and need setuid programs or capabilities that could be dropped otherwise.
    ///
    /// ## How to fix
    /// Name the program itself in `ENTRYPOINT`; do what needs root while the image is built.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// USER app
    /// ENTRYPOINT ["sudo", "-E", "/app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENTRYPOINT ["gosu", "root", "/app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD su - -c /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD exec su-exec 0:0 /app
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENTRYPOINT ["gosu", "app", "/app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD su app -c /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["sudo", "-u", "app", "/app"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "root-on-start",
        title: "Container becomes root when it starts",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a flaw in the program gives root in the container, whatever `USER` says",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "cis-docker:4.1", "nsa-cisa:pod-security/non-root"],
        remediation: "Start the program directly, as the user of the image.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.starts() {
        if step.instruction.keyword == Keyword::Healthcheck {
            continue;
        }
        for command in &step.commands {
            let words = &command.simple.words;
            let word = |at: usize| words.get(at).map(shown);
            let by = command.wrappers().iter().find(|w| match w.name.as_str() {
                "gosu" | "su-exec" | "setuidgid" => {
                    word(w.at + 1).is_some_and(|user| matches!(user.split(':').next(), Some("root" | "0")))
                }
                "sudo" | "doas" => {
                    let options: Vec<String> = words
                        .iter()
                        .skip(w.at + 1)
                        .take_while(|w| shown(w).starts_with('-'))
                        .map(shown)
                        .collect();
                    !options.iter().any(|o| o.starts_with("-u") || o.starts_with("--user"))
                }
                _ => false,
            });
            let su = command.is("su") && {
                let user = command.args().iter().map(shown).find(|w| !w.starts_with('-') && w != "-c");
                let scripted = command.args().first().is_some_and(|w| w.is("-c"));
                scripted
                    || user.is_none_or(|u| u == "root")
                    || command.args().iter().any(|w| w.is("-"))
                        && command.args().get(1).is_some_and(|w| w.is("-c"))
            };
            if let Some(name) = by.map(|w| w.name.as_str()).or(su.then_some("su")) {
                out.fail(
                    view.at(command.span()),
                    format!("`{name}` makes the program root when the container starts"),
                );
            }
        }
    }
}
