//! Base image tag is latest or missing.

use crate::support::dockerfile::View;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Why, WhyCode};
use syntax::ImageRef;
use syntax::dockerfile::{Base, Dockerfile};

check::docs! {
    /// `FROM image` and `FROM image:latest` take whatever the registry has at the moment of the build. Two
    /// builds of the same commit differ, a broken or malicious push reaches production at once, and nobody
    /// can say afterwards what was in the image.
    ///
    /// ## How to fix
    /// Write a version into the tag, and let a tool such as Renovate or Dependabot propose newer ones.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian
    /// ```
    /// ```dockerfile
    /// FROM nginx:latest
    /// ```
    /// ```dockerfile
    /// FROM registry.example.com:5000/team/app
    /// ```
    /// ```dockerfile
    /// ARG TAG=latest
    /// FROM node:${TAG}
    /// ```
    /// ```dockerfile
    /// FROM --platform=linux/amd64 node AS build
    /// FROM scratch
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12.11
    /// ```
    /// ```dockerfile
    /// FROM debian@sha256:6ac2c08566499cc2415926653cf2ed7c3aedac445675a013cc09469c9e118fdd
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25 AS build
    /// FROM build
    /// FROM scratch
    /// COPY --from=build /a /a
    /// ```
    /// ```dockerfile
    /// ARG TAG=1.2
    /// FROM node:${TAG}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-image-tag-latest",
        title: "Base image tag is latest or missing",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what is built changes behind the team's back and can not be told from the file, but exchanging it takes access to the registry",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[
            "practices:IMG-1",
            "practices:IMG-9",
            "cis-docker:4.2",
            "nsa-cisa:pod-security/trusted-images",
        ],
        remediation: "Name the version that was tested, best with its digest: `FROM debian:12.11@sha256:...`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3006", "hadolint:DL3007", "trivy:DS-0001", "checkov:CKV_DOCKER_7"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        let Some(from) = stage.source() else { continue };
        let place = view.at(from.image.span());
        let image = match view.eval.stages.get(stage.index).map(|s| &s.base) {
            Some(Base::Image(image)) => image,
            Some(Base::Unknown(why)) => {
                // The tag may be told even where the name is not: `${REGISTRY}/app:latest`, `${IMAGE}:1.2`.
                let text = from.image.text();
                let (name, tag) = text.rsplit_once(':').unwrap_or((text, ""));
                if tag == "latest" && !name.is_empty() {
                    out.fail(place, format!("the base image `{text}` is tagged `latest`"));
                } else if !text.contains("@sha256:") && (tag.contains(['$', '}', '/']) || tag.is_empty()) {
                    out.unknown(place, why.clone());
                }
                continue;
            }
            _ => continue,
        };
        match ImageRef::parse(image) {
            Err(error) => out.unknown(place, Why::new(WhyCode::Malformed, error.message)),
            Ok(image) if image.digest.is_none() && image.effective_tag() == Some("latest") => {
                let how = if image.tag.is_some() {
                    "is tagged `latest`"
                } else {
                    "has no tag, which means `latest`"
                };
                out.fail(place, format!("the base image `{}` {how}", image.familiar_name()));
            }
            Ok(_) => {}
        }
    }
}
