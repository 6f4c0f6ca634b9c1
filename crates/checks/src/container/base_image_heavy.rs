//! Final image is built on a full operating system.

use crate::support::dockerfile::{View, bases};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Full images carry shells, package managers, compilers and libraries by the hundred that the program
    /// never uses. Most findings of image scanners stem from them, and an intruder finds all tools at hand.
    /// Smaller images of the same release exist.
    ///
    /// ## How to fix
    /// Change the last `FROM` to the smaller image, and install the few packages that are missed, or build
    /// in a full stage and copy only the result.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM ubuntu:24.04
    /// CMD ["app"]
    /// ```
    /// ```dockerfile
    /// FROM node:22 AS base
    /// FROM base
    /// CMD ["node", "app.js"]
    /// ```
    /// ```dockerfile
    /// FROM python:3.13-bookworm
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM python:3.13-slim
    /// ```
    /// ```dockerfile
    /// FROM node:22 AS build
    /// FROM gcr.io/distroless/nodejs22
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// ```
    /// ```dockerfile
    /// FROM ghcr.io/acme/ubuntu:24.04
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-image-heavy",
        title: "Final image is built on a full operating system",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "every program in the image is one more that an intruder can use and one more with flaws to patch",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "practices:IMG-6", "cis-docker:4.3"],
        remediation: "Build the final stage on the slim, minimal or distroless image that the message names.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let Some(last) = file.final_stage() else { return };
    if let Some((text, span)) = view.root_image(last.index)
        && let Ok(image) = ImageRef::parse(text)
        && let Some(smaller) = bases::smaller(&image)
    {
        let name = image.familiar_name();
        out.fail(
            view.at(span),
            format!("the final image is built on the full image `{name}`; smaller is {smaller}"),
        );
    }
}
