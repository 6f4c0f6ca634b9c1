//! References to what is not there.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Field, MountKind, Service};

check::docs! {
    /// A service that depends on, links to, or shares with one that does not exist, or uses a network,
    /// volume, secret or config that is not defined at the top of the file, keeps the whole project from
    /// starting.
    ///
    /// ## How to fix
    /// Define it, or correct the name.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on: [database]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     networks: [front]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["data:/data"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     secrets: [key]
    ///     network_mode: "service:vpn"
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     depends_on:
    ///       db: {condition: service_started}
    ///       cache: {condition: service_started, required: false}
    ///     networks: [default, front]
    ///     volumes: ["data:/data", "./x:/x", "/anonymous"]
    ///     secrets: [{source: key, target: k}]
    ///   db:
    ///     image: postgres:17
    /// networks: {front: {}}
    /// volumes: {data: }
    /// secrets: {key: {file: k.txt}}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     depends_on: [elsewhere]
    ///     volumes: ["data:/data"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-reference-dangling",
        title: "Compose service refers to something that is not defined",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Reliability,
        severity: Severity::High,
        severity_reason: "Compose refuses the whole project",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:CI-3"],
        remediation: "Define what is named, or correct the name.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    // Files that are merged with others may refer to what stands there; old ones have nothing at the top.
    let project = service.project();
    if project.is_partial() || project.is_legacy() {
        return;
    }
    let mut wanted: Vec<(&str, String, Field<'a>)> = Vec::new();
    for (name, field) in service.get("depends_on").entries() {
        if field.get("required").text() != Some("false") {
            wanted.push(("services", name.to_owned(), field));
        }
    }
    for field in service.get("links").items() {
        let name = field.text().and_then(|t| t.split(':').next()).unwrap_or("");
        wanted.push(("services", name.to_owned(), field));
    }
    for key in ["network_mode", "pid", "ipc"] {
        let field = service.get(key);
        if let Some(name) = field.text().and_then(|t| t.strip_prefix("service:")) {
            wanted.push(("services", name.to_owned(), field));
        }
    }
    let networks = service.get("networks").entries().filter(|(name, _)| *name != "default");
    wanted.extend(networks.map(|(name, field)| ("networks", name.to_owned(), field)));
    for section in ["secrets", "configs"] {
        for field in service.get(section).items() {
            let name = field.text().or_else(|| field.get("source").text()).unwrap_or("");
            wanted.push((section, name.to_owned(), field));
        }
    }
    for mount in service.mounts() {
        if mount.kind == MountKind::Volume && !mount.source.is_empty() {
            wanted.push(("volumes", mount.source.clone(), mount.field));
        }
    }
    for (section, name, field) in wanted {
        if name.is_empty() || name.contains(['$', '{']) || field.unresolved().is_some() {
            continue;
        }
        match project.defines(section, &name) {
            Ok(true) => {}
            Ok(false) => {
                let what = section.trim_end_matches('s');
                let message =
                    format!("{} refers to the {what} `{name}`, which is not defined", service.label());
                out.fail(field, message).key(format!("{section}/{name}"));
            }
            Err(why) => out.unknown(field, why.clone()),
        }
    }
}
