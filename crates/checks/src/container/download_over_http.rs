//! Download over plain HTTP.

use crate::support::dockerfile::{View, downloads, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile, Keyword};
use syntax::shell::Invocation;

check::docs! {
    /// What comes over plain HTTP can be replaced on the way. Where it ends up in the image (as a program,
    /// an archive, a package or a key) that is code of somebody else's choice.
    ///
    /// ## How to fix
    /// Change `http://` to `https://`; if the server has no HTTPS, pin the content with `ADD --checksum` or
    /// `sha256sum -c`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo app http://example.com/app && chmod +x app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget http://example.com/x.tar.gz && tar xf x.tar.gz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD http://example.com/x.tar.gz /opt/
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install --index-url http://pypi.example.com/simple app==1
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN rpm -i http://example.com/x.rpm
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN git clone http://example.com/x.git
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm config set registry http://registry.example.com
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo app https://example.com/app
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget http://example.com/x.tgz && echo "abc  x.tgz" | sha256sum -c -
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d http://example.com/x.tar.gz /opt/
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "download-over-http",
        title: "Download over plain HTTP",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Medium,
        severity_reason: "whoever stands between the build and the server can put anything into the image, unless a checksum is compared",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Use `https://`, or compare the file with a known checksum.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let message = |url: &str| format!("`{url}` is fetched over plain HTTP");
    for (_, _, instruction) in view.of_keyword(Keyword::Add) {
        if let Body::Add(transfer) = &instruction.body
            && instruction.flag("checksum").is_none()
        {
            for source in transfer.sources.iter().filter(|s| downloads::is_plain_http(s.text())) {
                out.fail(view.at(source.span()), message(source.text()));
            }
        }
    }
    for step in view.runs() {
        if step.commands.iter().any(downloads::verifies) {
            continue;
        }
        for command in &step.commands {
            for (url, span) in addresses(command) {
                out.fail(view.at(span), message(&url));
            }
        }
    }
    view.note_foreign(out);
}
/// Addresses of plain HTTP from which this command takes what it keeps or runs.
fn addresses(command: &Invocation<'_>) -> Vec<(String, Span)> {
    let plain =
        |found: Vec<(String, Span)>| found.into_iter().filter(|(u, _)| downloads::is_plain_http(u)).collect();
    if let Some(fetch) = downloads::fetch(command) {
        // A request that only asks whether a server is there, or whose answer is thrown away, keeps nothing.
        let dropped = matches!(fetch.file.as_deref(), Some("/dev/null"))
            || fetch.option(&["--spider", "-I", "--head"]).is_some();
        let alone = fetch.to_stdout && command.length == 1 && !command.flow.substitution;
        return if dropped || alone { Vec::new() } else { plain(fetch.urls) };
    }
    let words = || command.args().iter().map(|w| (shown(w), w.span));
    if let Some(call) = packages::call(command) {
        let mut found: Vec<(String, Span)> = call.operands.iter().map(|w| (shown(w), w.span)).collect();
        if matches!(call.manager, Manager::Pip | Manager::Npm | Manager::Yarn | Manager::Gem) {
            found.extend(call.options.iter().filter_map(|o| Some((o.value.clone()?, o.span))));
        }
        return plain(found);
    }
    match command.name().as_deref() {
        Some(
            "git" | "svn" | "hg" | "rpm" | "yum-config-manager" | "go" | "docker-php-ext-install" | "pecl",
        ) => plain(words().collect()),
        _ => Vec::new(),
    }
}
