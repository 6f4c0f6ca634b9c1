//! Alpine package without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apk add` without versions takes what the mirror has that day, so that two builds of the same commit
    /// differ.
    ///
    /// ## How to fix
    /// Write `apk add --no-cache "nginx~=1.26"`; the fuzzy form survives rebuilds of the package.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache nginx
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk --no-cache add nginx=1.26 curl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --virtual .build gcc
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache "nginx~=1.26" curl=8.9.1-r1
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache -t .build "gcc>14" && apk del .build
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --allow-untrusted ./x.apk
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apk-package-unpinned",
        title: "Alpine package without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `package=version` or `package~=1.2`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3018"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Apk && call.verb == "add") {
                continue;
            }
            for (name, span) in call.packages() {
                if name.contains(['=', '<', '>', '~', '?'])
                    || name.starts_with(['.', '!'])
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
