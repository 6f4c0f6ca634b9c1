//! Mounts that spread to the host.

use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// With the propagation `shared` or `rshared` whatever the container mounts below that path appears on
    /// the host too.
    ///
    /// ## How to fix
    /// Remove the option, or use `rslave` where the container only has to see new mounts of the host.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/mnt:/mnt:rshared"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes:
    ///       - type: bind
    ///         source: /mnt
    ///         target: /mnt
    ///         bind: {propagation: shared}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     volumes: ["/mnt:/mnt:rslave", "/srv:/srv:ro,z"]
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-mount-propagation",
        title: "Compose service can mount file systems on the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "it takes the capability to mount as well, which only privileged services have",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `shared` or `rshared`; mounts then stay inside the container.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for mount in service.mounts() {
        if let Some(option) = mount.options.iter().find(|o| matches!(o.as_str(), "shared" | "rshared")) {
            let message = format!(
                "what {} mounts below `{}` appears on the host (`{option}`)",
                service.label(),
                mount.target
            );
            out.fail(mount.field, message).key(format!("volumes/{}", mount.target));
        }
    }
}
