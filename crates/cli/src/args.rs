//! The command line.

use check::{KubeVersion, PssVersion};
use clap::{Args, Parser, Subcommand, ValueEnum};
use model::Severity;
use report::Format;
use std::path::PathBuf;

/// Hardens cloud-native applications from code to cloud.
#[derive(Debug, Parser)]
#[command(
    name = "holdfast",
    version,
    about = "Hardens cloud-native applications from code to cloud: one binary, no configuration needed.",
    after_help = "Examples:\n  holdfast scan                    judge everything below the current folder\n  holdfast scan k8s/ Dockerfile    \
                  judge these\n  helm template x | holdfast scan -\n  holdfast explain privileged-container\n  holdfast fix --diff              \
                  show what could be mended mechanically\n\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or broken input."
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge manifests, Dockerfiles and Compose files
    Scan(ScanArgs),
    /// Show which Pod Security Standard each workload meets, and what breaks the next
    Pss(PssArgs),
    /// Mend what can be mended mechanically, keeping comments and layout
    Fix(FixArgs),
    /// Print what a Helm chart or a Kustomize overlay comes to
    Render(RenderArgs),
    /// List the rules
    Rules(RulesArgs),
    /// Explain a rule: what, why, how to fix, examples
    Explain(ExplainArgs),
    /// Set a repository up: configuration, hook, pipeline snippets
    Init(InitArgs),
    /// Say what this installation can do here: confinement, configuration, rules
    Doctor,
    /// Print a shell completion script
    Completions(CompletionArgs),
}

/// Which files, which checks, and how they are judged: common to the commands that scan.
#[derive(Debug, Args, Default)]
pub struct InputArgs {
    /// Files or folders; `-` reads standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Configuration file [default: holdfast.toml here or in a scanned folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Leave out files matching this glob (may be repeated)
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Version of the Pod Security Standards: v1.0 to v1.37, or latest
    #[arg(long, value_name = "VERSION")]
    pub pss_version: Option<PssVersion>,
    /// Kubernetes version the manifests are meant for, e.g. 1.34
    #[arg(long, value_name = "VERSION")]
    pub kubernetes_version: Option<KubeVersion>,
    /// The input is only a part of what will run: say "not evaluated" where other objects would matter
    #[arg(long)]
    pub partial: bool,
    /// Do not give up privileges before reading the input
    #[arg(long)]
    pub no_confine: bool,
    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub rendering: RenderingArgs,
}

/// Heading of the options about charts and overlays.
const RENDERING: &str = "Charts and overlays";

/// How charts and overlays are rendered.
#[derive(Debug, Args, Default)]
pub struct RenderingArgs {
    /// Lay this file over the values of every chart (may be repeated; later ones win)
    #[arg(help_heading = RENDERING, long, value_name = "FILE")]
    pub helm_values: Vec<PathBuf>,
    /// Set a value in every chart: KEY=VALUE, as `helm --set` (may be repeated)
    #[arg(help_heading = RENDERING, long, value_name = "KEY=VALUE")]
    pub helm_set: Vec<String>,
    /// Set a value that is a string whatever it looks like (may be repeated)
    #[arg(help_heading = RENDERING, long, value_name = "KEY=VALUE")]
    pub helm_set_string: Vec<String>,
    /// Set a value given as JSON: KEY=JSON (may be repeated)
    #[arg(help_heading = RENDERING, long, value_name = "KEY=JSON")]
    pub helm_set_json: Vec<String>,
    /// Name of the release [default: release-name]
    #[arg(help_heading = RENDERING, long, value_name = "NAME")]
    pub helm_release: Option<String>,
    /// Namespace of the release [default: default]
    #[arg(help_heading = RENDERING, long, value_name = "NAME")]
    pub helm_namespace: Option<String>,
    /// Version of Kubernetes that charts are told [default: that of --kubernetes-version]
    #[arg(help_heading = RENDERING, long, value_name = "VERSION")]
    pub helm_kube_version: Option<String>,
    /// An API version that charts are told is there, e.g. monitoring.coreos.com/v1 (may be repeated)
    #[arg(help_heading = RENDERING, long, value_name = "VERSION")]
    pub helm_api_version: Vec<String>,
    /// Render test hooks, too
    #[arg(help_heading = RENDERING, long)]
    pub helm_tests: bool,
    /// Also switch on, one by one, what values leave off, and report what that breaks
    #[arg(help_heading = RENDERING, long)]
    pub helm_explore: bool,
    /// Let overlays name files outside of their folder, as `--load-restrictor LoadRestrictionsNone`
    #[arg(help_heading = RENDERING, long)]
    pub kustomize_any_path: bool,
}

/// Which rules run.
#[derive(Debug, Args, Default)]
pub struct RuleArgs {
    /// What to report: security, reliability, style (comma-separated) or all
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// Only these rules: ids or patterns, comma-separated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub rules: Vec<String>,
    /// Not these rules: ids or patterns, comma-separated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub skip: Vec<String>,
}

/// `holdfast scan`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast scan -f html=report.html -f sarif=out.sarif\n  holdfast scan --profile all --fail-on none\n  \
                        holdfast scan --framework cis-k8s\n  holdfast scan --changed-since origin/main\n  holdfast scan --write-baseline known.json; \
                        holdfast scan --baseline known.json"
)]
pub struct ScanArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Form of the report, FORMAT or FORMAT=FILE (may be repeated): terminal, plain, json, sarif, junit, gitlab, gitlab-sast, github, markdown, html
    #[arg(short, long = "format", value_name = "FORMAT[=FILE]", value_parser = target)]
    pub formats: Vec<Target>,
    /// Exit with 1 if there is a finding of at least this severity: info, low, medium, high, critical, none [default: high]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<String>,
    /// Exit with 2 if something should have been judged but was not
    #[arg(long)]
    pub fail_on_gaps: bool,
    /// Report only findings of at least this severity
    #[arg(long, value_name = "SEVERITY")]
    pub severity: Option<Severity>,
    /// Report each control of a framework as met, broken, not evaluated or not applicable: practices, pss, owasp-k8s-2022, owasp-k8s-2025, nsa-cisa, cis-k8s, cis-docker
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Leave out findings that a baseline or an earlier JSON report has
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the findings of this run as a baseline
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Report only findings in files that differ from this commit, branch or tag
    #[arg(long, value_name = "GITREF")]
    pub changed_since: Option<String>,
    /// Show every finding, place and gap
    #[arg(short, long)]
    pub verbose: bool,
    /// Print nothing but what -f asks for, and errors
    #[arg(short, long)]
    pub quiet: bool,
    /// Colours: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub colour: Colour,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A report to write: its form and, unless it goes to standard output, its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The form.
    pub format: Format,
    /// The file.
    pub file: Option<PathBuf>,
}

fn target(text: &str) -> Result<Target, String> {
    let (word, file) = text.split_once('=').map_or((text, None), |(word, file)| (word, Some(file)));
    if file == Some("") {
        return Err("no file name after `=`".to_owned());
    }
    Ok(Target { format: word.parse()?, file: file.map(PathBuf::from) })
}

/// `holdfast pss`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast pss k8s/\n  holdfast pss --pss-version v1.30 --format json k8s/"
)]
pub struct PssArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Form of the output: terminal or json
    #[arg(short, long, value_name = "FORMAT", default_value = "terminal")]
    pub format: ListFormat,
    /// Show every fault, not only the first of each control
    #[arg(long)]
    pub all: bool,
}

/// `holdfast fix`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast fix --diff k8s/             show, change nothing\n  holdfast fix k8s/                    \
                        apply what is safe\n  holdfast fix --unsafe --rules run-as-non-root k8s/"
)]
pub struct FixArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Also apply fixes that could stop a program which relies on the fault
    #[arg(long = "unsafe")]
    pub risky: bool,
    /// Show the changes as a unified diff, and change nothing
    #[arg(long)]
    pub diff: bool,
}

/// `holdfast render`
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  holdfast render charts/web\n  holdfast render charts/web --helm-values prod.yaml --helm-set image.tag=1.2\n  \
                  holdfast render overlays/prod\n  holdfast render --trace charts/web     say where each line came from"
)]
pub struct RenderArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Say behind each line where it came from
    #[arg(long)]
    pub trace: bool,
    /// Print custom resource definitions of a chart, too
    #[arg(long)]
    pub include_crds: bool,
}

/// `holdfast rules`
#[derive(Debug, Args)]
pub struct RulesArgs {
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Only rules that serve this framework
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Form of the list: terminal, json or markdown
    #[arg(short, long, value_name = "FORMAT", default_value = "terminal")]
    pub format: ListFormat,
}

/// Form of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For a person.
    Terminal,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

/// `holdfast explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Rule id, or the id another tool has for it (CKV_K8S_16, KSV-0017, DL3008)
    pub rule: String,
}

/// `holdfast init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to set up
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Also write a pipeline for these services: github, gitlab
    #[arg(long, value_name = "SERVICE", value_delimiter = ',')]
    pub ci: Vec<Service>,
    /// Also install a git pre-commit hook
    #[arg(long)]
    pub hook: bool,
    /// Replace files that are already there
    #[arg(long)]
    pub force: bool,
}

/// A service that runs pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Service {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
}

/// `holdfast completions`
#[derive(Debug, Args)]
pub struct CompletionArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}
