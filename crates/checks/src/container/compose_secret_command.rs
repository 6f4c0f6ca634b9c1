//! Secrets on command lines.

use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::compose::{Field, Service};

check::docs! {
    /// A password in `command`, `entrypoint`, a health check or a lifecycle hook is in the repository and
    /// in the process list of the host.
    ///
    /// ## How to fix
    /// Let the program read a file under `/run/secrets`. Then change the secret.
    ///
    /// ## Fails
    ///
    /// ```compose
    /// services:
    ///   cache:
    ///     image: redis:7
    ///     command: redis-server --requirepass hunter2x9
    /// ```
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     command: ["serve", "--db-password=hunter2x9"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   db:
    ///     image: mysql:9
    ///     healthcheck:
    ///       test: ["CMD", "mysqladmin", "ping", "--password=s3cr3t-pa55"]
    /// ```
    ///
    /// ## Passes
    ///
    /// ```compose
    /// services:
    ///   web:
    ///     image: example.com/web:1.0
    ///     command: ["serve", "--password-file=/run/secrets/db", "--port", "80"]
    /// ```
    ///
    /// ```compose
    /// services:
    ///   cache:
    ///     image: redis:7
    ///     command: redis-server --requirepass ${REDIS_PASSWORD}
    /// ```
    ///
    /// ```compose
    /// services:
    ///   cache:
    ///     image: redis:7
    ///     command: sh -c 'redis-server --requirepass "$$REDIS_PASSWORD"'
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "compose-secret-command",
        title: "Secret is written into a Compose command",
        area: Area::Container,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can read the repository or the process list has the secret, but not \
                      everyone can reach what it opens",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:SEC-1", "practices:SEC-3"],
        remediation: "Change the secret, and let the program read it from a file given by `secrets`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Service(judge),
};

fn judge<'a>(service: Service<'a>, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let hooks = ["post_start", "pre_stop"].into_iter().flat_map(|key| service.get(key).items());
    let commands = [&["command"][..], &["entrypoint"], &["healthcheck", "test"]];
    let fields = commands.iter().map(|keys| service.at(keys)).chain(hooks.map(|hook| hook.get("command")));
    for field in fields {
        let words = field.items();
        for (index, word) in words.iter().enumerate() {
            let Some(text) = word.text().filter(|_| !word.is_from_dotenv()) else { continue };
            let next = words.get(index + 1).copied();
            for found in secrets::judge_command(text, next.and_then(Field::text)) {
                let (place, value) = if found.range.is_empty() {
                    let place = next.unwrap_or(*word);
                    (place, place.text().unwrap_or(""))
                } else {
                    (*word, text.get(found.range.clone()).unwrap_or(""))
                };
                let what = if found.name.is_empty() {
                    "an argument".to_owned()
                } else {
                    format!("`{}`", found.name)
                };
                let message = format!(
                    "{what} of {} holds {} in clear text (`{}`)",
                    service.label(),
                    found.suspicion.why,
                    secrets::redact(value)
                );
                out.fail(place, message)
                    .confidence(found.suspicion.confidence)
                    .key(format!("command/{}", found.name));
            }
        }
    }
}
