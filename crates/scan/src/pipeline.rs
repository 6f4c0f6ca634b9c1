//! The whole run.

use crate::baseline::Baseline;
use crate::read::{self, Text};
use crate::recognise::{self, Recognised, Surroundings};
use crate::walk::{self, Found};
use check::exception::{Aliases, Exceptions};
use check::{Check, File, Inventory, Runner, Settings, Verdicts};
use globset::GlobSet;
use model::{Exception, Finding, LedgerRow, RuleTally, Severity, Status, Why, WhyCode};
use rayon::prelude::*;
use report::{Report, Sources, Stats};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use syntax::SourceText;

/// What to scan, and how.
#[derive(Debug)]
pub struct Options {
    /// Files and folders; `-` is standard input, whose text is in `stdin`.
    pub roots: Vec<PathBuf>,
    /// The text of standard input, if it is to be scanned.
    pub stdin: Option<Vec<u8>>,
    /// Paths left out.
    pub exclude: GlobSet,
    /// Largest file that is parsed, in bytes.
    pub max_file_size: u64,
    /// The checks to run.
    pub checks: Vec<&'static Check>,
    /// What the user set about the judgement.
    pub settings: Settings,
    /// Exceptions from the configuration.
    pub exceptions: Vec<Exception>,
    /// Gaps that somebody accepted: globs over file names, and why.
    pub accepted_gaps: Vec<(GlobSet, String)>,
    /// Least severity that is reported.
    pub severity: Option<Severity>,
    /// Least severity that fails the run.
    pub fail_on: Option<Severity>,
    /// The framework whose controls are reported one by one.
    pub framework: Option<&'static report::framework::Framework>,
    /// Findings that were there before.
    pub baseline: Option<Baseline>,
    /// Whether the run's own baseline is wanted.
    pub take_baseline: bool,
    /// Only findings in these files (names as shown) are reported.
    pub changed: Option<BTreeSet<String>>,
    /// Today, `YYYY-MM-DD`, for exceptions that run out.
    pub today: String,
    /// Whether fixes are worked out.
    pub fixes: bool,
    /// Texts that stand for the files' own, by name: an editor's unsaved buffers, a text that is being mended.
    pub overlay: BTreeMap<String, String>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Scanned {
    /// The report.
    pub report: Report,
    /// Texts of the files that were judged.
    pub sources: Texts,
    /// Mistakes in what the user asked for: they make the exit code 2.
    pub errors: Vec<String>,
    /// The parsed files, for what else is to be known of them.
    pub files: Vec<File>,
    /// Number of findings that the baseline took out.
    pub known_before: usize,
    /// The open findings of the run, those of an earlier baseline and of unchanged files among them; if wanted.
    pub baseline: Option<Baseline>,
    /// Where the files lie, by their names.
    pub paths: BTreeMap<Arc<str>, PathBuf>,
}

/// Texts by file name.
#[derive(Debug, Default)]
pub struct Texts(BTreeMap<Arc<str>, Arc<SourceText>>);

impl Sources for Texts {
    fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(|source| source.text())
    }
}

/// A file that was read.
struct Loaded {
    found: Found,
    outcome: Result<Recognised, Why>,
    bytes: u64,
}

/// Runs a scan. `progress` is told how many files of how many have been read.
pub fn run(options: &Options, progress: &(dyn Fn(usize, usize) + Sync)) -> Scanned {
    let walked = walk::walk(&options.roots, &options.exclude);
    let mut ledger = walked.rows;
    let mut errors = walked.missing;
    let around = Surroundings::new(walked.files.iter().map(|f| f.name.clone()));
    let total = walked.files.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let paths: BTreeMap<&str, &Path> = walked.files.iter().map(|f| (&*f.name, f.path.as_path())).collect();
    let mut loaded: Vec<Loaded> = walked
        .files
        .par_iter()
        .map(|found| {
            let one = load(found, options, &around, &paths);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            one
        })
        .collect();
    loaded.extend(options.stdin.as_ref().map(|bytes| stdin(bytes.clone(), &around)));
    let mut stats = Stats::default();
    let mut sources = Texts::default();
    let mut files = Vec::new();
    for Loaded { found, outcome, bytes } in loaded {
        stats.files += 1;
        stats.bytes += bytes;
        match outcome {
            Ok(recognised) => {
                if found.asked {
                    errors.extend(recognised.rows.iter().filter(|r| r.status == Status::Error).map(describe));
                }
                ledger.extend(recognised.rows);
                files.extend(recognised.file);
            }
            Err(why) => {
                let row = LedgerRow::gap(&found.name, None, Status::Error, "file", &why);
                errors.extend(found.asked.then(|| describe(&row)));
                ledger.push(row);
            }
        }
    }
    let parts = crate::parts::partial(&files);
    ledger.retain(|row| row.status != Status::Judged || !parts.contains_key(&*row.file));
    files.retain(|file| match parts.get(file.source.name()) {
        Some(why) => {
            let mut row =
                LedgerRow::gap(file.source.name(), None, Status::NotEvaluated, "kustomize-patch", why);
            row.hint = Some("build it: `kubectl kustomize FOLDER | holdfast scan -`".to_owned());
            ledger.push(row);
            false
        }
        None => true,
    });
    for file in &files {
        sources.0.insert(file.source.name().clone(), file.source.clone());
        if let check::Content::Compose(project) = &file.content {
            for tree in project.trees() {
                sources.0.insert(tree.source().name().clone(), tree.source().clone());
            }
        }
    }
    let judged = judge(options, &files);
    stats.resources = judged.resources;
    stats.rules = options.checks.len() as u32;
    ledger.extend(together(judged.verdicts.gaps));
    accept(&mut ledger, &options.accepted_gaps);
    ledger.sort();
    ledger.dedup();
    errors.extend(judged.errors);
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        targets: options
            .roots
            .iter()
            .map(|r| r.display().to_string())
            .chain(options.stdin.as_ref().map(|_| "-".to_owned()))
            .collect(),
        findings: judged.verdicts.findings,
        ledger,
        tallies: judged.verdicts.tallies,
        rules: checks::all().map(|c| &c.meta).collect(),
        framework: options.framework,
        notices: judged.notices,
        stats,
        fail_on: options.fail_on,
    };
    let paths = walked.files.into_iter().map(|f| (f.name, f.path)).collect();
    Scanned {
        report,
        sources,
        errors,
        files,
        known_before: judged.known_before,
        baseline: judged.baseline,
        paths,
    }
}

fn describe(row: &LedgerRow) -> String {
    let hint = row.hint.as_ref().map_or(String::new(), |hint| format!("\n  hint: {hint}"));
    match (recognise::place_of(&row.reason), row.line) {
        (Some((message, at)), _) => format!("{}:{}:{}: {message}{hint}", row.file, at.line, at.column),
        (None, Some(line)) => format!("{}:{line}: {}{hint}", row.file, row.reason),
        (None, None) => format!("{}: {}{hint}", row.file, row.reason),
    }
}

fn load(found: &Found, options: &Options, around: &Surroundings, paths: &BTreeMap<&str, &Path>) -> Loaded {
    if !found.asked
        && let Some(reason) = recognise::foreign(&found.name)
    {
        let rows = vec![LedgerRow::file(&found.name, Status::NotApplicable, "other", reason)];
        let outcome = Ok(Recognised { file: None, rows });
        return Loaded { found: found.clone(), outcome, bytes: 0 };
    }
    // A file that was named alone may still have companions beside it (`.env`, `.dockerignore`).
    let beside = |name: &str| found.asked.then(|| PathBuf::from(name)).filter(|path| is_companion(path));
    let companion = |name: &str| {
        let path = paths.get(name).map(|path| path.to_path_buf()).or_else(|| beside(name))?;
        match read::read(&path, options.max_file_size).ok()? {
            Text::Text(text) => Some(Arc::new(SourceText::new(name, text))),
            Text::Binary(_) => None,
        }
    };
    let mut bytes = 0;
    let text = match options.overlay.get(&*found.name) {
        Some(text) => Ok(Text::Text(text.clone())),
        None => read::read(&found.path, options.max_file_size),
    };
    let outcome = text.map(|text| match text {
        // Whoever names a file wants it judged, unless a shell's `*` has named it; and what goes by the name of
        // a manifest should be one.
        Text::Binary(kind) => {
            let wanted = recognise::should_be_text(&found.name)
                || found.asked && recognise::foreign(&found.name).is_none();
            let row = if wanted {
                let why = Why::new(WhyCode::Malformed, "not text: there are null bytes in it");
                LedgerRow::gap(&found.name, None, Status::Error, kind, &why)
            } else {
                LedgerRow::file(&found.name, Status::NotApplicable, kind, "not text")
            };
            Recognised { file: None, rows: vec![row] }
        }
        Text::Text(text) => {
            bytes = text.len() as u64;
            let source = Arc::new(SourceText::new(found.name.clone(), text));
            recognise::recognise(source, found.asked, around, &companion)
        }
    });
    Loaded { found: found.clone(), outcome, bytes }
}

/// True for files that are read beside one that was named alone.
pub fn is_companion(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        name == ".env" || name == ".dockerignore" || name.to_string_lossy().ends_with(".dockerignore")
    })
}

/// The files that may be read beside those that were named alone, for confinement.
pub fn companions(roots: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for root in roots.iter().filter(|root| root.is_file()) {
        let name = root.file_name().unwrap_or_default().to_string_lossy();
        for companion in [".env".to_owned(), ".dockerignore".to_owned(), format!("{name}.dockerignore")] {
            found.push(root.with_file_name(companion));
        }
    }
    found.retain(|path| path.is_file());
    found
}

fn stdin(bytes: Vec<u8>, around: &Surroundings) -> Loaded {
    let found = Found { name: Arc::from("-"), path: PathBuf::from("-"), asked: true };
    let length = bytes.len() as u64;
    let outcome = read::decode(bytes).and_then(|text| match text {
        Text::Binary(_) => Err(Why::new(WhyCode::Malformed, "standard input is not text")),
        Text::Text(text) => {
            let source = Arc::new(SourceText::new("-", text));
            Ok(recognise::recognise(source, true, around, &|_| None))
        }
    });
    Loaded { found, outcome, bytes: length }
}

struct Judged {
    verdicts: Verdicts,
    notices: Vec<model::Notice>,
    errors: Vec<String>,
    resources: u32,
    known_before: usize,
    baseline: Option<Baseline>,
}

fn judge(options: &Options, files: &[File]) -> Judged {
    let inventory = Inventory::new(files);
    let runner = Runner::new(options.checks.iter().copied(), &inventory, &options.settings);
    let runner = if options.fixes { runner } else { runner.without_fixes() };
    // Pieces that stand side by side are joined first, so the order of the units is kept.
    let mut verdicts = (0..runner.units())
        .into_par_iter()
        .fold(|| runner.nothing(), |verdicts, unit| runner.judge(verdicts, unit))
        .reduce(|| runner.nothing(), Verdicts::merge);
    let aliases = Aliases::new(checks::all().map(|c| &c.meta));
    let mut exceptions = Exceptions::collect(&inventory, &aliases);
    let mut errors = Vec::new();
    for exception in &options.exceptions {
        let place = &exception.location;
        if let Err(why) = exceptions.configure(exception.clone(), &aliases) {
            errors.push(format!("{}:{}: {why}", place.file, place.range.start.line));
        }
    }
    let ran: HashSet<&str> = options.checks.iter().map(|c| c.meta.id).collect();
    let notices = exceptions.apply(&mut verdicts.findings, &ran, &options.today);
    count_excepted(&mut verdicts);
    check::rank::rank(&mut verdicts.findings, &inventory);
    if let Some(least) = options.severity {
        verdicts.findings.retain(|f| f.severity >= least);
    }
    let baseline = options.take_baseline.then(|| Baseline::take(verdicts.findings.iter()));
    if let Some(changed) = &options.changed {
        let touched = |f: &Finding| {
            // Standard input has no place in a repository; all of it is new.
            changed.contains(&*f.primary.file)
                || &*f.primary.file == "-"
                || f.related.iter().any(|r| changed.contains(&*r.location.file))
        };
        verdicts.findings.retain(touched);
    }
    let known_before = options.baseline.as_ref().map_or(0, |b| b.subtract(&mut verdicts.findings));
    verdicts.findings.sort_by(|a, b| {
        let key = |f: &Finding| std::cmp::Reverse((f.rank.score, f.severity, f.confidence));
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.primary, a.rule.id, &a.message).cmp(&(&b.primary, b.rule.id, &b.message)))
    });
    let resources =
        inventory.objects().len() + inventory.dockerfiles().count() + inventory.services().count();
    Judged { verdicts, notices, errors, resources: resources as u32, known_before, baseline }
}

/// Subjects all of whose findings are excepted count as excepted, not as failed.
fn count_excepted(verdicts: &mut Verdicts) {
    let mut subjects: BTreeMap<u32, (&str, bool)> = BTreeMap::new();
    for (finding, subject) in verdicts.findings.iter().zip(&verdicts.subjects) {
        let (_, all) = subjects.entry(*subject).or_insert((finding.rule.id, true));
        *all &= finding.exception.is_some();
    }
    let mut excepted: BTreeMap<&str, u32> = BTreeMap::new();
    for (rule, all) in subjects.values() {
        *excepted.entry(rule).or_default() += u32::from(*all);
    }
    for RuleTally { rule, failed, excepted: count, .. } in &mut verdicts.tallies {
        let n = excepted.get(rule.id).copied().unwrap_or(0).min(*failed);
        *failed -= n;
        *count += n;
    }
}

/// Gaps of several rules at one place for one reason are one row that names the rules.
fn together(mut gaps: Vec<LedgerRow>) -> Vec<LedgerRow> {
    gaps.sort_by(|a, b| (&a.file, a.line, &a.reason, &a.rules).cmp(&(&b.file, b.line, &b.reason, &b.rules)));
    let mut rows: Vec<LedgerRow> = Vec::new();
    for gap in gaps {
        match rows.last_mut() {
            Some(last) if last.file == gap.file && last.line == gap.line && last.reason == gap.reason => {
                last.rules.extend(gap.rules);
                last.rules.dedup();
            }
            _ => rows.push(gap),
        }
    }
    rows
}

/// Gaps that somebody accepted are no gaps any more, and say who accepted them why.
fn accept(ledger: &mut [LedgerRow], accepted: &[(GlobSet, String)]) {
    for row in ledger.iter_mut().filter(|r| r.status.is_gap()) {
        if let Some((_, reason)) = accepted.iter().find(|(glob, _)| glob.is_match(&*row.file)) {
            row.reason = format!("{} (accepted: {reason})", row.reason);
            row.status = Status::Excluded;
        }
    }
}
