//! Accounts or sudo rules that give root away.

use crate::support::dockerfile::{View, files, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `NOPASSWD` rules, a second account with user id 0, and a writable `/etc/passwd` each turn any user
    /// of the container into root, so that `USER` protects nothing any more.
    ///
    /// ## How to fix
    /// Remove the line from `sudoers`, give accounts ids of their own, and keep `/etc/passwd` and
    /// `/etc/shadow` with mode 644 and 640.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo "app ALL=(ALL) NOPASSWD:ALL" >> /etc/sudoers
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -o -u 0 admin
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod g+w /etc/passwd
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN usermod -aG sudo app
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN adduser app wheel
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd -u 10001 app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 644 /etc/passwd
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN usermod -aG audio app
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "root-for-everyone",
        title: "Accounts or sudo rules that give root away",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "every user of the container can become root",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "cis-docker:4.1"],
        remediation: "Remove the rule, and do what needs root while the image is built.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.runs() {
        for command in &step.commands {
            let name = command.name().unwrap_or_default();
            let words: Vec<String> = command.args().iter().map(shown).collect();
            let message = match name.as_str() {
                "echo" | "printf" | "sed" | "tee" => words
                    .iter()
                    .any(|w| w.contains("NOPASSWD"))
                    .then_some("a `NOPASSWD` rule lets users become root"),
                "useradd" | "adduser" | "usermod" => {
                    let after = |names: &[&str]| {
                        let at = words.iter().position(|w| names.contains(&w.as_str()))?;
                        words.get(at + 1).map(String::as_str)
                    };
                    let uid = after(&["-u", "--uid", "-ou", "-uo"])
                        .or_else(|| words.iter().find_map(|w| w.strip_prefix("--uid=")));
                    let groups = after(&["-G", "--groups", "-aG", "-g", "--ingroup"]).unwrap_or("");
                    let privileged = |group: &str| matches!(group, "sudo" | "wheel" | "docker");
                    let joins = groups.split(',').any(privileged)
                        || (name == "adduser"
                            && words.len() == 2
                            && words.last().is_some_and(|w| privileged(w)));
                    if uid == Some("0") {
                        Some("a second account gets the user id of root")
                    } else if joins {
                        Some("the account joins a group that may become root")
                    } else {
                        None
                    }
                }
                "chmod" => files::chmod(command).and_then(|(granted, mode, files)| {
                    let text = shown(mode);
                    let group = text.contains("g+w")
                        || text.contains("g=rw")
                        || text.contains("g+rw")
                        || text.contains("g=u")
                        || text.len() >= 3
                            && text
                                .chars()
                                .rev()
                                .nth(1)
                                .and_then(|c| c.to_digit(8))
                                .is_some_and(|d| d & 2 != 0);
                    let account = files.iter().any(|f| {
                        matches!(
                            shown(f).as_str(),
                            "/etc/passwd" | "/etc/shadow" | "/etc/sudoers" | "/etc/group"
                        )
                    });
                    ((granted.world_write || group) && account).then_some("files of accounts become writable")
                }),
                _ => None,
            };
            if let Some(message) = message {
                out.fail(view.at(command.span()), message);
            }
        }
    }
}
