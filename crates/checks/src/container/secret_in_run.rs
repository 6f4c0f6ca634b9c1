//! Secret in a command of the build.

use crate::support::dockerfile::View;
use crate::support::secrets;
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Dockerfile, Form};
use syntax::shell::Invocation;

check::docs! {
    /// The text of every `RUN` stands in the image's history, and of every `CMD`, `ENTRYPOINT` and
    /// `HEALTHCHECK` in its configuration. A password or token on such a command line is readable for
    /// everyone who has the image, and for everyone who has the repository.
    ///
    /// ## How to fix
    /// Mount the secret: `RUN --mount=type=secret,id=token curl -H "Authorization: Bearer $(cat
    /// /run/secrets/token)" ...`, and build with `--secret id=token,env=TOKEN`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -u admin:hunter2 https://example.com/x.tgz -o x.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN PGPASSWORD=s3cretpw psql -h db -c 'select 1'
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN git clone https://user:s3cretpassw0rd@github.com/acme/private.git
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN export API_TOKEN=a8f5f167f44f4964e6c998dee827110c && make
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo "//registry.npmjs.org/:_authToken=npm_0123456789abcdefghijABCDEFGHIJ012345" > ~/.npmrc
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -H "Authorization: Bearer a8f5f167f44f4964e6c998dee827110c" https://example.com/x -o x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// CMD ["app", "--password=hunter2"]
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN mysql -u root -phunter2 -e 'select 1'
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo 'DB_PASSWORD=hunter2secret' >> /app/.env
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN --mount=type=secret,id=pw PGPASSWORD="$(cat /run/secrets/pw)" psql -h db -c 'select 1'
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN git clone https://github.com/acme/public.git && app --password-file=/run/secrets/x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN useradd --password '!' app && helm registry login --password-stdin registry.example.com
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "secret-in-run",
        title: "Secret in a command of the build",
        area: Area::Container,
        topic: "secret",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "everyone who can pull the image can read the command in its history",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[
            "practices:SEC-1",
            "cis-docker:4.10",
            "nsa-cisa:network/secrets",
            "owasp-k8s-2022:K08",
            "owasp-k8s-2025:K03",
        ],
        remediation: "Change the secret, and give it with `RUN --mount=type=secret`, which leaves nothing behind.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    view.note_foreign(out);
    for (_, _, instruction) in view.instructions() {
        let instruction = instruction.inner();
        match instruction.command().map(|c| &c.form) {
            Some(Form::Exec(words)) => {
                for (index, word) in words.iter().enumerate() {
                    let next = words.get(index + 1);
                    let text = word.text();
                    for found in secrets::judge_command(text, next.map(syntax::Mapped::text)) {
                        let (place, value) = if found.range.is_empty() {
                            (next.unwrap_or(word).span(), next.map_or("", syntax::Mapped::text))
                        } else {
                            (
                                word.span_of(found.range.start, found.range.end),
                                text.get(found.range.clone()).unwrap_or(""),
                            )
                        };
                        report(&view, out, place, value, &found);
                    }
                }
            }
            Some(Form::Shell { script, .. }) => {
                let text = script.text();
                for found in secrets::judge_command(text, None) {
                    // Those of `useradd -p` and its like have a check of their own.
                    let value = text.get(found.range.clone()).unwrap_or("");
                    report(&view, out, script.span_of(found.range.start, found.range.end), value, &found);
                }
            }
            None => {}
        }
    }
    for step in view.all_commands() {
        for command in &step.commands {
            for (found, text, span) in written(command) {
                report(&view, out, span, text.get(found.range.clone()).unwrap_or(""), &found);
            }
            for (name, value, span) in assigned(command) {
                if let Some(suspicion) = secrets::judge_assignment(&name, &value) {
                    let found = secrets::Found { name, range: 0..0, suspicion };
                    report(&view, out, span, &value, &found);
                }
            }
        }
    }
}
fn report<'a>(view: &View<'a>, out: &mut Out<'a>, span: Span, value: &str, found: &secrets::Found) {
    let name = found.name.to_ascii_lowercase();
    // `--password-stdin` takes no value.
    if value.starts_with(['!', '*', '$']) || value.contains("$(") || name.ends_with("stdin") {
        return;
    }
    let shown = secrets::redact(value);
    let what = if found.name.is_empty() { "the command" } else { &found.name };
    let message = format!("`{what}` has {} in clear text (`{shown}`)", found.suspicion.why);
    let message =
        if found.name.is_empty() { message.replacen("`the command`", "the command", 1) } else { message };
    out.fail(view.at(span), message).confidence(found.suspicion.confidence);
}

/// Secrets in a quoted text that is written to a file: `echo "password=x" > file`.
fn written(command: &Invocation<'_>) -> Vec<(secrets::Found, String, Span)> {
    if !command.is("echo") && !command.is("printf") {
        return Vec::new();
    }
    let texts = command.literals().filter(|(text, _)| text.contains(['=', ':']));
    let quoted = texts.filter(|(text, span)| span.len() as usize > text.len());
    quoted
        .flat_map(|(text, span)| {
            let lines = text.replace("\\n", "\n");
            secrets::judge_document(&lines)
                .into_iter()
                .map(move |found| (found, lines.clone(), span))
                .collect::<Vec<_>>()
        })
        // Those known by their form alone were found in the line as a whole.
        .filter(|(found, _, _)| !found.name.is_empty())
        .collect()
}

/// Secrets in places of a command line that have no name of their own.
fn assigned(command: &Invocation<'_>) -> Vec<(String, String, Span)> {
    let mut found = Vec::new();
    let words: Vec<(String, Span)> = command.literals().collect();
    let name = command.name().unwrap_or_default();
    for (index, (text, span)) in words.iter().enumerate() {
        let next = words.get(index + 1);
        match name.as_str() {
            "mysql" | "mysqladmin" | "mysqldump" | "mariadb" | "mariadb-admin" => {
                if let Some(password) =
                    text.strip_prefix("-p").filter(|p| !p.is_empty() && !p.starts_with('-'))
                {
                    found.push(("password".to_owned(), password.to_owned(), *span));
                }
            }
            "sshpass" | "docker" | "podman" | "buildah" | "skopeo" | "helm" | "az" | "oc" => {
                if let Some(password) = text.strip_prefix("-p").filter(|p| name == "sshpass" && !p.is_empty())
                {
                    found.push(("password".to_owned(), password.to_owned(), *span));
                }
                let login = words.iter().any(|(w, _)| w == "login");
                if let Some((value, at)) = next.filter(|_| text == "-p" && (login || name == "sshpass")) {
                    found.push(("password".to_owned(), value.clone(), *at));
                }
            }
            _ => {}
        }
        let lower = text.to_ascii_lowercase();
        if let Some(at) = lower.find("authorization:") {
            let value = text.get(at + 14..).unwrap_or("").trim();
            let token = value.split_whitespace().last().unwrap_or("");
            if value.split_whitespace().count() <= 2 {
                found.push(("token".to_owned(), token.to_owned(), *span));
            }
        } else if let Some((header, value)) = text.split_once(": ")
            && matches!(name.as_str(), "curl" | "wget" | "http")
        {
            found.push((header.to_owned(), value.to_owned(), *span));
        }
    }
    found
}
