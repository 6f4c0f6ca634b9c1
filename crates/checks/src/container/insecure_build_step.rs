//! RUN without the build sandbox.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Dockerfile, Keyword};

check::docs! {
    /// `RUN --security=insecure` runs with all capabilities, like a privileged container, and `RUN
    /// --network=host` in the network of the machine that builds, with its local services within reach.
    /// Everything that the build runs, dependencies included, has these rights.
    ///
    /// ## How to fix
    /// Remove the flag; what really needs a device or the host's network should not be part of an image
    /// build.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --security=insecure make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --network=host make
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --network=none --security=sandbox make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN make
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "insecure-build-step",
        title: "RUN without the build sandbox",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a command of the build, or anything it downloads, gets rights over the machine that builds",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "practices:CI-6"],
        remediation: "Remove `--security=insecure` and `--network=host`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.of_keyword(Keyword::Run) {
        for flag in &instruction.flags {
            let value = flag.value.as_ref().map_or("", |v| v.text());
            match (flag.name.as_str(), value) {
                ("security", "insecure") => {
                    out.fail(
                        view.at(flag.span),
                        "the command runs with all capabilities on the machine that builds",
                    );
                }
                ("network", "host") => {
                    out.fail(
                        view.at(flag.span),
                        "the command runs in the network of the machine that builds",
                    )
                    .severity(Severity::Medium);
                }
                _ => {}
            }
        }
    }
}
