//! Package lists of APT stay in the image.

use crate::support::dockerfile::{View, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt-get update` writes lists that are of no use in the finished image. They leave it only if the
    /// same `RUN` removes them.
    ///
    /// ## How to fix
    /// Append `&& rm -rf /var/lib/apt/lists/*` to the `RUN` that updates.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl
    /// RUN rm -rf /var/lib/apt/lists/*
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update && apt-get install -y curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS build
    /// RUN apt-get update && apt-get install -y curl
    /// FROM scratch
    /// COPY --from=build /x /x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apt-lists-kept",
        title: "Package lists of APT stay in the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "some forty megabytes that nobody uses",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "End the same `RUN` with `rm -rf /var/lib/apt/lists/*`, or put the lists on a cache mount.",
        since: "0.1.0",
        aliases: &["hadolint:DL3009"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    for step in view.runs() {
        if shipped.get(step.stage.index) != Some(&true)
            || step.is_mounted(&["cache", "tmpfs"], "/var/lib/apt/lists")
        {
            continue;
        }
        let mut updated = None;
        for command in &step.commands {
            if packages::call(command).is_some_and(|c| c.manager == Manager::Apt && c.verb == "update") {
                updated = updated.or(Some(command.span()));
            }
            let removes = (command.is("rm") || command.is("find"))
                && command.args().iter().any(|w| {
                    let path = shown(w);
                    path.starts_with("/var/lib/apt")
                        || path == "/var/lib/"
                        || path.starts_with("/var/lib/{apt")
                        || path.starts_with("/var/lib/?")
                });
            if removes {
                updated = None;
            }
        }
        if let Some(span) = updated {
            out.fail(view.at(span), "the lists that `apt-get update` writes stay in the image");
        }
    }
}
