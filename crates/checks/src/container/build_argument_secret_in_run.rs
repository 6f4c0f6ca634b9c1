//! Build argument with a secret is used in RUN.

use crate::support::dockerfile::{View, parameters};
use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// A `RUN` that uses a build argument records its value in the image's history. For a token or password
    /// that means that everyone who can pull the image has it.
    ///
    /// ## How to fix
    /// Drop the `ARG`, write `RUN --mount=type=secret,id=token,env=TOKEN ...`, and build with `--secret
    /// id=token,env=TOKEN`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM node:22
    /// ARG NPM_TOKEN
    /// RUN echo "//registry.npmjs.org/:_authToken=${NPM_TOKEN}" > .npmrc && npm ci
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG GIT_PASSWORD
    /// RUN git clone https://ci:${GIT_PASSWORD}@example.com/x.git
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM node:22
    /// ARG VERSION
    /// RUN npm install -g app@${VERSION}
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG TOKEN_URL=https://example.com
    /// RUN curl -fsS "$TOKEN_URL" -o x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "build-argument-secret-in-run",
        title: "Build argument with a secret is used in RUN",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the value stands in the history of every image that is built this way, but only who gives the argument exposes one",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "cis-docker:4.10", "nsa-cisa:network/secrets"],
        remediation: "Give the secret with `RUN --mount=type=secret,id=NAME,env=NAME` instead of a build argument.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for step in view.runs() {
        let arguments = |name: &str| {
            step.stage.instructions.iter().take(step.place).find_map(|i| match &i.body {
                Body::Arg(defs) => {
                    defs.iter().find(|d| d.name.text() == name).map(syntax::dockerfile::ArgDef::span)
                }
                _ => None,
            })
        };
        let mut seen: Vec<String> = Vec::new();
        for command in &step.commands {
            for (name, span) in parameters(command) {
                if seen.contains(&name)
                    || name.contains("GPG")
                    || secrets::sense(&name) == secrets::Sense::Harmless
                {
                    continue;
                }
                if let Some(declared) = arguments(&name) {
                    let message = format!(
                        "the build argument `{name}` is used in RUN, so that its value stands in the history"
                    );
                    out.fail(view.at(span), message)
                        .related(view.at(declared), "declared here")
                        .key(name.clone());
                    seen.push(name);
                }
            }
        }
    }
}
