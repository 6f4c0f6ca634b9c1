//! Password of an account is set in the build.

use crate::support::dockerfile::{View, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A password that is set while the image is built is the same in every container of it, can be read in
    /// the image's history, and can not be changed without a new image. Empty passwords let everyone in.
    ///
    /// ## How to fix
    /// Remove `chpasswd`, `passwd` and `useradd -p`. Containers need no login; for debugging use `docker
    /// exec`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo "root:hunter2" | chpasswd
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -m -p '$6$abc$def' app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN passwd -d root
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo hunter2 | passwd --stdin root
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN printf 'x\nx\n' | adduser app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN usermod --password secret root
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd --no-create-home app && passwd -l root
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN adduser -D app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -p '!' app && usermod -L root
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "account-password-set",
        title: "Password of an account is set in the build",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who has the image or the repository can log in with it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "cis-docker:4.10"],
        remediation: "Leave accounts without a password (locked), and log in with keys or not at all.",
        since: "0.1.0",
        aliases: &["checkov:CKV2_DOCKER_17"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.all_commands() {
        for command in &step.commands {
            let name = command.name().unwrap_or_default();
            let words: Vec<String> = command.args().iter().map(shown).collect();
            let fed = !command.upstream.is_empty();
            let bad = match name.as_str() {
                "chpasswd" => Some("sets passwords"),
                "passwd" => {
                    let empty = words.iter().any(|w| w == "-d" || w == "--delete");
                    if empty {
                        Some("lets everyone in without a password")
                    } else if fed || words.iter().any(|w| w == "--stdin") {
                        Some("sets a password")
                    } else {
                        None
                    }
                }
                "adduser" if fed => Some("sets a password"),
                "useradd" | "usermod" => {
                    let at = words.iter().position(|w| {
                        w == "--password" || (w.starts_with('-') && !w.starts_with("--") && w.ends_with('p'))
                    });
                    let value = at.and_then(|i| words.get(i + 1)).map(String::as_str);
                    let inline = words.iter().find_map(|w| w.strip_prefix("--password="));
                    match value.or(inline) {
                        Some(value) if !value.starts_with(['!', '*']) => Some("sets a password"),
                        _ => None,
                    }
                }
                _ => None,
            };
            if let Some(what) = bad {
                out.fail(view.at(command.span()), format!("`{name}` {what}"));
            }
        }
    }
}
