//! Rust program without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `cargo install` without a version takes the newest of that day, and without `--locked` the newest of
    /// all its dependencies, so that two builds of the same commit differ.
    ///
    /// ## How to fix
    /// Write the version behind an `@`, or `--version`, and add `--locked`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM rust:1.90
    /// RUN cargo install ripgrep
    /// ```
    /// ```dockerfile
    /// FROM rust:1.90
    /// RUN cargo install --git https://github.com/acme/x
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM rust:1.90
    /// RUN cargo install --locked ripgrep@14.1.1
    /// ```
    /// ```dockerfile
    /// FROM rust:1.90
    /// RUN cargo install --version 14.1.1 ripgrep && cargo install --path . && cargo build --release
    /// ```
    /// ```dockerfile
    /// FROM rust:1.90
    /// RUN cargo install --git https://github.com/acme/x --tag v1 x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "cargo-package-unpinned",
        title: "Rust program without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `cargo install --locked app@1.4.2`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Cargo
                && call.verb == "install"
                && call.option(&["--version", "--vers", "--path", "--tag", "--rev"]).is_none())
            {
                continue;
            }
            if let Some(git) = call.option(&["--git"]) {
                out.fail(view.at(git.span), "`cargo` installs whatever the repository's main branch holds");
                continue;
            }
            for (name, span) in call.packages() {
                if name.contains(['@', '?']) {
                    continue;
                }
                out.fail(view.at(span), format!("`cargo` installs `{name}` in whatever version there is"));
            }
        }
    }
}
