//! Secrets in the environment of services.

use crate::support::compose::by_default;
use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Service, Variable};

check::docs! {
    /// A password, key or token under `environment` is in the repository and its history, in `docker
    /// inspect`, and in the environment of every process the service starts. A default
    /// (`${DB_PASSWORD:-secret}`) is as good as written down.
    ///
    /// ## How to fix
    /// Use `secrets` with a file outside of the repository and the `_FILE` variables that most images know;
    /// at the least take the value from the shell or an ignored `.env` (`${DB_PASSWORD:?}`). Then change
    /// the secret, for it has been seen.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_PASSWORD: hunter2x
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: mysql:9
    ///     environment:
    ///       - MYSQL_ROOT_PASSWORD=s3cr3t-pa55
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_PASSWORD: ${DB_PASSWORD:-hunter2x}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     environment:
    ///       DATABASE_URL: postgres://app:hunter2x@db:5432/app
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       POSTGRES_PASSWORD_FILE: /run/secrets/db
    ///       POSTGRES_USER: app
    ///     secrets: [db]
    /// secrets:
    ///   db: {file: ./db.txt}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: postgres:17
    ///     environment:
    ///       - POSTGRES_PASSWORD
    ///       - POSTGRES_DB=app
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     environment: {TOKEN_TTL: 24h, PASSWORD_MIN_LENGTH: 12}
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-secret-environment",
        title: "Secret is written into a Compose environment",
        area: Area::Container,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can read the repository has the secret, but not everyone can reach what \
                      it opens",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "practices:SEC-3"],
        remediation: "Change the secret, keep it out of the file, and hand it to the service as one of \
                      `secrets`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    for Variable { name, value } in service.environment() {
        let Some(text) = value.text() else { continue };
        // A value from a `.env` file is not written here.
        if value.is_from_dotenv() {
            continue;
        }
        // What is filled in from outside stays out of the file, which is how it should be.
        if let Some(suspicion) = secrets::judge_assignment(name, text) {
            let shown = secrets::redact(text.trim());
            let remark = by_default(value);
            let message = format!(
                "`{name}` of {} holds {} in clear text (`{shown}`){remark}",
                service.label(),
                suspicion.why
            );
            let draft =
                out.fail(value, message).key(format!("environment/{name}")).confidence(suspicion.confidence);
            if suspicion.confidence == Confidence::Low {
                draft.severity(Severity::Medium);
            }
        }
    }
}
