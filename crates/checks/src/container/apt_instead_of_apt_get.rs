//! apt is used in a script.

use crate::support::dockerfile::{View, packages};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt` is made for people at a terminal. Its interface is not kept stable, and it says so itself;
    /// scripts use `apt-get` and `apt-cache`.
    ///
    /// ## How to fix
    /// Write `apt-get` in place of `apt`, and `apt-cache` for `search`, `show` and `policy`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt update && apt install -y curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN ["apt", "install", "-y", "curl"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl && apt-mark hold curl
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "apt-instead-of-apt-get",
        title: "apt is used in a script",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "its output and options may change, which breaks builds",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `apt-get` or `apt-cache`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3027", "checkov:CKV_DOCKER_9"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if call.program != "apt" {
                continue;
            }
            let instead = match call.verb.as_str() {
                "search" | "show" | "policy" | "list" => "apt-cache",
                _ => "apt-get",
            };
            let draft = out.fail(
                view.at(call.program_span),
                format!("`apt {}` is meant for people at a terminal", call.verb),
            );
            draft.key(format!("apt {}", call.verb));
            if file.source.slice(call.program_span) == "apt" {
                draft.fix(Plan::safe(format!("use `{instead}`")).replace(call.program_span, instead));
            }
        }
    }
}
