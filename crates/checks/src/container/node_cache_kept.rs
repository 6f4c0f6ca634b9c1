//! Cache of npm or yarn stays in the image.

use crate::support::dockerfile::{View, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// npm and yarn keep every package they download in a cache in the home folder, which becomes part of
    /// the image.
    ///
    /// ## How to fix
    /// Append `&& npm cache clean --force` (`yarn cache clean`), or write `RUN
    /// --mount=type=cache,target=/root/.npm npm ci`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm ci
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN yarn install --frozen-lockfile
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm ci && npm cache clean --force
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN --mount=type=cache,target=/root/.npm npm ci
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN yarn install && yarn cache clean
    /// ```
    /// ```dockerfile
    /// FROM node:22 AS build
    /// RUN npm ci
    /// FROM nginx:1.28
    /// COPY --from=build /dist /dist
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "node-cache-kept",
        title: "Cache of npm or yarn stays in the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "megabytes that nobody uses",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "End the same `RUN` with `npm cache clean --force` or `yarn cache clean`, or use a cache mount.",
        since: "0.1.0",
        aliases: &["hadolint:DL3060"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    for step in view.runs() {
        if shipped.get(step.stage.index) != Some(&true)
            || step.has_mount("cache", &[".npm", "yarn", ".cache", "pnpm"])
        {
            continue;
        }
        let cleaned = |tool: Manager| {
            step.commands.iter().any(|c| {
                let clean = packages::call(c).is_some_and(|c| c.manager == tool && c.verb == "cache");
                clean
                    || c.is("rm")
                        && c.args().iter().any(|w| {
                            [".npm", "yarn", ".cache", "node_cache"].iter().any(|n| shown(w).contains(n))
                        })
            })
        };
        for call in step.commands.iter().filter_map(packages::call) {
            let node = call.program == "npm" || call.manager == Manager::Yarn;
            if node
                && call.installs()
                && !call.has(&["--version", "-v", "--help"])
                && call.option(&["--cache", "--cache-folder"]).is_none()
                && !cleaned(call.manager)
            {
                out.fail(view.at(call.span), format!("what `{}` downloads stays in the image", call.program));
                break;
            }
        }
    }
}
