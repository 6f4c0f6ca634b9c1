//! Files that everyone may write.

use crate::support::dockerfile::{View, files, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// With mode 777 or `a+w` every user of the container, also the least trusted, can replace programs and
    /// settings that others run or read.
    ///
    /// ## How to fix
    /// Use `chmod 755` for programs and folders and `chmod 644` for files, and `chown` for what the program
    /// has to write. Folders such as `/tmp` keep their sticky bit (`chmod 1777`).
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 777 /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod -R a+w /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN mkdir -p /x && chmod -R 0777 /x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --chmod=777 app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod o+w /etc/passwd
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN install -m 0666 x /etc/x && mkdir -m 777 /y
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 1777 /tmp
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod -R 755 /app && chmod +x /x && chmod o-w /y
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY --chmod=0755 app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN chmod 775 /x && chmod g+w /y
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "world-writable-files",
        title: "Files that everyone may write",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "any program in the container can replace them, but an intruder has to get in first",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "practices:IMG-10"],
        remediation: "Give the files to the user that needs them: `chown app FILE`, `COPY --chown=app`, and a mode such as 755 or 644.",
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
            if let Some((granted, mode, files)) = files::chmod(command)
                && granted.world_write
                && !granted.sticky
            {
                let names: Vec<String> = files.iter().take(3).map(|w| format!("`{}`", shown(w))).collect();
                let of = if names.is_empty() { "files".to_owned() } else { names.join(", ") };
                out.fail(view.at(command.span()), format!("mode `{}` lets everyone write {of}", shown(mode)));
            }
        }
    }
    for (_, _, instruction) in view.instructions() {
        if let Some(mode) = instruction.inner().flag_value("chmod")
            && files::mode(mode.text()).is_some_and(|g| g.world_write && !g.sticky)
        {
            let message = format!("mode `{}` lets everyone write what is copied", mode.text());
            out.fail(view.at(mode.span()), message);
        }
    }
}
