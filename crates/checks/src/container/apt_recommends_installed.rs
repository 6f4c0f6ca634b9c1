//! Recommended packages are installed as well.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// apt installs what packages merely recommend, too; often that is more than half of what ends up in
    /// the image.
    ///
    /// ## How to fix
    /// Add `--no-install-recommends`, and name the few recommended packages that are needed. For zypper add
    /// `--no-recommends`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y --no-install-recommends curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get -o APT::Install-Recommends=false install -y curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99x
    /// RUN apt-get update && apt-get install -y curl
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apt-recommends-installed",
        title: "Recommended packages are installed as well",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "more in the image than needed, each with flaws to patch",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.3"],
        remediation: "Add `--no-install-recommends`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3015", "trivy:DS-0029"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    // A line of apt's configuration that an earlier step wrote.
    let configured = file.source.text().to_ascii_lowercase().find("apt::install-recommends");
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if call.manager != Manager::Apt || call.verb != "install" || call.program == "aptitude" {
                continue;
            }
            let off = call.has(&["--no-install-recommends"])
                || call.options.iter().any(|o| {
                    let value = o.value.as_deref().unwrap_or("").to_ascii_lowercase();
                    value.contains("install-recommends")
                });
            if off || configured.is_some_and(|at| at < step.instruction.span.end as usize) {
                continue;
            }
            let at = call.verb_span;
            let draft = out.fail(
                view.at(call.span),
                format!("`{} install` installs recommended packages as well", call.program),
            );
            if step.is_shell_form() {
                let plan = Plan::risky("add `--no-install-recommends`");
                draft.fix(plan.replace(Span::new(at.end, at.end), " --no-install-recommends"));
            }
        }
    }
}
