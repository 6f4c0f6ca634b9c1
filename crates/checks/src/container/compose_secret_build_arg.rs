//! Secrets in build arguments.

use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Service, Variable};

check::docs! {
    /// `build.args` are kept in the image's history: everyone who can pull the image reads them. In the
    /// file they are in the repository too.
    ///
    /// ## How to fix
    /// Use `build.secrets` and `RUN --mount=type=secret` in the Dockerfile. Then change the secret.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       args:
    ///         NPM_TOKEN: npm_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       args:
    ///         - DB_PASSWORD=hunter2x
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       args:
    ///         VERSION: "1.0"
    ///         NPM_TOKEN_FILE: /run/secrets/npm
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     build:
    ///       context: .
    ///       secrets: [npm]
    /// secrets:
    ///   npm: {environment: NPM_TOKEN}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-secret-build-arg",
        title: "Secret is written into a Compose build argument",
        area: Area::Container,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "build arguments stay readable in the history of the image, wherever that goes",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "practices:SEC-3"],
        remediation: "Change the secret, and give it to the build as one of `build.secrets`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for Variable { name, value } in service.build_args() {
        let Some(text) = value.text() else { continue };
        if value.is_from_dotenv() {
            continue;
        }
        if let Some(suspicion) = secrets::judge_assignment(name, text) {
            let shown = secrets::redact(text.trim());
            let message = format!(
                "build argument `{name}` of {} holds {} in clear text (`{shown}`)",
                service.label(),
                suspicion.why
            );
            out.fail(value, message).key(format!("args/{name}")).confidence(suspicion.confidence);
        }
    }
}
