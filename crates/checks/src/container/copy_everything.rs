//! Whole build context is copied unfiltered.

use crate::support::dockerfile::{View, files};
use check::{Check, Companion, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// `COPY . .` takes everything that lies in the folder of the build: the `.git` folder with the whole
    /// history, `.env` files, keys, and what the developer left there. A `.dockerignore` file keeps it out.
    ///
    /// ## How to fix
    /// List what must stay out, at least `.git` and `.env*`, in `.dockerignore`; or turn it round with `*`
    /// and `!src`.
    ///
    /// ## Fails
    /// ```dockerfile dockerignore=absent
    /// FROM node:22
    /// COPY . .
    /// ```
    /// ```dockerfile dockerignore=node_modules,*.log
    /// FROM node:22
    /// COPY ./ /app/
    /// ```
    /// ```dockerfile dockerignore=absent
    /// FROM node:22
    /// ADD . /app
    /// ```
    /// ```dockerfile dockerignore=.git
    /// FROM node:22
    /// COPY * /app/
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile dockerignore=.git,.env*
    /// FROM node:22
    /// COPY . .
    /// ```
    /// ```dockerfile dockerignore=*,!src
    /// FROM node:22
    /// COPY . .
    /// ```
    /// ```dockerfile dockerignore=absent
    /// FROM node:22
    /// COPY src/ ./src/
    /// ```
    /// ```dockerfile dockerignore=absent
    /// FROM node:22 AS build
    /// FROM nginx:1.28
    /// COPY --from=build . .
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "copy-everything",
        title: "Whole build context is copied unfiltered",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "the Git history and local settings with secrets end up in the image, where there are any",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "practices:IMG-3", "cis-docker:4.10"],
        remediation: "Add a `.dockerignore` that leaves out `.git`, `.env*` and keys, or copy only what is needed.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let ignore = cx.inventory.file_of(&file.source).map_or(&Companion::Unknown, |f| &f.dockerignore);
    let last = view.final_line();
    let mut unknown = false;
    for (stage, _, instruction) in view.instructions() {
        let instruction = instruction.inner();
        let (Body::Copy(transfer) | Body::Add(transfer)) = &instruction.body else { continue };
        let whole = transfer.sources.iter().find(|s| {
            let path = s.text().trim_end_matches('/');
            matches!(path, "." | "" | "*" | "./*" | "./." | "/" | "/*" | "**")
        });
        let Some(whole) = whole.filter(|_| instruction.flag("from").is_none()) else { continue };
        if instruction.flag("exclude").is_some() {
            continue;
        }
        let kept = last.contains(&stage.index);
        let message = match ignore {
            Companion::Unknown => {
                if !unknown {
                    unknown = true;
                    let why =
                        Why::new(WhyCode::MissingInput, "whether there is a `.dockerignore` is not known");
                    out.unknown(view.at(whole.span()), why);
                }
                continue;
            }
            Companion::Absent => {
                "the whole build context is copied, and there is no `.dockerignore`".to_owned()
            }
            Companion::Present(text) => {
                let open: Vec<&str> = [".git", ".env"]
                    .into_iter()
                    .filter(|path| !files::is_ignored(text.text(), path))
                    .collect();
                // What a build stage copies is thrown away with it.
                if open.is_empty() || !kept {
                    continue;
                }
                let names: Vec<String> = open.iter().map(|o| format!("`{o}`")).collect();
                format!(
                    "the whole build context is copied, and `.dockerignore` does not leave out {}",
                    names.join(" and ")
                )
            }
        };
        let draft = out.fail(view.at(whole.span()), message);
        if !kept || matches!(ignore, Companion::Present(_)) {
            draft.severity(Severity::Low);
        }
    }
}
