//! Package index of apk stays in the image.

use crate::support::dockerfile::{View, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Without `--no-cache` apk keeps its index in `/var/cache/apk`, in a layer of the image.
    ///
    /// ## How to fix
    /// Add `--no-cache` and drop `apk update`, or use a cache mount.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add curl=8.9.1-r1
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk update && apk add curl
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache curl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN --mount=type=cache,target=/var/cache/apk apk add curl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add curl && rm -rf /var/cache/apk/*
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apk-cache-kept",
        title: "Package index of apk stays in the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "some megabytes that nobody uses",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `apk add --no-cache`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3019", "trivy:DS-0025"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        let removed = step.commands.iter().any(|c| {
            c.is("rm")
                && c.args()
                    .iter()
                    .any(|w| shown(w).starts_with("/var/cache/apk") || shown(w).starts_with("/var/cache/*"))
        });
        if removed
            || step.is_mounted(&["cache", "tmpfs"], "/var/cache/apk")
            || step.is_mounted(&["cache"], "/etc/apk/cache")
        {
            continue;
        }
        for call in step.commands.iter().filter_map(packages::call) {
            if call.manager == Manager::Apk && call.installs() && !call.has(&["--no-cache"]) {
                let at = call.verb_span;
                let draft = out.fail(view.at(call.span), "`apk add` keeps its package index in the image");
                if step.is_shell_form() {
                    draft.fix(
                        Plan::safe("add `--no-cache`").replace(Span::new(at.end, at.end), " --no-cache"),
                    );
                }
            }
        }
    }
}
