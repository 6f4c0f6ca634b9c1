//! Builds with access to the host.

use crate::support::compose::{is_one_of, texts};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `build.network: host` gives every command of the build the network of the host; the entitlement
    /// `security.insecure` runs them privileged.
    ///
    /// ## How to fix
    /// Remove `network: host` and the entitlements.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       network: host
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       entitlements: [security.insecure]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       network: none
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-build-host-access",
        title: "Compose build has access to the host",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "code of the build and of its dependencies runs with it, on the machine of whoever \
                      builds",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:RUN-3", "practices:CI-6"],
        remediation: "Remove the entitlement or the network mode from `build`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let build = service.get("build");
    if let Some(place) = is_one_of(build.get("network").str(), &["host"], out) {
        out.fail(place, format!("the image of {} is built in the network of the host", service.label()))
            .fix(Plan::risky("remove `network`").remove(place));
    }
    for (text, field) in texts(build.get("entitlements"), out) {
        let severity = match text {
            "security.insecure" => Severity::High,
            "network.host" => Severity::Medium,
            _ => continue,
        };
        out.fail(field, format!("the image of {} is built with the entitlement `{text}`", service.label()))
            .severity(severity)
            .key(format!("entitlements/{text}"));
    }
}
