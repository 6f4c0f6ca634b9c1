//! The engine's API without TLS.

use crate::support::compose::words;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `DOCKER_HOST: tcp://...:2375` speaks to an engine that takes orders from everybody on the network; a
    /// daemon started with `-H tcp://0.0.0.0:2375`, or Docker-in-Docker with an empty `DOCKER_TLS_CERTDIR`,
    /// is such an engine. A proxy that filters calls is not reported where it goes by such a name.
    ///
    /// ## How to fix
    /// Switch TLS on: `DOCKER_HOST: tcp://docker:2376`, `DOCKER_TLS_VERIFY: 1`, and shared certificates.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     environment:
    ///       DOCKER_HOST: tcp://docker:2375
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     environment: ["DOCKER_HOST=tcp://10.0.0.5"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind
    ///     command: ["dockerd", "-H", "tcp://0.0.0.0:2375"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind
    ///     environment:
    ///       DOCKER_TLS_CERTDIR: ""
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     environment:
    ///       DOCKER_HOST: tcp://docker:2376
    ///       DOCKER_TLS_VERIFY: "1"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     environment:
    ///       DOCKER_HOST: ssh://ops@host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   traefik:
    ///     image: traefik:3.1
    ///     environment:
    ///       DOCKER_HOST: tcp://socket-proxy:2375
    /// ```
    ///
    /// ```compose
    /// services:
    ///   dind:
    ///     image: docker:27-dind
    ///     command: ["dockerd", "--tlsverify", "-H", "tcp://0.0.0.0:2376"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-docker-api-plain",
        title: "Compose service uses the Docker API without TLS",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone on the same network controls the engine, and with it its host",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:NET-6"],
        remediation: "Use TLS (port 2376 with DOCKER_TLS_VERIFY), SSH, or a proxy that filters calls.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn is_local(address: &str) -> bool {
    let host = address.split(['/', ':']).next().unwrap_or("");
    matches!(host, "localhost" | "127.0.0.1") || address.starts_with("[::1]")
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let variable = |name: &str| service.at(&["environment", name]);
    let verified = variable("DOCKER_TLS_VERIFY").text().is_some_and(|v| !v.is_empty() && v != "0")
        || variable("DOCKER_TLS").text().is_some_and(|v| !v.is_empty() && v != "0");
    let host = variable("DOCKER_HOST");
    if host.is_set()
        && let Some(text) = out.known(host.str())
        && let Some(address) = text.trim().strip_prefix("tcp://")
        && !verified
        && !is_local(address)
        && !address.contains("proxy")
    {
        out.fail(host, format!("{} speaks to the Docker API at `{text}` without TLS", service.label()))
            .key("environment/DOCKER_HOST");
    }
    let directory = variable("DOCKER_TLS_CERTDIR");
    let is_engine = service.get("image").text().is_some_and(|image| image.contains("dind"));
    if is_engine && directory.text() == Some("") {
        out.fail(directory, format!("{} serves the Docker API without TLS", service.label()))
            .key("environment/DOCKER_TLS_CERTDIR");
    }
    let words: Vec<_> = ["entrypoint", "command"].iter().flat_map(|key| words(service.get(key))).collect();
    let tls = words.iter().any(|(word, _)| *word == "--tlsverify" || *word == "--tlsverify=true");
    let daemon = is_engine || words.iter().any(|(word, _)| word.ends_with("dockerd"));
    let listens = words.iter().find(|(word, _)| {
        let value = word.rsplit('=').next().unwrap_or(word).trim_start_matches("-H");
        value.strip_prefix("tcp://").is_some_and(|address| !is_local(address))
    });
    if let (true, false, Some((word, field))) = (daemon, tls, listens) {
        out.fail(*field, format!("{} serves the Docker API without TLS (`{word}`)", service.label()))
            .key("command");
    }
}
