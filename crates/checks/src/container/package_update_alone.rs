//! Package lists are updated in a layer of their own.

use crate::support::dockerfile::{View, packages, packages::Call, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// The layer of a `RUN apt-get update` is cached. When only the packages of the next `RUN` change, they
    /// are installed from the old lists: outdated versions, or none at all.
    ///
    /// ## How to fix
    /// Join the two commands with `&&`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update
    /// RUN apt-get install -y curl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk update
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN yum makecache
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y curl
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache curl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && ./install.sh
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "package-update-alone",
        title: "Package lists are updated in a layer of their own",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Medium,
        severity_reason: "later builds install outdated packages, without the fixes of today, from a cached list",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["cis-docker:4.7"],
        remediation: "Put update and install into one `RUN`: `apt-get update && apt-get install -y ...`.",
        since: "0.1.0",
        aliases: &["trivy:DS-0017", "checkov:CKV_DOCKER_5"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        let calls: Vec<Call<'_>> = step.commands.iter().filter_map(packages::call).collect();
        let refreshes = |call: &Call<'_>| match call.manager {
            Manager::Apt | Manager::Apk => call.verb == "update",
            Manager::Yum | Manager::Dnf => {
                call.verb == "makecache"
                    || (matches!(call.verb.as_str(), "update" | "check-update") && call.operands.is_empty())
            }
            Manager::Zypper => matches!(call.verb.as_str(), "refresh" | "ref"),
            _ => false,
        };
        let idle = |name: &str| {
            matches!(
                name,
                "apt-get"
                    | "apt"
                    | "apk"
                    | "yum"
                    | "dnf"
                    | "microdnf"
                    | "zypper"
                    | "aptitude"
                    | "set"
                    | "rm"
                    | "echo"
                    | "true"
                    | "export"
            )
        };
        let others = step.commands.iter().any(|c| !c.name().is_some_and(|n| idle(&n)));
        let uses = calls.iter().any(|c| !refreshes(c) && !matches!(c.verb.as_str(), "clean" | "autoclean"));
        if let (false, false, Some(call)) = (others, uses, calls.iter().find(|c| refreshes(c))) {
            out.fail(
                view.at(call.span),
                format!(
                    "`{} {}` stands alone, so that its cached result is used for later installs",
                    call.program, call.verb
                ),
            );
        }
    }
}
