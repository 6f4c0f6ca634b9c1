//! File is removed in a later layer.

use crate::support::dockerfile::{Step, View, downloads, shown};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity, Span};
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use syntax::dockerfile::{Body, Dockerfile};

check::docs! {
    /// Removing a file in a later instruction hides it, but the layer that holds it stays part of the
    /// image.
    ///
    /// ## How to fix
    /// Download, use and remove in one `RUN`; for files of the build context write `RUN
    /// --mount=type=bind,source=x,target=/x ...`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM debian:12
    /// COPY big.tgz /tmp/big.tgz
    /// RUN tar xf /tmp/big.tgz && rm /tmp/big.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo /tmp/x.tgz https://example.com/x.tgz
    /// RUN rm -f /tmp/x.tgz
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM debian:12
    /// RUN curl -fsSLo /tmp/x.tgz https://example.com/x.tgz && rm /tmp/x.tgz
    /// ```
    /// ```dockerfile
    /// FROM debian:12
    /// COPY app /app
    /// RUN rm -rf /var/cache/x
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "removed-in-later-layer",
        title: "File is removed in a later layer",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Style,
        severity: Severity::Low,
        severity_reason: "the image keeps its full size",
        confidence: Confidence::Medium,
        maturity: Maturity::Stable,
        controls: &[],
        remediation: "Remove the file in the `RUN` that makes it, or use a bind mount in place of `COPY`.",
        since: "0.1.0",
        aliases: &[],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    let shipped = view.shipped();
    let mut made: BTreeMap<(usize, String), Span> = BTreeMap::new();
    let steps = view.runs();
    let mut steps = steps.iter().peekable();
    for (stage, place, instruction) in view.instructions() {
        if shipped.get(stage.index) != Some(&true) {
            continue;
        }
        if let Body::Copy(transfer) | Body::Add(transfer) = &instruction.inner().body {
            let target = transfer.target.text();
            for source in &transfer.sources {
                let name = source.text().trim_end_matches('/').rsplit('/').next().unwrap_or("");
                let path = if target.ends_with('/') { format!("{target}{name}") } else { target.to_owned() };
                made.insert((stage.index, path), instruction.head_span(&file.source));
            }
        }
        let before = |s: &&Step<'_>| (s.stage.index, s.place) < (stage.index, place);
        while steps.next_if(before).is_some() {}
        let Some(step) = steps.next_if(|s| (s.stage.index, s.place) == (stage.index, place)) else {
            continue;
        };
        for command in step.commands.iter().filter(|c| c.is("rm")) {
            for word in command.args() {
                if let Some(span) = made.get(&(stage.index, shown(word))) {
                    out.fail(
                        view.at(word.span),
                        format!("`{}` is removed here, but stays in an earlier layer", shown(word)),
                    )
                    .related(view.at(*span), "added here");
                }
            }
        }
        let removed: BTreeSet<String> =
            step.commands.iter().filter(|c| c.is("rm")).flat_map(|c| c.args().iter().map(shown)).collect();
        for command in &step.commands {
            if let Some(path) = downloads::fetch(command).and_then(|f| f.file)
                && !removed.contains(&path)
            {
                made.insert((stage.index, path), command.span());
            }
        }
    }
}
