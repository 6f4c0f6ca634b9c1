//! Secret in ARG or ENV.

use crate::support::dockerfile::View;
use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile, Expanded, Instruction, Pair, Scope};

check::docs! {
    /// Values of `ENV` are part of the image's configuration, and values of `ARG` stand in its history:
    /// `docker history` and `docker inspect` show both to everyone who has the image. That holds for
    /// defaults in the file as well as for values given with `--build-arg`.
    ///
    /// ## How to fix
    /// For secrets that the build needs use `RUN --mount=type=secret,id=token` and read
    /// `/run/secrets/token` in that command. For secrets that the program needs leave the variable out and
    /// set it, or mount a file, where the container is started.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// ENV DB_PASSWORD=hunter2
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG NPM_TOKEN
    /// RUN npm ci
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV AWS_ACCESS_KEY_ID=AKIAQYLPMN5HHHFPZAM2 AWS_SECRET_ACCESS_KEY=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
    /// ```
    /// ```dockerfile
    /// ARG GITHUB_TOKEN
    /// FROM debian:12
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG SECRET_VALUE
    /// ENV API_KEY=$SECRET_VALUE
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV DATABASE_URL postgres://app:S3cretPw@db:5432/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// LABEL token=ghp_0123456789abcdefghijABCDEFGHIJ012345
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// ENV DB_PASSWORD_FILE=/run/secrets/db TOKEN_TTL=3600
    /// ARG VERSION=1.2
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ENV DB_PASSWORD="" TOKEN_URL=https://login.example.com/token
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG GPG_KEY=E3FF2839C048B25C084DEBE9B26995E310250568
    /// ENV GPG_KEY=$GPG_KEY
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-in-build-variable",
        title: "Secret in ARG or ENV",
        area: Area::Container,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can pull the image can read the variable with one command",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "practices:SEC-3",
            "cis-docker:4.10",
            "nsa-cisa:network/secrets",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
        ],
        remediation: "Change the secret if it was ever pushed; give build secrets with `RUN --mount=type=secret`, and run-time secrets when the container starts.",
        since: "0.1.0",
        aliases: &["hadolint:DL3064", "trivy:DS-0031"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let mut open = Judge { out, view };
    for instruction in &file.globals {
        if let Body::Arg(defs) = &instruction.body {
            for def in defs {
                open.argument(def.name.text(), def.default.as_ref().map(|d| literal(d.text())), def.span());
            }
        }
    }
    file.walk(&mut |stage, place, scope| {
        let Some(instruction) = stage.instructions.get(place).map(Instruction::inner) else { return };
        match &instruction.body {
            Body::Arg(defs) => {
                for def in defs {
                    // A global argument that is merely taken over was reported there.
                    let again = def.default.is_none() && global(file, def.name.text());
                    if !again {
                        let value = def.default.as_ref().map(|d| value_of(scope, d.text()));
                        open.argument(def.name.text(), value, def.span());
                    }
                }
            }
            Body::Env(pairs) | Body::Label(pairs) => {
                let env = matches!(instruction.body, Body::Env(_));
                for pair in pairs {
                    open.pair(scope, pair, env);
                }
            }
            _ => {}
        }
    });
}
struct Judge<'o, 'a> {
    out: &'o mut Out<'a>,
    view: View<'a>,
}

fn global(file: &Dockerfile, name: &str) -> bool {
    file.globals
        .iter()
        .any(|i| matches!(&i.body, Body::Arg(defs) if defs.iter().any(|d| d.name.text() == name)))
}

fn literal(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

fn value_of(scope: &Scope, text: &str) -> String {
    match scope.expand(text) {
        Expanded::Known(value) => value,
        Expanded::Unknown(_) => literal(text),
    }
}

/// What a name promises to hold, where no value can be judged.
fn promises(name: &str) -> Option<&'static str> {
    // Key ids for verifying packages, as the curated images have them.
    if name.starts_with("GPG_") || name.ends_with("_GPG_KEY") {
        return None;
    }
    match secrets::sense(name) {
        secrets::Sense::Password => Some("a password"),
        secrets::Sense::Key => Some("a key or token"),
        secrets::Sense::Secret => Some("a secret"),
        secrets::Sense::Harmless => None,
    }
}

fn is_hex_id(name: &str, value: &str) -> bool {
    let key_name =
        name.contains("GPG") || name.contains("PGP") || name.contains("SHA") || name.contains("CHECKSUM");
    key_name && value.split_whitespace().all(|v| v.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl Judge<'_, '_> {
    fn argument(&mut self, name: &str, value: Option<String>, span: Span) {
        match value {
            Some(value) if !value.is_empty() => self.literal(name, &value, span, "ARG"),
            // An argument without a default, or with an empty one, is there to be given.
            _ => {
                if let Some(what) = promises(name) {
                    let message = format!(
                        "the build argument `{name}` takes {what}, which then stands in the image's history"
                    );
                    self.out.fail(self.view.at(span), message).severity(Severity::Medium);
                }
            }
        }
    }

    fn literal(&mut self, name: &str, value: &str, span: Span, keyword: &str) {
        if is_hex_id(name, value) {
            return;
        }
        if let Some(found) = secrets::judge_assignment(name, value) {
            let shown = secrets::redact(value);
            let message = format!("{keyword} `{name}` holds {} in clear text (`{shown}`)", found.why);
            self.out.fail(self.view.at(span), message).confidence(found.confidence).key(name);
        }
    }

    fn pair(&mut self, scope: &Scope, pair: &Pair, env: bool) {
        let name = literal(pair.key.text());
        let text = pair.value.text();
        let keyword = if env { "ENV" } else { "LABEL" };
        if env && text.contains('$') {
            // `ENV TOKEN=$TOKEN` writes a build argument into the image.
            if let Expanded::Unknown(_) = scope.expand(text) {
                let bare = text.trim_matches(['"', '\'', '$', '{', '}']);
                let from_arg = scope.args().contains_key(bare.split([':', '-']).next().unwrap_or(bare));
                if let Some(what) = promises(&name).filter(|_| from_arg) {
                    let message = format!("ENV `{name}` keeps {what} from a build argument in the image");
                    self.out.fail(self.view.at(pair.span()), message).key(name);
                }
                return;
            }
        }
        let value = value_of(scope, text);
        if !value.is_empty() && (env || !secrets::judge_text(&value).is_empty()) {
            self.literal(&name, &value, pair.span(), keyword);
        }
    }
}
