//! Setuid or setgid bit is set.

use crate::support::dockerfile::{View, files, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A program with the setuid bit runs with the rights of its owner, whoever starts it. In an image that
    /// is a way from an unprivileged user back to root.
    ///
    /// ## How to fix
    /// Remove `u+s`, `g+s` or the leading 4, 2 or 6 of the mode.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod u+s /usr/bin/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 4755 /usr/bin/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --chmod=6755 app /usr/bin/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN install -m 4755 app /usr/bin/app
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 0755 /usr/bin/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod u-s /usr/bin/app && chmod 1777 /tmp
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN find / -perm /6000 -type f -exec chmod a-s {} +
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN mkdir /x && chmod 2775 /x && install -d -m 2755 /y && chmod g+s /y
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "setuid-bit-set",
        title: "Setuid or setgid bit is set",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a flaw in such a program gives its owner's rights, root's as a rule, to every user of the container",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "cis-docker:4.8"],
        remediation: "Leave the bit out, and give the program the single capability it needs when the container starts.",
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
        let mut folders: Vec<String> = Vec::new();
        for command in &step.commands {
            if command.is("mkdir") || (command.is("install") && command.has_option(Some('d'), "directory")) {
                folders.extend(command.args().iter().map(shown));
            }
            if let Some((granted, mode, files)) = files::chmod(command)
                && granted.set_id
                && !command.is("mkdir")
                && !(command.is("install") && command.has_option(Some('d'), "directory"))
                && (files.is_empty()
                    || !files.iter().all(|f| folders.contains(&shown(f)) || shown(f).ends_with('/')))
            {
                // On folders the setgid bit only hands the group down.
                let text = shown(mode);
                let recursive = command.has_option(Some('R'), "recursive");
                let group = text.starts_with("g+s")
                    || (text.trim_start_matches('0').len() == 4
                        && text.trim_start_matches('0').starts_with('2'));
                if group && (recursive || !command.is("chmod")) {
                    continue;
                }
                out.fail(view.at(command.span()), format!("mode `{text}` sets the setuid or setgid bit"));
            }
        }
    }
    for (_, _, instruction) in view.instructions() {
        if let Some(mode) = instruction.inner().flag_value("chmod")
            && files::mode(mode.text()).is_some_and(|g| g.set_id)
        {
            out.fail(view.at(mode.span()), format!("mode `{}` sets the setuid or setgid bit", mode.text()));
        }
    }
}
