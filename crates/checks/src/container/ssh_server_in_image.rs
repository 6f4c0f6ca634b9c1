//! Image offers SSH.

use crate::support::dockerfile::{View, packages};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Expanded, Instruction};

check::docs! {
    /// An SSH server in a container is one more service to patch, with keys or passwords that are part of
    /// the image. What people do over it (look at logs, debug) the platform does better and with its own
    /// access control.
    ///
    /// ## How to fix
    /// Remove `openssh-server`, `sshd` and `EXPOSE 22`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 22
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 80 22/tcp
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG PORT=22
    /// EXPOSE $PORT
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y openssh-server
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["/usr/sbin/sshd", "-D"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 20-25
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 80 2222 220/udp
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y openssh-client
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 22/udp
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "ssh-server-in-image",
        title: "Image offers SSH",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a second way in, with its own keys and flaws, that nobody watches; it still asks for a login",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.3"],
        remediation: "Remove the SSH server and port 22; use `docker exec`, `kubectl exec` or an ephemeral debug container.",
        since: "0.1.0",
        aliases: &["trivy:DS-0004", "checkov:CKV_DOCKER_1"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        let Body::Expose(ports) = &instruction.body else { return };
        for port in ports {
            let text = match scope.expand(port.text.text()) {
                Expanded::Known(text) => text,
                Expanded::Unknown(why) => {
                    out.unknown(view.at(port.text.span()), why);
                    continue;
                }
            };
            if text.split_whitespace().any(has_22) {
                out.fail(view.at(port.text.span()), format!("`EXPOSE {text}` offers SSH"));
            }
        }
    });
    let shipped = view.shipped();
    for step in view.all_commands() {
        for command in &step.commands {
            if command.is("sshd") || command.is("dropbear") {
                out.fail(view.at(command.span()), "an SSH server is started");
            }
            if shipped.get(step.stage.index) == Some(&true)
                && let Some(call) = packages::call(command)
                && call.installs()
                && let Some((name, span)) = call.packages().iter().find(|(p, _)| {
                    matches!(
                        p.split(['=', '<', '>', '~']).next(),
                        Some("openssh-server" | "dropbear" | "openssh" | "ssh")
                    )
                })
            {
                out.fail(view.at(*span), format!("the package `{name}` is or brings an SSH server"));
            }
        }
    }
}
fn has_22(text: &str) -> bool {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let number = |text: &str| text.parse::<u32>().ok();
    protocol.eq_ignore_ascii_case("tcp")
        && number(first).zip(number(last)).is_some_and(|(a, b)| a <= 22 && 22 <= b)
}
