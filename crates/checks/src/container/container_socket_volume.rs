//! Volume at the socket of the container runtime.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile, Keyword};

check::docs! {
    /// A `VOLUME` at `/var/run/docker.sock` (or that of containerd or CRI-O) says that the image is meant
    /// to be run with the runtime's socket mounted. Who talks to the socket can start a privileged
    /// container, and is root on the machine.
    ///
    /// ## How to fix
    /// Remove the instruction; use rootless builders such as BuildKit or Buildah inside containers.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM docker:28
    /// VOLUME /var/run/docker.sock
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// VOLUME ["/data", "/run/containerd/containerd.sock"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// VOLUME /data
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// VOLUME ["/var/lib/app"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "container-socket-volume",
        title: "Volume at the socket of the container runtime",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever reaches the socket is root on the machine",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:IMG-1"],
        remediation: "Remove the `VOLUME`, and build or inspect images without the runtime's socket.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Volume) {
        let Body::Volume(paths) = &instruction.body else { continue };
        for path in paths {
            let text = path.text().trim_end_matches('/');
            let name = text.rsplit('/').next().unwrap_or(text);
            let socket = matches!(
                name,
                "docker.sock" | "containerd.sock" | "crio.sock" | "podman.sock" | "dockershim.sock"
            );
            if socket || matches!(text, "/" | "/proc" | "/sys" | "/dev" | "/var/run" | "/run" | "/etc") {
                let what =
                    if socket { "the socket of the container runtime" } else { "a folder of the system" };
                let draft = out.fail(view.at(path.span()), format!("`{text}` is {what}"));
                if !socket {
                    draft.severity(Severity::Low);
                }
            }
        }
    }
}
