//! SSH into containers.

use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// An SSH server in a container is a second way in, with keys or passwords of its own, that bypasses
    /// the host's accounts and logs. What it is used for can be done with `docker compose exec`.
    ///
    /// ## How to fix
    /// Remove the port and the SSH server.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: ["2222:22"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports:
    ///       - target: 22
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     ports: ["22:8080", "2222:2222"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   gitea:
    ///     image: gitea/gitea:1.22
    ///     ports: ["2222:22"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-port-ssh",
        title: "Compose service publishes SSH",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "a login that nobody logs and whose keys live in an image, but it still asks for \
                      credentials",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:NET-6", "practices:IMG-10"],
        remediation: "Use `docker compose exec` instead of an SSH server in the container.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Programs whose SSH port serves something else than a shell.
const SERVERS: [&str; 7] = ["gitea", "gitlab", "gogs", "forgejo", "sftp", "bitbucket", "soft-serve"];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let image = service.get("image").text().unwrap_or("").to_ascii_lowercase();
    if SERVERS.iter().any(|name| image.contains(name)) {
        return;
    }
    for port in service.ports() {
        if port.target.clone().known().is_some_and(|ports| ports.contains(22)) {
            out.fail(port.field, format!("{} publishes its SSH port", service.label()))
                .fix(Plan::risky("remove the port").remove(port.field.node()));
        }
    }
}
