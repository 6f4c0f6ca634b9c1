//! Cache of pip stays in the image.

use crate::support::dockerfile::{Step, View, packages, packages::Manager, shown};
use check::{Check, Cx, Out, Plan, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// pip keeps what it downloads in `~/.cache/pip`, in a layer of the image, where nothing uses it again.
    ///
    /// ## How to fix
    /// Add `--no-cache-dir`, or `ENV PIP_NO_CACHE_DIR=1`, or a cache mount on `/root/.cache/pip`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install flask==3.0.3
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN python -m pip install -r requirements.txt
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN pip install --no-cache-dir flask==3.0.3
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// ENV PIP_NO_CACHE_DIR=1
    /// RUN pip install flask==3.0.3
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.0.3
    /// ```
    /// ```dockerfile
    /// FROM python:3.13
    /// RUN PIP_NO_CACHE_DIR=1 pip install flask==3.0.3 && pip --no-cache-dir install x
    /// ```
    /// ```dockerfile
    /// FROM python:3.13 AS build
    /// RUN pip install --prefix=/x flask
    /// FROM python:3.13-slim
    /// COPY --from=build /x /x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "pip-cache-kept",
        title: "Cache of pip stays in the image",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "megabytes that nobody uses",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Use `pip install --no-cache-dir`, or set `PIP_NO_CACHE_DIR=1`.",
        since: "0.1.0",
        aliases: &["hadolint:DL3042"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    for step in view.runs() {
        let off = |name: &str| view.env(step.stage.index, step.instruction.span, name).is_some();
        if shipped.get(step.stage.index) != Some(&true)
            || step.has_mount("cache", &[".cache", "/pip"])
            || step.has_mount("tmpfs", &[".cache"])
            || off("PIP_NO_CACHE_DIR")
            || argument(&step)
        {
            continue;
        }
        let exported =
            step.commands.iter().any(|c| c.args().iter().any(|w| shown(w).starts_with("PIP_NO_CACHE_DIR=")));
        let removed = step.commands.iter().any(|c| {
            c.is("rm") && c.args().iter().any(|w| shown(w).contains(".cache"))
                || packages::call(c).is_some_and(|c| c.manager == Manager::Pip && c.verb == "cache")
        });
        for command in &step.commands {
            let Some(call) = packages::call(command) else { continue };
            let inline = command.assignments().iter().any(|a| a.name == "PIP_NO_CACHE_DIR");
            if call.manager == Manager::Pip
                && call.verb == "install"
                && call.program != "uv"
                && !(inline || exported || removed || call.has(&["--no-cache-dir"]))
            {
                let at = call.verb_span;
                let draft = out.fail(view.at(call.span), "what `pip` downloads stays in the image");
                if step.is_shell_form() {
                    draft.fix(
                        Plan::safe("add `--no-cache-dir`")
                            .replace(Span::new(at.end, at.end), " --no-cache-dir"),
                    );
                }
            }
        }
    }
}
fn argument(step: &Step<'_>) -> bool {
    step.stage.instructions.iter().take(step.place).any(|i| match &i.body {
        Body::Arg(defs) => defs.iter().any(|d| d.name.text() == "PIP_NO_CACHE_DIR" && d.default.is_some()),
        _ => false,
    })
}
