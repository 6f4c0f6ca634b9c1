//! Command that makes no sense in a build.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// A build has no terminal, no services and no kernel of its own to manage: what `service`, `kill`,
    /// `mount`, `top` or `ssh` do is gone when the `RUN` ends.
    ///
    /// ## How to fix
    /// Start services in `CMD` or `ENTRYPOINT`; mount files with `RUN --mount`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN service nginx start
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ps aux && free -m
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ssh host true
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN vim /etc/x || top
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y vim
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["service", "nginx", "start"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "useless-command",
        title: "Command that makes no sense in a build",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "it has no effect on the image, or only seems to have one",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the command, or move it to where the container starts.",
        since: "0.1.0",
        aliases: &["hadolint:DL3001"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for command in &step.commands {
            let Some(name) = command.name() else { continue };
            let useless = matches!(
                name.as_str(),
                "ssh"
                    | "vim"
                    | "vi"
                    | "nano"
                    | "shutdown"
                    | "reboot"
                    | "service"
                    | "systemctl"
                    | "ps"
                    | "free"
                    | "top"
                    | "htop"
                    | "kill"
                    | "killall"
                    | "mount"
                    | "umount"
                    | "ifconfig"
            );
            let enables = name == "systemctl"
                && command
                    .args()
                    .iter()
                    .any(|w| ["enable", "disable", "mask", "set-default", "preset"].iter().any(|v| w.is(v)));
            // A server that is started, used and stopped within one RUN.
            let own = matches!(name.as_str(), "kill" | "killall")
                && step.commands.iter().any(|c| c.flow.background);
            if useless && !enables && !own {
                out.fail(view.at(command.span()), format!("`{name}` has no lasting effect in a build"));
            }
        }
    }
}
