//! Downloaded script is run unseen.

use crate::support::dockerfile::{Step, View, downloads, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Dockerfile, Form};
use syntax::shell::{Invocation, PartKind, RedirectOp};

check::docs! {
    /// `curl ... | sh` runs what a server sends at that moment. Nobody has looked at it, nothing proves
    /// that it is what was meant, the next build may get something else, and a connection that breaks half-
    /// way runs half a script.
    ///
    /// ## How to fix
    /// Use `ADD --checksum=sha256:... URL file`, or `curl -fsSLo file URL && echo "<sha256>  file" |
    /// sha256sum -c -`, and run the file after that.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/install.sh | bash
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget -qO- https://example.com/install.sh | sudo -E sh -s -- --yes
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN bash <(curl -s https://example.com/install.sh)
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN sh -c "$(curl -fsSL https://example.com/install.sh)"
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -s https://example.com/get.py | python3 -
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/install.sh -o install.sh && sh install.sh
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN . <(curl -s https://example.com/env.sh)
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN eval "$(wget -qO - https://example.com/x)"
    /// ```
    /// ```dockerfile
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2022
    /// SHELL ["powershell", "-Command"]
    /// RUN iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/install.ps1'))
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/x.tgz | tar xz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo i.sh https://example.com/i.sh && echo "abc  i.sh" | sha256sum -c - && sh i.sh
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/key | gpg --dearmor -o /usr/share/keyrings/x.gpg
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -s https://example.com/data.json | python3 -m json.tool
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN cat script.sh | bash
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "remote-script-run",
        title: "Downloaded script is run unseen",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever controls the server or the name runs code in the build, and so in every image it makes",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Download a fixed version to a file, check it against a known checksum or signature, then run it; or install the program from a signed package.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.all_commands() {
        let checked = step.commands.iter().any(downloads::verifies);
        let mut fetched: Vec<(String, Span)> = Vec::new();
        for command in &step.commands {
            if let Some(fetch) = downloads::fetch(command)
                && let Some(name) = fetch.file
            {
                fetched.push((name, command.span()));
                // What was downloaded long before is not looked for any more.
                if fetched.len() > 64 {
                    fetched.remove(0);
                }
            }
            let Some(source) = piped(&step, command) else {
                if !checked && let Some((name, span)) = later(command, &fetched) {
                    let message = format!("`{name}` is downloaded and run without a look at its checksum");
                    out.fail(view.at(command.span()), message)
                        .related(view.at(*span), "downloaded here")
                        .confidence(Confidence::Low)
                        .severity(Severity::Medium);
                    fetched.retain(|(other, _)| *other != name);
                }
                continue;
            };
            let url = source.urls.first().map_or("a download", |(u, _)| u.as_str());
            let program = command.name().unwrap_or_else(|| "eval".to_owned());
            out.fail(
                view.at(command.span()),
                format!("`{program}` runs what `{}` fetches from `{url}`", source.tool),
            );
        }
    }
    // PowerShell: `iex ((New-Object Net.WebClient).DownloadString('https://...'))`, `iwr URL | iex`.
    for (_, _, instruction) in view.instructions() {
        let Some(Form::Shell { script, .. }) = instruction.inner().command().map(|c| &c.form) else {
            continue;
        };
        let lower = script.text().to_ascii_lowercase();
        let mut words =
            lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|' | ';' | '&' | '"' | '\''));
        let runs = words.clone().any(|w| matches!(w, "iex" | "invoke-expression"));
        let fetches = words.any(|w| {
            matches!(w, "iwr" | "irm" | "invoke-webrequest" | "invoke-restmethod")
                || w.ends_with(".downloadstring")
        });
        if runs && fetches {
            out.fail(view.head(instruction), "`Invoke-Expression` runs what is downloaded");
        }
    }
    view.note_foreign(out);
}
/// The download whose output this command runs as a script.
fn piped(step: &Step<'_>, command: &Invocation<'_>) -> Option<downloads::Fetch> {
    let name = command.name()?;
    let stdout = |commands: &[Invocation<'_>]| {
        commands.iter().rev().filter_map(downloads::fetch).find(|f| f.to_stdout)
    };
    let sourced = matches!(name.as_str(), "source" | "." | "eval");
    if !sourced && !downloads::is_interpreter(&name) {
        return None;
    }
    // `<(curl ...)` as the script, `-c "$(curl ...)"`.
    let scripts = command.args().iter().any(|w| {
        matches!(w.parts.first().map(|p| &p.kind), Some(PartKind::Substitution(_) | PartKind::Process(_)))
    });
    let here =
        command.redirects().iter().any(|r| matches!(r.operator, RedirectOp::HereString | RedirectOp::Input));
    if scripts || here {
        let first = command.args().iter().find(|w| {
            let text = w.known_prefix();
            !text.starts_with('-') || text == "-"
        });
        let is_script = here
            || first.is_some_and(|w| {
                matches!(
                    w.parts.first().map(|p| &p.kind),
                    Some(PartKind::Substitution(_) | PartKind::Process(_))
                )
            });
        if is_script && let Some(found) = stdout(step.inputs(command)) {
            return Some(found);
        }
    }
    if sourced || command.upstream.is_empty() {
        return None;
    }
    let words: Vec<String> = command.args().iter().map(shown).collect();
    let from_stdin = match words.iter().find(|w| !w.starts_with('-') || *w == "-") {
        None => !words
            .iter()
            .any(|w| matches!(w.as_str(), "-c" | "-e" | "-m") || w.starts_with("-e") && name == "perl"),
        Some(first) => {
            first == "-" || first == "/dev/stdin"
                // After `-s` all words are arguments of the script; after `-o` comes an option's name.
                || words.iter().take_while(|w| *w != first).any(|w| !w.starts_with("--") && w.contains('s') && name.ends_with("sh"))
                || words.first().is_some_and(|w| w.ends_with('o')) && words.len() == 2
        }
    };
    if !from_stdin || words.iter().any(|w| w == "-c") {
        return None;
    }
    stdout(step.upstream(command))
}

/// A file that was downloaded before and is run by this command.
fn later<'f>(command: &Invocation<'_>, fetched: &'f [(String, Span)]) -> Option<(String, &'f Span)> {
    let program = command.argv().first()?.literal()?;
    let name = command.name()?;
    let file = if downloads::is_interpreter(&name) || matches!(name.as_str(), "source" | ".") {
        command.args().iter().map(shown).find(|w| !w.starts_with('-'))?
    } else if program.contains('/') {
        program
    } else {
        return None;
    };
    let plain = |path: &str| path.trim_start_matches("./").to_owned();
    let (stored, span) = fetched.iter().find(|(f, _)| {
        plain(f) == plain(&file)
            || (f.rsplit('/').next() == plain(&file).rsplit('/').next() && !f.starts_with('/'))
    })?;
    Some((stored.clone(), span))
}
