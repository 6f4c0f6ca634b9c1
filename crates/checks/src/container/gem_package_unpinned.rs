//! Ruby gem without a version.

use crate::support::dockerfile::{View, packages, packages::Manager};
use check::{Check, Cx, Out, Subject};
use model::{Area, Confidence, Maturity, Profile, RuleMeta, Severity};
use syntax::dockerfile::Dockerfile;

check::docs! {
    /// `gem install` without a version takes what the index has that day, so that two builds of the same
    /// commit differ.
    ///
    /// ## How to fix
    /// Write the version behind a colon: `gem install bundler:2.5.18`.
    ///
    /// ## Fails
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN gem install bundler
    /// ```
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN gem install rails:7.2 bundler
    /// ```
    ///
    /// ## Passes
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN gem install bundler:2.5.18
    /// ```
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN gem install bundler --version 2.5.18 && gem install --version=1.2 x
    /// ```
    /// ```dockerfile
    /// FROM ruby:3.4
    /// RUN bundle install && gem install ./x.gem
    /// ```
}

/// The check.
pub static CHECK: Check = Check {
    meta: RuleMeta {
        id: "gem-package-unpinned",
        title: "Ruby gem without a version",
        area: Area::Container,
        topic: "dockerfile",
        profile: Profile::Reliability,
        severity: Severity::Low,
        severity_reason: "the same file builds another image tomorrow, with versions nobody tested",
        confidence: Confidence::High,
        maturity: Maturity::Stable,
        controls: &["practices:IMG-9", "cis-docker:4.11"],
        remediation: "Write `gem install app -v 1.4.2` or `gem install app:1.4.2`, or use Bundler with a lock file.",
        since: "0.1.0",
        aliases: &["hadolint:DL3028"],
        docs: DOCS,
    },
    subject: Subject::Dockerfile(judge),
};

fn judge<'a>(file: &'a Dockerfile, _cx: &Cx<'a>, out: &mut Out<'a>) {
    let view = View::of(file);
    for step in view.runs() {
        for call in step.commands.iter().filter_map(packages::call) {
            if !(call.manager == Manager::Gem
                && call.installs()
                && call.option(&["-v", "--version"]).is_none()
                && !call.options.iter().any(|o| o.name.starts_with("-v") && o.name.len() > 2))
            {
                continue;
            }
            for (name, span) in call.packages() {
                if name.contains(':') || packages::Call::is_file(&name) || name.contains('?') {
                    continue;
                }
                out.fail(
                    view.at(span),
                    format!("`{}` installs `{name}` in whatever version there is", call.program),
                );
            }
        }
    }
}
