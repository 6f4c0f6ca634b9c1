//! npm package without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `npm install -g app` takes what the registry has that day: two builds of the same commit differ, and
    /// a hijacked package reaches the image at once.
    ///
    /// ## How to fix
    /// Write `npm install -g app@1.4.2`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install -g typescript
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install @acme/app
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm i -g typescript@5 express@latest
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN yarn global add typescript
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install git+https://github.com/acme/x.git
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm ci && npm install
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install -g typescript@5.6.2 @acme/app@1.2.3
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install ./local && npm install x.tgz
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm install git+https://github.com/acme/x.git#v1.2
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "npm-package-unpinned",
        title: "npm package without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `package@version`, or install from the lock file with `npm ci`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3016"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(matches!(call.manager, Manager::Npm | Manager::Yarn)
                && matches!(call.verb.as_str(), "install" | "i" | "add" | "global"))
            {
                continue;
            }
            for (name, span) in call.packages() {
                if call.verb == "global" && name == "add" {
                    continue;
                }
                let git = name.starts_with("git") && name.contains("://") || name.starts_with("git@");
                let tail = name.get(1..).unwrap_or("");
                let version = tail.split_once('@').map_or("", |(_, v)| v);
                let pinned =
                    if git { name.contains('#') } else { !matches!(version, "" | "latest" | "next" | "*") };
                let local = name.starts_with(['.', '/', '?'])
                    || packages::Call::is_archive(&name)
                    || name.starts_with("file:");
                if pinned || local || (!git && name.contains("://")) {
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
