//! Download used without a checksum.

use crate::support::dockerfile::{Step, View, downloads, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use std::collections::BTreeSet;
use syntax::dockerfile::Dockerfile;
use syntax::shell::Invocation;

check::docs! {
    /// A program or an archive that a build fetches and puts to use is whatever the server sends that day.
    /// HTTPS says who sends it, not that it is what was meant: releases are replaced, accounts taken over,
    /// names redirected. A checksum in the Dockerfile, or a signature, catches all of that.
    ///
    /// ## How to fix
    /// Use `ADD --checksum=sha256:... URL file`, or compare before use: `echo "<sha256>  file" | sha256sum
    /// -c -`. Taking the checksum from the same server helps against accidents only.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo /usr/local/bin/kubectl https://dl.k8s.io/v1.34.0/bin/linux/amd64/kubectl
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLO https://example.com/tool && chmod +x tool && mv tool /usr/local/bin/
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget https://example.com/tool.tar.gz && tar xzf tool.tar.gz -C /usr/local
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG VERSION=1.0
    /// RUN wget https://example.com/${VERSION}/tool_${VERSION}.zip && unzip tool_${VERSION}.zip
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/tool.tar.gz | tar xz -C /opt
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget -O /tmp/x.deb https://example.com/x.deb && dpkg -i /tmp/x.deb
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/jq > /usr/bin/jq && chmod 755 /usr/bin/jq
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget https://example.com/x.tgz && echo "abc  x.tgz" | sha256sum -c - && tar xzf x.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget https://example.com/x.tgz https://example.com/x.tgz.asc
    /// RUN gpg --verify x.tgz.asc && tar xzf x.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/key.asc -o /etc/apt/keyrings/x.asc
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsS https://example.com/ready > /dev/null && curl https://example.com/data.json -o /data.json
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSL https://example.com/install.sh | sh
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY x.tgz /tmp/x.tgz
    /// RUN tar xzf /tmp/x.tgz
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "download-unverified",
        title: "Download is used without a checksum",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "whoever takes over the server or the account of the project puts code of their choice into \
                          the image, and nothing notices",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11"],
        remediation: "Use `ADD --checksum=sha256:... URL file`, or compare the file with a checksum written in the \
                      Dockerfile (`sha256sum -c`) before it is used.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let steps = view.runs();
    // A stage that compares anything at all knows what it does; what is compared with what is not followed.
    let careful: BTreeSet<usize> = steps
        .iter()
        .filter(|step| step.commands.iter().any(downloads::verifies))
        .map(|step| step.stage.index)
        .collect();
    for step in steps.iter().filter(|step| !careful.contains(&step.stage.index)) {
        for (at, command) in step.commands.iter().enumerate() {
            let Some(fetch) = downloads::fetch(command) else { continue };
            let Some((url, span)) = fetch.urls.first() else { continue };
            // Plain HTTP is the matter of another check.
            if downloads::is_plain_http(url) || is_key(url) {
                continue;
            }
            let used = match fetch.file.as_deref() {
                Some(name) => is_program_path(name) || later(step, at).any(|c| uses(c, name)),
                None => step
                    .commands
                    .iter()
                    .any(|c| unpacks(c) && step.upstream(c).iter().any(|u| u.span() == command.span())),
            };
            if used {
                out.fail(view.at(*span), message(url)).key(url.clone());
            }
        }
    }
    view.note_foreign(out);
}

fn message(url: &str) -> String {
    // Only what the file says is quoted; addresses with logins are left to the checks on secrets.
    let url = downloads::without_query(url);
    if url.len() < 9 || url.contains('@') {
        return "a download is put to use, and nothing compares it with a checksum".to_owned();
    }
    format!(
        "`{}` is downloaded and put to use, and nothing compares it with a checksum",
        url.replace('?', "...")
    )
}

fn later<'s, 'a>(step: &'s Step<'a>, at: usize) -> impl Iterator<Item = &'s Invocation<'a>> {
    step.commands.iter().skip(at + 1)
}

/// Keys and signatures are what other things are compared with.
fn is_key(url: &str) -> bool {
    let path = downloads::without_query(url).to_ascii_lowercase();
    [".asc", ".gpg", ".sig", ".pub", ".key", ".pem", ".crt", ".sha256", ".sha512", ".sha256sum", ".md5"]
        .iter()
        .any(|ending| path.ends_with(ending))
        || path.ends_with("/gpg")
}

/// A file that can be called by its name from where it stands.
fn is_program_path(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    matches!(
        folder,
        "/bin" | "/sbin" | "/usr/bin" | "/usr/sbin" | "/usr/local/bin" | "/usr/local/sbin" | "/opt/bin"
    )
}

/// True if the command makes a program of the file, unpacks it or installs it.
fn uses(command: &Invocation<'_>, file: &str) -> bool {
    let named = |place: usize| command.args().iter().skip(place).any(|w| is_same(&shown(w), file));
    match command.name().as_deref() {
        Some("chmod") => {
            command.args().first().is_some_and(|mode| makes_executable(&shown(mode))) && named(1)
        }
        Some("install" | "dpkg" | "rpm" | "msiexec" | "installer") => named(0),
        Some("mv" | "cp") => {
            named(0)
                && command.args().last().is_some_and(|w| {
                    let target = shown(w);
                    is_program_path(&target)
                        || is_program_path(&format!("{}/x", target.trim_end_matches('/')))
                })
        }
        _ if unpacks(command) => named(0),
        _ => packages::call(command).is_some_and(|call| {
            matches!(
                call.manager,
                Manager::Apt | Manager::Apk | Manager::Yum | Manager::Dnf | Manager::Zypper
            ) && call.installs()
                && named(0)
        }),
    }
}

fn unpacks(command: &Invocation<'_>) -> bool {
    match command.name().as_deref() {
        Some("tar" | "bsdtar") => {
            let first = command.args().first().map(shown).unwrap_or_default();
            command.args().iter().map(shown).any(|w| {
                matches!(w.as_str(), "--extract" | "--get")
                    || w.starts_with('-') && !w.starts_with("--") && w.contains('x')
            }) || !first.starts_with('-') && first.contains('x') && first.len() < 8
        }
        Some("unzip" | "gunzip" | "bunzip2" | "unxz" | "7z" | "7za") => true,
        _ => false,
    }
}

fn makes_executable(mode: &str) -> bool {
    if mode.starts_with(|c: char| c.is_ascii_digit()) {
        return mode.bytes().any(|digit| matches!(digit, b'1' | b'3' | b'5' | b'7'));
    }
    mode.contains('x') && !mode.starts_with('-')
}

/// True if both words name one file, as far as they tell.
fn is_same(word: &str, file: &str) -> bool {
    let plain = |path: &str| path.trim_start_matches("./").to_owned();
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let (word, file) = (plain(word), plain(file));
    // A word that only a run can tell, such as `$FILE`, is the same as one written in the same way.
    word == file
        || !last(&word).is_empty()
            && last(&word) == last(&file)
            && (!word.contains('/') || !file.contains('/'))
}
