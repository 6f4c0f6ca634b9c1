//! Base image is no longer maintained.

use crate::support::dockerfile::{View, bases};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::ImageRef;
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// The release of the distribution or language that the base is made of gets no security fixes any
    /// more. The tables hold what was out of free support at the end of 2025.
    ///
    /// ## How to fix
    /// Move to a supported release and test the program on it.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:buster-slim
    /// ```
    /// ```dockerfile
    /// FROM python:3.8
    /// ```
    /// ```dockerfile
    /// FROM centos:7
    /// ```
    /// ```dockerfile
    /// ARG NODE=14
    /// FROM node:${NODE}-alpine AS build
    /// FROM nginx:1.28
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25-alpine3.15
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ```
    /// ```dockerfile
    /// FROM python:3.13-slim
    /// ```
    /// ```dockerfile
    /// FROM ghcr.io/acme/python:2.7
    /// ```
    /// ```dockerfile
    /// FROM node:lts-alpine
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "base-image-end-of-life",
        title: "Base image is no longer maintained",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "flaws that become known are not fixed any more, so that known exploits keep working",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.2", "cis-docker:4.4", "nsa-cisa:upgrade/versions"],
        remediation: "Move to a maintained release, named in the message.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for stage in &file.stages {
        if let Some((text, span)) = view.image_of(stage)
            && let Ok(image) = ImageRef::parse(text)
            && let Some((what, instead)) = bases::end_of_life(&image)
        {
            let name = image.familiar_name();
            let shown = image.tag.as_ref().map_or(name.clone(), |tag| format!("{name}:{tag}"));
            let message =
                format!("`{shown}` is built on a release without security fixes ({what}); use {instead}");
            out.fail(view.at(span), message);
        }
    }
}
