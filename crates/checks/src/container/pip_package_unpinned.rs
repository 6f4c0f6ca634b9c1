//! Python package without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `pip install` without versions takes what the index has that day: two builds of the same commit
    /// differ, and a stolen package name reaches the image at once.
    ///
    /// ## How to fix
    /// Write `pip install app==1.4.2`, or better `pip install --require-hashes -r requirements.txt`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install flask
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN python3 -m pip install --no-cache-dir flask==3.0 requests
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip3 install --upgrade pip
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install git+https://github.com/acme/x.git
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install flask==3.0.3 "requests>=2,<3" "uvicorn[standard]==0.30"
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install -r requirements.txt && pip install . && pip install ./dist/app.whl
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install git+https://github.com/acme/x.git@v1.2 -c constraints.txt
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install flask --constraint=constraints.txt
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "pip-package-unpinned",
        title: "Python package without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `package==version`, or install from a requirements or lock file with versions and hashes.",
        since: "0.1.0",
        aliases: &["hadolint:DL3013"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Pip
                && call.verb == "install"
                && call.option(&["-c", "--constraint", "--constraints", "--require-hashes"]).is_none())
            {
                continue;
            }
            for (name, span) in call.packages() {
                let git = name.contains("git+");
                let pinned = if git {
                    name.split("://")
                        .nth(1)
                        .and_then(|rest| rest.split_once('/'))
                        .is_some_and(|(_, path)| path.contains('@'))
                } else {
                    name.contains("==") || name.contains(['<', '>', '~', '@', '!', '?'])
                };
                let local =
                    name == "." || name.starts_with(['.', '/']) || !git && packages::Call::is_file(&name);
                if pinned || local || name.starts_with(".[") {
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
