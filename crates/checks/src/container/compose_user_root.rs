//! Services that run as root.

use crate::support::compose::by_default;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::Service;

check::docs! {
    /// `user: root` or `user: "0"` overrides the user of the image. Whatever is broken in the engine or the
    /// kernel is then met by root.
    ///
    /// ## How to fix
    /// Write the number of an unprivileged user, or remove the line where the image has one.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: root
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: "0:0"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: 0
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: ${UID:-0}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: "10001:10001"
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    ///     user: nobody
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: nginx:1.27
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-user-root",
        title: "Compose service runs as root",
        area: Area::Container,
        topic: "compose",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "root in a container is root on the host as soon as one more wall falls",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-2"],
        remediation: "Name an unprivileged user by number: `user: \"10001:10001\"`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let field = service.get("user");
    let is_root = |user: &str| {
        let name = user.trim().split(':').next().unwrap_or("");
        name == "root" || (!name.is_empty() && name.bytes().all(|b| b == b'0'))
    };
    // `0:${GID}` is root whatever the group is.
    let certain = field.text().is_some_and(is_root);
    if certain {
        out.fail(field, format!("{} runs as root{}", service.label(), by_default(field)));
    } else {
        out.known(field.str());
    }
}
