//! Certificate checks are turned off.

use crate::support::dockerfile::{View, downloads, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile};
use syntax::shell::Invocation;

check::docs! {
    /// Without the check of its certificate any machine on the way can pose as the server, and what it
    /// sends is built into the image. As an environment variable the switch also holds for the running
    /// program.
    ///
    /// ## How to fix
    /// Remove the option or variable. For servers with a private authority add its certificate to the trust
    /// store and run `update-ca-certificates`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -k https://example.com/x -o x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLk https://example.com/x -o x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN wget --no-check-certificate https://example.com/x
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install --trusted-host pypi.example.com app==1
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// ENV PYTHONHTTPSVERIFY=0
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=0
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN npm config set strict-ssl false
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// ENV NPM_CONFIG_STRICT_SSL false
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN GIT_SSL_NO_VERIFY=true git clone https://example.com/x
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN git config --global http.sslVerify false
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf install -y --setopt=sslverify=0 app-1.0
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN yum-config-manager --setopt=sslverify=false --save
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// ENV PIP_TRUSTED_HOST=pypi.example.com
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// ARG NODE_TLS_REJECT_UNAUTHORIZED=0
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get -o Acquire::https::Verify-Peer=false update
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN echo insecure >> ~/.curlrc
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN export NODE_TLS_REJECT_UNAUTHORIZED=0 && npm ci
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// RUN env GIT_SSL_NO_VERIFY=1 git clone https://example.com/x
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo x https://example.com/x && wget -q https://example.com/y
    /// ```
    /// ```dockerfile
    /// FROM node:22
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=1 GIT_SSL_NO_VERIFY=false
    /// RUN npm config set strict-ssl true
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// ENV PYTHONHTTPSVERIFY=1
    /// RUN pip install app==1
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "tls-verification-off",
        title: "Certificate checks are turned off",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::High,
        severity_reason: "whoever stands between the build and the server can put anything into the image",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-1", "cis-docker:4.11", "cis-docker:4.12"],
        remediation: "Remove the option; where the server has a certificate of your own authority, install that authority's certificate instead (`--cacert`, `ca-certificates`).",
        since: "0.1.0",
        aliases: &[
            "checkov:CKV2_DOCKER_2",
            "checkov:CKV2_DOCKER_3",
            "checkov:CKV2_DOCKER_4",
            "checkov:CKV2_DOCKER_5",
            "checkov:CKV2_DOCKER_6",
            "checkov:CKV2_DOCKER_12",
            "checkov:CKV2_DOCKER_13",
            "checkov:CKV2_DOCKER_14",
            "checkov:CKV2_DOCKER_15",
            "checkov:CKV2_DOCKER_16",
        ],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for (_, _, instruction) in view.instructions() {
        match &instruction.inner().body {
            Body::Env(pairs) => {
                for pair in pairs {
                    let value = pair.value.text().trim_matches(['"', '\'']);
                    if let Some(what) = variable(pair.key.text(), value) {
                        out.fail(view.at(pair.span()), format!("`{}` turns {what} off", pair.key.text()));
                    }
                }
            }
            Body::Arg(defs) => {
                for def in defs {
                    let value = def.default.as_ref().map_or("", |d| d.text()).trim_matches(['"', '\'']);
                    if let Some(what) = variable(def.name.text(), value) {
                        out.fail(view.at(def.span()), format!("`{}` turns {what} off", def.name.text()));
                    }
                }
            }
            _ => {}
        }
    }
    for step in view.all_commands() {
        for command in &step.commands {
            for assignment in command.assignments() {
                if let Some(what) = variable(&assignment.name, &shown(&assignment.value)) {
                    out.fail(view.at(assignment.span), format!("`{}` turns {what} off", assignment.name));
                }
            }
            // `export NAME=value`, `env NAME=value program`.
            if command.is("export") || command.has_wrapper("env") || command.has_wrapper("sudo") {
                for word in &command.simple.words {
                    if let Some((name, value)) = shown(word).split_once('=')
                        && let Some(what) = variable(name, value)
                    {
                        out.fail(view.at(word.span), format!("`{name}` turns {what} off"));
                    }
                }
            }
            if let Some((span, what)) = option(command) {
                let text = file.source.slice(span).split_whitespace().next().unwrap_or("").to_owned();
                out.fail(view.at(span), format!("`{text}` turns {what} off"));
            }
        }
    }
    view.note_foreign(out);
}
/// What an environment variable turns off.
fn variable(name: &str, value: &str) -> Option<&'static str> {
    let off = matches!(value.to_ascii_lowercase().as_str(), "0" | "false" | "no" | "off");
    let on = !off && !value.is_empty();
    let what = "the check of certificates";
    let hit = match name.to_ascii_uppercase().as_str() {
        "NODE_TLS_REJECT_UNAUTHORIZED" | "PYTHONHTTPSVERIFY" => value == "0",
        "NPM_CONFIG_STRICT_SSL"
        | "YARN_ENABLE_STRICT_SSL"
        | "YARN_STRICT_SSL"
        | "CONDA_SSL_VERIFY"
        | "BUNDLE_SSL_VERIFY_MODE" => off,
        "GIT_SSL_NO_VERIFY"
        | "VAULT_SKIP_VERIFY"
        | "HELM_KUBEINSECURESKIPTLSVERIFY"
        | "GOINSECURE"
        | "UV_INSECURE_HOST" => on,
        "PIP_TRUSTED_HOST" => !value.is_empty(),
        _ => false,
    };
    hit.then_some(what)
}

/// The option of a command that turns certificate checks off.
fn option(command: &Invocation<'_>) -> Option<(Span, &'static str)> {
    let what = "the check of certificates";
    let name = command.name()?;
    if let Some(fetch) = downloads::fetch(command) {
        let names: &[&str] = if fetch.tool == "curl" {
            &["-k", "--insecure", "--proxy-insecure"]
        } else if fetch.tool.starts_with("wget") {
            &["--no-check-certificate"]
        } else {
            &["--check-certificate", "--insecure", "-k"]
        };
        let off = fetch.options.iter().find(|(n, value, _)| {
            names.contains(&n.as_str())
                && (n != "--check-certificate" || value.as_deref().is_some_and(|v| v == "false"))
        });
        return off.map(|(_, _, span)| (*span, what));
    }
    let words: Vec<(String, Span)> = command.args().iter().map(|w| (shown(w), w.span)).collect();
    if let Some(call) = packages::call(command) {
        let bad = call.options.iter().find(|o| {
            let value = o.value.as_deref().unwrap_or("").to_ascii_lowercase();
            let off = ["=0", "=false", "=no"].iter().any(|e| value.ends_with(e))
                || value == "false"
                || value == "0";
            match call.manager {
                Manager::Pip => matches!(o.name.as_str(), "--trusted-host" | "--allow-insecure-host"),
                Manager::Npm | Manager::Yarn => {
                    o.name == "--no-strict-ssl" || (o.name == "--strict-ssl" && off)
                }
                Manager::Apt => value.contains("verify-peer=false") || value.contains("verify-host=false"),
                Manager::Yum | Manager::Dnf => value.contains("sslverify") && off,
                Manager::Apk => o.name == "--no-check-certificate",
                _ => false,
            }
        });
        if let Some(bad) = bad {
            return Some((bad.span, what));
        }
    }
    let setting = |key: &str| {
        words.iter().enumerate().find_map(|(i, (text, span))| {
            let lower = text.to_ascii_lowercase();
            let inline = lower.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v.to_owned());
            let value = inline.or_else(|| {
                (lower == key).then(|| words.get(i + 1).map(|(v, _)| v.to_ascii_lowercase()))?
            })?;
            matches!(value.as_str(), "false" | "0" | "no" | "off").then_some((*span, what))
        })
    };
    let flag =
        |names: &[&str]| words.iter().find(|(w, _)| names.contains(&w.as_str())).map(|(_, s)| (*s, what));
    match name.as_str() {
        "npm" | "yarn" | "pnpm" | "apm" | "bower" => setting("strict-ssl").or_else(|| setting("strictssl")),
        "git" => setting("http.sslverify"),
        "yum-config-manager" | "dnf" | "yum" | "microdnf" => words
            .iter()
            .find(|(w, _)| {
                ["sslverify=0", "sslverify=false"].iter().any(|s| w.to_ascii_lowercase().contains(s))
            })
            .map(|(_, s)| (*s, what)),
        "conda" | "mamba" => setting("ssl_verify"),
        "pip" | "pip3" => words
            .iter()
            .position(|(w, _)| w.ends_with("trusted-host"))
            .and_then(|i| words.get(i))
            .map(|(_, s)| (*s, what)),
        "composer" => setting("disable-tls").or_else(|| {
            let at = words.iter().position(|(w, _)| w == "disable-tls")?;
            words.get(at + 1).filter(|(v, _)| v == "true").map(|(_, s)| (*s, what))
        }),
        "helm" | "kubectl" | "oras" | "skopeo" => flag(&[
            "--insecure-skip-tls-verify",
            "--insecure-skip-tls-verify=true",
            "--tls-verify=false",
            "--src-tls-verify=false",
        ]),
        "echo" | "printf" => {
            let target =
                command.redirects().iter().find(|r| r.operator.writes()).map(|r| shown(&r.target))?;
            let (text, span) = words.iter().find(|(w, _)| !w.starts_with('-'))?;
            let lower = text.to_ascii_lowercase();
            let off = (target.ends_with(".curlrc") && lower.trim() == "insecure")
                || (target.ends_with(".wgetrc") && lower.replace(' ', "").contains("check_certificate=off"))
                || (target.contains(".npmrc") && lower.replace(' ', "").contains("strict-ssl=false"))
                || (lower.replace(' ', "").contains("sslverify=0")
                    || lower.replace(' ', "").contains("sslverify=false"))
                || (target.contains("pip.conf") && lower.contains("trusted-host"));
            off.then_some((*span, what))
        }
        _ => None,
    }
}
