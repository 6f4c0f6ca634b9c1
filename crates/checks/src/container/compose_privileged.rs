//! Privileged Compose services.

use crate::support::compose::by_default;
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// A service with `privileged: true` gets every capability, every device of the host and no seccomp,
    /// AppArmor or SELinux confinement. Whoever controls its process controls the host: mounting the host's
    /// disk from inside takes one command.
    ///
    /// ## How to fix
    /// Remove `privileged`, then add back the single capabilities (`cap_add`) or devices the program needs.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     privileged: true
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     privileged: "true"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     privileged: ${PRIVILEGED:-true}
    /// ```
    ///
    /// ```compose
    /// x-base: &base
    ///   privileged: true
    /// services:
    ///   web:
    ///     <<: *base
    ///     image: nginx:1.27
    /// ```
    ///
    /// ```compose
    /// services:
    ///   base:
    ///     image: nginx:1.27
    ///     privileged: yes
    ///   web:
    ///     extends: base
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       privileged: true
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     privileged: false
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    ///
    /// ```compose
    /// services:
    ///   base:
    ///     image: nginx:1.27
    ///   web:
    ///     extends: base
    ///     privileged: ${PRIVILEGED:-false}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-privileged",
        title: "Compose service runs privileged",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Critical,
        severity_reason: "root in a privileged container is root on the host, without any exploit",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:RUN-4"],
        remediation: "Remove `privileged`, and grant only the capabilities or devices that the program \
                      really uses.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let privileged = service.get("privileged");
    if let Some(place) = out.met(privileged.bool(), |on| on) {
        let remark = by_default(privileged);
        out.fail(place, format!("{} runs privileged{remark}", service.label()))
            .fix(Plan::risky("set `privileged` to false").set(place, &[], false));
    }
    let build = service.at(&["build", "privileged"]);
    if build.is_set()
        && let Some(place) = out.met(build.bool(), |on| on)
    {
        out.fail(place, format!("the image of {} is built privileged", service.label()))
            .severity(Severity::High)
            .fix(Plan::risky("set `privileged` to false").set(place, &[], false));
    }
}
