//! Devices of the host in containers.

use crate::support::compose::texts;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `devices` hands devices of the host to the container. A disk (`/dev/sda`), the memory (`/dev/mem`)
    /// or all of `/dev` is the host itself; others open a driver to attack. `device_cgroup_rules` with `a`
    /// allows all of them.
    ///
    /// ## How to fix
    /// Remove the entry, or name the single harmless device.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   disk:
    ///     image: example.com/smart:1.0
    ///     devices: ["/dev/sda:/dev/xvda:rwm"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   home:
    ///     image: example.com/home:1.0
    ///     devices:
    ///       - source: /dev/ttyUSB0
    ///         target: /dev/ttyUSB0
    /// ```
    ///
    /// ```compose
    /// services:
    ///   home:
    ///     image: example.com/home:1.0
    ///     device_cgroup_rules: ["a *:* rwm"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   gpu:
    ///     image: example.com/gpu:1.0
    ///     devices: ["/dev/dri:/dev/dri", "/dev/fuse", "vendor.com/gpu=all", "/dev/net/tun"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     device_cgroup_rules: ["c 13:* r"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-device-exposed",
        title: "Compose service gets a device of the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "what a device gives away depends on it; disks and memory are rated higher",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3"],
        remediation: "Remove the device, or pass only the single one that the program drives.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

/// Beginnings of devices that are the host's disks and memory.
const STORES: [&str; 14] =
    ["sd", "hd", "vd", "xvd", "nvme", "mmcblk", "dm-", "mapper", "md", "disk", "loop", "mem", "kmem", "port"];

/// Beginnings of devices that are made to be shared with programs that nobody trusts.
const HARMLESS: [&str; 14] = [
    "null", "zero", "full", "random", "urandom", "tty", "shm", "dri", "nvidia", "fuse", "net/tun", "snd",
    "kfd", "accel",
];

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for field in service.get("devices").items() {
        let source = if field.text().is_some() { field } else { field.get("source") };
        let Some(text) = out.known(source.str()) else { continue };
        let path = text.split(':').next().unwrap_or(text).trim_end_matches('/');
        let Some(name) = path.strip_prefix("/dev").map(|rest| rest.trim_start_matches('/')) else { continue };
        let harmless = HARMLESS.iter().any(|h| match name.strip_prefix(h) {
            // `tty` itself is harmless, a serial line (`ttyUSB0`) is a device.
            Some(rest) => *h != "tty" || rest.is_empty(),
            None => false,
        });
        if harmless {
            continue;
        }
        let all = name.is_empty();
        let store = STORES.iter().any(|s| name.starts_with(s));
        let severity = if all || store { Severity::High } else { Severity::Low };
        let what = if all { "all devices".to_owned() } else { format!("the device `{path}`") };
        out.fail(field, format!("{} gets {what} of the host", service.label()))
            .severity(severity)
            .key(format!("devices/{path}"))
            .fix(Plan::risky("remove the device").remove(field.node()));
    }
    for (rule, field) in texts(service.get("device_cgroup_rules"), out) {
        let mut words = rule.split_whitespace();
        let all = words.next() == Some("a") || words.next() == Some("*:*");
        if all {
            out.fail(field, format!("{} may use every device of the host", service.label()))
                .severity(Severity::High)
                .fix(Plan::risky("remove the rule").remove(field.node()));
        }
    }
}
