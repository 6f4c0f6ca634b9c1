//! Package installation waits for an answer.

use crate::support::dockerfile::{View, packages, packages::Call, packages::Manager, shown};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt-get`, `yum`, `dnf` and `zypper` ask before they install. In a build nobody answers, so that the
    /// step fails.
    ///
    /// ## How to fix
    /// Add `-y`, for zypper `--non-interactive` before the verb or `-y` behind it.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install curl
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install nginx-1.26 && yum install httpd
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper install nginx
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get install -y curl && apt-get -qq install git && apt-get install --assume-yes vim && apt-get -yq install x && apt-get install -q=2 y
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf -y install nginx && yum install --assumeyes httpd && microdnf install -y tar
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper --non-interactive install nginx && zypper -n in x && zypper install -y z
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN yes | apt-get install curl
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "package-install-prompts",
        title: "Package installation waits for an answer",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "the build fails or hangs, since nobody is there to answer",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Add `-y` (`zypper --non-interactive`).",
        since: "0.1.0",
        aliases: &[
            "hadolint:DL3014",
            "hadolint:DL3030",
            "hadolint:DL3034",
            "hadolint:DL3038",
            "trivy:DS-0021",
        ],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for command in &step.commands {
            let Some(call) = packages::call(command) else { continue };
            let asks = call.installs()
                && matches!(call.manager, Manager::Apt | Manager::Yum | Manager::Dnf | Manager::Zypper)
                && !call.is_quiet()
                && command.upstream.is_empty()
                && !call.has(&["--download-only", "-d", "--dry-run", "-s", "--simulate", "--print-uris"]);
            // Options may hide in a variable.
            if !asks || call.operands.iter().any(|w| shown(w).starts_with('?') && is_first(&call, w)) {
                continue;
            }
            let at = call.verb_span;
            let draft = out.fail(
                view.at(call.span),
                format!("`{} {}` asks before it installs", call.program, call.verb),
            );
            if step.is_shell_form() {
                draft.fix(Plan::safe("add `-y`").replace(Span::new(at.end, at.end), " -y"));
            }
        }
    }
}
/// True for the first operand: `apt-get install $OPTIONS package`.
fn is_first(call: &Call<'_>, word: &syntax::shell::Word) -> bool {
    call.operands.len() > 1 && call.operands.first().is_some_and(|w| w.span == word.span)
}
