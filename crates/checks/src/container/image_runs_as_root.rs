//! Image runs as root.

use crate::support::dockerfile::{View, bases, known};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::fmt::Write as _;
use syntax::ImageRef;
use syntax::dockerfile::{Base, Dockerfile};
use syntax::shell::Invocation;

check::docs! {
    /// Without a `USER` in the final stage, or in the stages it is built on, a container runs as root
    /// unless the base image says otherwise. Root inside a container is root for the kernel: every flaw of
    /// the runtime or of the kernel is worth more to an intruder, who can also change every file of the
    /// image.
    ///
    /// ## How to fix
    /// Add `RUN useradd --uid 10001 app` (or `adduser -D -u 10001 app` on Alpine) and `USER 10001` to the
    /// final stage, or use a base that runs as another user, such as `gcr.io/distroless/static:nonroot`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["app"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// USER app
    /// RUN make
    /// USER root
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// USER 0:0
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG RUN_AS=root
    /// USER $RUN_AS
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25 AS build
    /// USER 1000
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS base
    /// USER root
    /// FROM base
    /// CMD ["app"]
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// USER 10001:10001
    /// ```
    /// ```dockerfile
    /// FROM debian:12 AS base
    /// USER app
    /// FROM base
    /// CMD ["app"]
    /// ```
    /// ```dockerfile
    /// FROM gcr.io/distroless/static:nonroot
    /// COPY app /app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// USER root
    /// RUN apt-get update
    /// USER app
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "image-runs-as-root",
        title: "Image runs as root",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "a flaw in the program gives root in the container, which is most of the way out of it",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2", "cis-docker:4.1", "nsa-cisa:pod-security/non-root"],
        remediation: "Create a user in the last stage and switch to it with `USER` after everything that needs root, best by its number (`USER 10001`).",
        since: "0.1.0",
        aliases: &["hadolint:DL3002", "trivy:DS-0002", "checkov:CKV_DOCKER_3", "checkov:CKV_DOCKER_8"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let (Some(stage), Some(end)) = (file.stages.last(), view.eval.last()) else { return };
    let Some(user) = &end.user else {
        let base = view.eval.root_base(stage.index);
        let mut message = "the image runs as root: the final stage has no `USER`".to_owned();
        let mut confidence = Confidence::High;
        match base {
            Some(Base::Image(text)) => match ImageRef::parse(text) {
                Ok(image) if bases::is_nonroot(&image) => return,
                Ok(image) => {
                    let _ = write!(message, ", and `{}` is not known to set one", image.familiar_name());
                    confidence = Confidence::Medium;
                }
                Err(_) => confidence = Confidence::Low,
            },
            Some(Base::Unknown(_)) => confidence = Confidence::Low,
            _ => {}
        }
        if drops_root(&view) {
            return;
        }
        let made = view.runs().into_iter().filter(|s| s.stage.index == stage.index).find_map(|s| {
            s.commands.iter().find(|c| c.is("useradd") || c.is("adduser")).map(Invocation::span)
        });
        let draft = out.fail(view.head(&stage.from), message);
        draft.confidence(confidence);
        if let Some(span) = made {
            draft.related(view.at(span), "a user is created here but never used");
        }
        return;
    };
    let Some(value) = known(out, view.at(user.span), &user.value) else { return };
    let name = value.split(':').next().unwrap_or("");
    let is_root = name.is_empty()
        || name.eq_ignore_ascii_case("root")
        || name.parse::<u64>() == Ok(0)
        || name.eq_ignore_ascii_case("ContainerAdministrator");
    if is_root && !drops_root(&view) {
        out.fail(view.at(user.span), format!("the image runs as root: the last `USER` is `{value}`"));
    }
}
/// True if what the container starts gives root up at once.
fn drops_root(view: &View<'_>) -> bool {
    let Some(last) = view.eval.last() else { return false };
    let starts = view.starts();
    let current = starts.iter().find(|s| last.entrypoint.or(last.cmd) == Some((s.stage.index, s.place)));
    current.and_then(|s| s.commands.first()).is_some_and(|command| {
        command.wrappers().iter().any(|w| {
            matches!(w.name.as_str(), "gosu" | "su-exec" | "setuidgid")
                && command
                    .simple
                    .words
                    .get(w.at + 1)
                    .and_then(syntax::shell::Word::literal)
                    .is_some_and(|user| !matches!(user.split(':').next(), Some("root" | "0" | "") | None))
        })
    })
}
