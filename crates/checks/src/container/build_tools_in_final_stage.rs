//! Build tools are left in the final stage.

use crate::support::dockerfile::{View, bases, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::ImageRef;
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// Compilers, headers, version control and debuggers are needed to build a program, not to run it. In
    /// the final image they help an intruder to build exploits and to look around, and each has flaws of
    /// its own to patch.
    ///
    /// ## How to fix
    /// Make the current stage a build stage (`FROM ... AS build`), start a new one from a small base, and
    /// `COPY --from=build` the program.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y build-essential
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache gcc musl-dev
    /// ```
    /// ```dockerfile
    /// FROM golang:1.25
    /// COPY . .
    /// ```
    /// ```dockerfile
    /// FROM python:3.13-slim
    /// RUN apt-get update && apt-get install -y --no-install-recommends git gdb
    /// ```
    /// ```dockerfile
    /// FROM fedora:42
    /// RUN dnf groupinstall -y "Development Tools"
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM golang:1.25 AS build
    /// RUN apt-get update && apt-get install -y build-essential
    /// FROM gcr.io/distroless/static
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --virtual .build gcc musl-dev && make && apk del .build
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y gcc && make && apt-get purge -y gcc
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN apt-get update && apt-get install -y ca-certificates
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "build-tools-in-final-stage",
        title: "Build tools are left in the final stage",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Security,
        severity: Severity::Low,
        severity_reason: "compilers and network tools are what an intruder would have to bring along otherwise",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-3", "practices:IMG-6", "cis-docker:4.3"],
        remediation: "Build in a stage of its own and copy only the result into the final one, or remove the tools in the same `RUN` that installs them.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let line = view.final_line();
    if let Some(last) = file.final_stage()
        && let Some((text, span)) = view.root_image(last.index)
        && let Ok(image) = ImageRef::parse(text)
        && let Some(tool) = bases::toolchain(&image)
    {
        let name = image.familiar_name();
        out.fail(view.at(span), format!("the final image is built on `{name}`, which has {tool}"));
        return;
    }
    let steps = view.runs();
    let removed: Vec<String> = steps
        .iter()
        .filter(|s| line.contains(&s.stage.index))
        .flat_map(|s| s.commands.iter().filter_map(packages::call))
        .filter(|c| {
            matches!(
                c.verb.as_str(),
                "remove" | "purge" | "autoremove" | "auto-remove" | "del" | "erase" | "rm" | "autopurge"
            )
        })
        .flat_map(|c| c.operands.iter().map(|w| shown(w)).collect::<Vec<_>>())
        .collect();
    for step in steps.iter().filter(|s| line.contains(&s.stage.index)) {
        for call in step.commands.iter().filter_map(packages::call) {
            let system = matches!(
                call.manager,
                Manager::Apt | Manager::Apk | Manager::Yum | Manager::Dnf | Manager::Zypper
            );
            if !system || !call.installs() {
                continue;
            }
            let group = call.option(&["-t", "--virtual"]).and_then(|o| o.value.clone());
            if group.is_some_and(|g| removed.contains(&g)) {
                continue;
            }
            let tools: Vec<(String, Span)> = call
                .packages()
                .into_iter()
                .filter_map(|(name, span)| {
                    let bare = name.split(['=', '<', '>', '~', ':']).next().unwrap_or(&name);
                    let left = is_tool(bare) && !removed.iter().any(|r| r == bare || *r == name);
                    left.then(|| (bare.to_owned(), span))
                })
                .collect();
            if let Some((first, span)) = tools.first() {
                let names: Vec<String> = tools.iter().take(5).map(|(n, _)| format!("`{n}`")).collect();
                let more = if tools.len() > 5 { ", ..." } else { "" };
                let message = format!("{}{more} stay in the final image", names.join(", "));
                let message = if tools.len() == 1 { message.replacen("stay", "stays", 1) } else { message };
                out.fail(view.at(*span), message).key(first.clone());
            }
        }
    }
}
fn is_tool(name: &str) -> bool {
    matches!(
        name,
        "gcc"
            | "g++"
            | "clang"
            | "make"
            | "cmake"
            | "build-essential"
            | "build-base"
            | "alpine-sdk"
            | "automake"
            | "autoconf"
            | "libtool"
            | "gcc-c++"
            | "ninja-build"
            | "ninja"
            | "meson"
            | "bison"
            | "flex"
            | "rustc"
            | "cargo"
            | "golang"
            | "golang-go"
            | "go"
            | "maven"
            | "gradle"
            | "git"
            | "subversion"
            | "mercurial"
            | "gdb"
            | "strace"
            | "ltrace"
            | "tcpdump"
            | "nmap"
            | "netcat"
            | "nc"
            | "ncat"
            | "netcat-openbsd"
            | "netcat-traditional"
            | "socat"
            | "telnet"
            | "net-tools"
            | "vim"
            | "nano"
            | "emacs"
            | "@Development"
            | "Development Tools"
            | "@development-tools"
            | "patterns-devel-base-devel_basis"
            | "gdbserver"
            | "pkg-config"
            | "dpkg-dev"
            | "rpm-build"
            | "wireshark"
            | "tshark"
    ) || name.ends_with("-dev")
        || name.ends_with("-devel")
        || name.ends_with("-jdk")
        || name.ends_with("-jdk-headless")
        || (name.starts_with("gcc-") || name.starts_with("g++-") || name.starts_with("clang-"))
            && !name.ends_with("-base")
}
