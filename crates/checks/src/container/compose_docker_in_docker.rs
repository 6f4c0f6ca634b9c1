//! Container engines inside containers.

use crate::support::compose::image;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// An engine inside a container (`docker:dind`) runs only with the privileges of the host, and
    /// everything it builds runs with them too.
    ///
    /// ## How to fix
    /// Use a builder that needs no daemon, or `docker:dind-rootless`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind
    ///     privileged: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:dind
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind-rootless
    /// ```
    ///
    /// ```compose
    /// services:
    ///   cli:
    ///     image: docker:27-cli
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-docker-in-docker",
        title: "Compose service runs Docker inside Docker",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it needs privileged mode, which is reported by itself; rootless variants need less",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3"],
        remediation: "Build with a rootless builder (BuildKit, Buildah, Kaniko), or use the rootless \
                      variant of the image.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let Some((field, image)) = image(service, out) else { return };
    let tag = image.tag.as_deref().unwrap_or("");
    let has = |word: &str| tag.split(['-', '.', '_']).any(|part| part == word);
    let named = image.base_name() == "dind" || image.base_name() == "docker-dind";
    if (named || (image.base_name() == "docker" && has("dind"))) && !has("rootless") {
        out.fail(field, format!("{} runs a container engine inside a container", service.label()));
    }
}
