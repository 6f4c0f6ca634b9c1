//! Sockets of container engines in containers.

use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// A container with the socket of Docker, containerd, CRI-O or Podman can start a container that is
    /// privileged and mounts the host. A read-only mount does not help: it protects the file, not what is
    /// said through it. `use_api_socket: true` does the same.
    ///
    /// ## How to fix
    /// Remove the mount. Where the program must see containers, let it talk to a proxy that lets through
    /// only reading calls.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     volumes:
    ///       - /var/run/docker.sock:/var/run/docker.sock
    /// ```
    ///
    /// ```compose
    /// services:
    ///   proxy:
    ///     image: traefik:3.1
    ///     volumes:
    ///       - type: bind
    ///         source: /run/docker.sock
    ///         target: /var/run/docker.sock
    ///         read_only: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     volumes:
    ///       - ${DOCKER_SOCK:-/var/run/docker.sock}:/var/run/docker.sock:ro
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     volumes: ["${SOCKET}:/var/run/docker.sock"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     volumes: ["/run/containerd/containerd.sock:/run/containerd/containerd.sock"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     use_api_socket: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   portainer:
    ///     image: portainer/agent:2.21
    ///     volumes:
    ///       - type: npipe
    ///         source: \\.\pipe\docker_engine
    ///         target: \\.\pipe\docker_engine
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   ci:
    ///     image: example.com/ci:1.0
    ///     volumes: ["./docker.sock.md:/readme", "data:/var/lib/docker-data"]
    /// volumes: {data: {}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     volumes: ["/run/postgresql:/run/postgresql"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-runtime-socket",
        title: "Compose service can control the container engine",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "whoever can talk to the engine can start a privileged container and so control the \
                      host",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove the socket; where the program must see containers, put a filtering proxy in \
                      between that lets through only the calls it needs.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// File names of sockets through which an engine takes orders.
const SOCKETS: [&str; 10] = [
    "docker.sock",
    "containerd.sock",
    "crio.sock",
    "cri-o.sock",
    "podman.sock",
    "dockershim.sock",
    "buildkitd.sock",
    "cri-dockerd.sock",
    "docker-containerd.sock",
    "frakti.sock",
];

fn is_socket(path: &str) -> bool {
    let path = path.trim().trim_end_matches('/');
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    SOCKETS.contains(&name)
        || (path.contains("pipe") && (name == "docker_engine" || name.starts_with("containerd-")))
}

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for mount in service.mounts() {
        // What is mounted at the place of a socket is one, wherever it comes from.
        let unknown_source = mount.source.starts_with("${");
        if is_socket(&mount.source) || (unknown_source && is_socket(&mount.target)) {
            let path = if is_socket(&mount.source) { &mount.source } else { &mount.target };
            let message =
                format!("{} gets `{path}`, through which it controls the container engine", service.label());
            out.fail(mount.field, message)
                .key(format!("volumes/{path}"))
                .fix(Plan::risky("remove the mount").remove(mount.field.node()));
        }
    }
    let api = service.get("use_api_socket");
    if let Some(place) = out.met(api.bool(), |on| on) {
        out.fail(
            place,
            format!("{} gets the socket and the credentials of the container engine", service.label()),
        )
        .fix(Plan::risky("remove `use_api_socket`").remove(place));
    }
}
