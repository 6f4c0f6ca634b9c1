//! APT package without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt-get install` without versions takes what the mirror has that day, so that two builds of the
    /// same commit differ.
    ///
    /// ## How to fix
    /// Pin the packages that matter (`nginx=1.26.*`), or pin all at once with `snapshot.debian.org` as the
    /// source.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y nginx
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt install -y --no-install-recommends nginx=1.26.* curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ["apt-get", "install", "-y", "nginx"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y nginx=1.26.3-1 "curl=8.*"
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y ./local.deb && apt-get remove -y curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG V
    /// RUN apt-get install -y nginx=${V} -t bookworm-backports
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apt-package-unpinned",
        title: "APT package without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `package=version`; `apt-cache policy package` shows the versions there are.",
        since: "0.1.0",
        aliases: &["hadolint:DL3008"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Apt && call.verb == "install") {
                continue;
            }
            for (name, span) in call.packages() {
                if name.contains(['=', '/', '?'])
                    || name.ends_with(['-', '+']) && name != "g++"
                    || packages::Call::is_file(&name)
                {
                    continue;
                }
                out.fail(
                    view.at(span),
                    format!("`{}` installs `{name}` in whatever version there is", call.program),
                );
            }
        }
    }
}
