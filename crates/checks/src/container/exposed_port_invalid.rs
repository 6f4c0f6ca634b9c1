//! EXPOSE with something that is no port.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Expanded, Instruction, Keyword};

check::docs! {
    /// Ports are numbers up to 65535. `EXPOSE` does not publish anything, so that a mapping such as
    /// `8080:80` makes no sense either.
    ///
    /// ## How to fix
    /// Write `EXPOSE 8080` or `EXPOSE 8080/udp`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 70000
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 8080:80
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG PORT=80000
    /// EXPOSE $PORT
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 80/http
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 9000-8000
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// EXPOSE 80 8080/tcp 53/udp 8000-8010
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV PORT=80
    /// EXPOSE ${PORT}/tcp
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "exposed-port-invalid",
        title: "EXPOSE with something that is no port",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails, or nothing can connect to the port",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use a number from 1 to 65535, optionally with `/tcp`, `/udp` or `/sctp`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3011", "trivy:DS-0008"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        if instruction.keyword != Keyword::Expose {
            return;
        }
        let args = &instruction.args;
        let mut at = 0;
        for word in args.text().split_whitespace() {
            let start = args.text().get(at..).and_then(|t| t.find(word)).map_or(at, |i| at + i);
            at = start + word.len();
            let span = args.span_of(start, at);
            match scope.expand(word) {
                Expanded::Known(text) => {
                    for port in text.split_whitespace().filter(|p| !is_port(p)) {
                        out.fail(view.at(span), format!("`{port}` is not a port"));
                    }
                }
                Expanded::Unknown(why) => out.unknown(view.at(span), why),
            }
        }
    });
}
fn is_port(text: &str) -> bool {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| !text.starts_with('+'));
    matches!(protocol.to_ascii_lowercase().as_str(), "tcp" | "udp" | "sctp")
        && number(first).zip(number(last)).is_some_and(|(a, b)| a <= b && b > 0)
}
