//! Kernel settings that open services.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `sysctls` change the kernel's settings for the container. Those outside of the namespaces
    /// (`kernel.*` but for IPC, `vm.*`, `fs.*`) hold for the host; forwarding, redirects and source routing
    /// make the container a router for forged packets.
    ///
    /// ## How to fix
    /// Remove the setting.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     sysctls: ["net.ipv4.conf.all.accept_redirects=1"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     sysctls:
    ///       kernel.core_pattern: "|/bin/sh"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     sysctls: {vm.overcommit_memory: 1}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     sysctls:
    ///       net.core.somaxconn: 1024
    ///       net.ipv4.tcp_syncookies: 1
    ///       kernel.shmmax: 68719476736
    ///       net.ipv4.ip_unprivileged_port_start: 0
    /// ```
    ///
    /// ```compose
    /// services:
    ///   vpn:
    ///     image: example.com/vpn:1.0
    ///     sysctls: ["net.ipv4.conf.all.src_valid_mark=1", "net.ipv4.conf.all.accept_redirects=0"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-sysctl-dangerous",
        title: "Compose service sets an unsafe kernel parameter",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "most of these hold for the network of the service only; those of the kernel as a \
                      whole are refused by the engine",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3"],
        remediation: "Remove the setting, or set it on the host where somebody answers for it.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Settings that the kernel keeps for each container.
const OWN: [&str; 9] = [
    "kernel.msg",
    "kernel.sem",
    "kernel.shm",
    "kernel.auto_msgmni",
    "kernel.msgmax",
    "kernel.domainname",
    "kernel.hostname",
    "fs.mqueue.",
    "net.",
];

/// Ends of settings of the network that are unsafe if they are switched on.
const ROUTING: [&str; 4] =
    [".accept_redirects", ".accept_source_route", ".send_redirects", ".route_localnet"];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for (name, field) in service.get("sysctls").entries() {
        let name = name.trim();
        let message = if !OWN.iter().any(|own| name.starts_with(own)) {
            format!("`{name}` of {} is a setting of the whole host", service.label())
        } else if ROUTING.iter().any(|end| name.ends_with(end))
            && out.met(field.str(), |v| v.trim() != "0").is_some()
        {
            format!("`{name}` of {} lets forged packets through", service.label())
        } else {
            continue;
        };
        out.fail(field, message).key(format!("sysctls/{name}"));
    }
}
