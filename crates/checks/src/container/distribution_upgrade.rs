//! All packages are upgraded in the build.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `apt-get dist-upgrade` and its like replace what the maintainers of the base tested together, and
    /// give another result every day. A newer base image brings the same fixes in a way that can be
    /// repeated.
    ///
    /// ## How to fix
    /// Move to the newest digest of the base image, and drop the upgrade.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get dist-upgrade -y
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get -y upgrade
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk upgrade --no-cache
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf -y update && yum upgrade -y
    /// ```
    /// ```dockerfile
    /// FROM opensuse/leap:15.6
    /// RUN zypper dup -y
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y --only-upgrade openssl
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf -y upgrade openssl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --upgrade openssl
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "distribution-upgrade",
        title: "All packages are upgraded in the build",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "what the image holds depends on the day of the build, and single packages may break",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use a newer base image instead, and rebuild regularly.",
        since: "0.1.0",
        aliases: &[
            "hadolint:DL3005",
            "hadolint:DL3017",
            "hadolint:DL3031",
            "hadolint:DL3035",
            "hadolint:DL3039",
            "trivy:DS-0024",
        ],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            let verb = call.verb.as_str();
            let all = match call.manager {
                Manager::Apt => matches!(verb, "upgrade" | "dist-upgrade" | "full-upgrade" | "safe-upgrade"),
                Manager::Apk => verb == "upgrade" && call.operands.is_empty(),
                Manager::Yum | Manager::Dnf => {
                    matches!(verb, "update" | "upgrade" | "distro-sync" | "update-minimal")
                        && call.operands.is_empty()
                }
                Manager::Zypper => {
                    matches!(verb, "update" | "up" | "dup" | "dist-upgrade" | "patch")
                        && call.operands.is_empty()
                }
                _ => false,
            };
            if all {
                out.fail(view.at(call.span), format!("`{} {verb}` upgrades all packages", call.program));
            }
        }
    }
}
