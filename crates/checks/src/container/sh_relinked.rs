//! /bin/sh is replaced by hand.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Linking `/bin/sh` to another shell changes it for every script of the image, only to run the
    /// commands of the build in that shell.
    ///
    /// ## How to fix
    /// Use the `SHELL` instruction.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ln -sf /bin/bash /bin/sh
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// SHELL ["/bin/bash", "-c"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ln -s /bin/sh /usr/local/bin/x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "sh-relinked",
        title: "/bin/sh is replaced by hand",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "scripts of the distribution may rely on its own shell",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `SHELL [\"/bin/bash\", \"-c\"]`.",
        since: "0.1.0",
        aliases: &["hadolint:DL4005"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for command in step.commands.iter().filter(|c| c.is("ln")) {
            if command.args().last().is_some_and(|w| w.is("/bin/sh") || w.is("/usr/bin/sh")) {
                out.fail(view.at(command.span()), "`/bin/sh` is replaced for the whole image");
            }
        }
    }
}
