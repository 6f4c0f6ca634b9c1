//! The obsolete key `version`.

use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// Compose reads every file by the newest specification and warns about `version`. Only `docker stack
    /// deploy` still asks for it.
    ///
    /// ## How to fix
    /// Remove the line, unless the file is for `docker stack deploy`.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// version: "3.8"
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// name: shop
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-version-obsolete",
        title: "Compose file has the obsolete key version",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Style,
        severity: Severity::Info,
        severity_reason: "the key is ignored; Compose only prints a warning",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:CI-3"],
        remediation: "Remove `version`: Compose reads every file by the newest specification.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let version = service.project().top("version");
    // Once a file, at its first service.
    if service.index() == 0 && version.exists() {
        out.fail(version, "`version` is obsolete and ignored")
            .key("version")
            .fix(Plan::safe("remove `version`").remove(version.node()));
    }
}
