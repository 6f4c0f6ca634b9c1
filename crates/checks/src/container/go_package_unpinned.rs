//! Go program without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `go install module@latest`, and `go get` of a module, take the newest version of that day, so that
    /// two builds of the same commit differ.
    ///
    /// ## How to fix
    /// Write the version, or a full commit, behind the `@`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go install example.com/tool@latest
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go get example.com/tool
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go install example.com/tool@main
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go run example.com/tool@latest gen
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go install example.com/tool@v1.2.3
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// RUN go install ./cmd/app && go get ./... && go build -o /app .
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// ARG V
    /// RUN go install example.com/tool@${V}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "go-package-unpinned",
        title: "Go program without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `go install module/path@v1.4.2`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3062"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Go && matches!(call.verb.as_str(), "install" | "get" | "run")) {
                continue;
            }
            for (name, span) in call.packages() {
                let (module, version) = name.split_once('@').unwrap_or((&name, ""));
                let remote =
                    module.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.'));
                let floating = matches!(version, "latest" | "upgrade" | "patch" | "main" | "master" | "HEAD");
                // `go install` and `go run` without a version take that of `go.mod`.
                if !remote
                    || module.rsplit('.').next() == Some("go")
                    || !(floating || (version.is_empty() && call.verb == "get"))
                {
                    continue;
                }
                out.fail(
                    view.at(span),
                    format!("`go {}` takes `{name}` in whatever version there is", call.verb),
                );
            }
        }
    }
}
