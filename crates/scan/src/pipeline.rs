//! The whole run.

use crate::baseline::Baseline;
use crate::judge;
use crate::read::{self, Text};
use crate::recognise::{self, Recognised, Surroundings};
use crate::rendered::{Charts, Kept, Overlays, Rendering, Scene};
use crate::tree::FileTree;
use crate::walk::{self, Found};
use check::exception::Aliases;
use check::{Check, File, Settings};
use globset::GlobSet;
use model::{Exception, Finding, LedgerRow, Severity, Span, Status, Why, WhyCode};
use rayon::prelude::*;
use report::{Report, Sources, Stats};
use std::collections::{BTreeMap, BTreeSet};
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
    /// How charts and overlays are rendered.
    pub rendering: Rendering,
    /// Folders in which charts and overlays may read files that are not scanned.
    pub around: Vec<PathBuf>,
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
    /// What was rendered, if it is kept: one text for each run of a chart and each overlay.
    pub rendered: Vec<Kept>,
    /// Number of findings that the baseline took out.
    pub known_before: usize,
    /// The open findings of the run, those of an earlier baseline and of unchanged files among them; if wanted.
    pub baseline: Option<Baseline>,
    /// Where the files lie, by their names.
    pub paths: BTreeMap<Arc<str>, PathBuf>,
}

/// Texts by file name.
#[derive(Debug, Default)]
pub struct Texts {
    texts: BTreeMap<Arc<str>, Arc<SourceText>>,
    /// Files that charts and overlays are made of.
    rendered: BTreeSet<Arc<str>>,
}

/// Values under keys that promise a secret, in a file that charts or overlays are made of.
fn secret_values(source: &Arc<SourceText>) -> Vec<Span> {
    use checks::support::secrets::{Sense, sense};
    const DEPTH: usize = 256;
    let tree = syntax::yaml::parse(source.clone());
    let mut found = Vec::new();
    let mut waiting: Vec<(syntax::Node<'_>, usize)> = tree.roots().map(|root| (root, 0)).collect();
    while let Some((node, depth)) = waiting.pop() {
        if depth > DEPTH {
            continue;
        }
        for (key, value) in node.entries() {
            if value.as_str().is_some_and(|text| !text.is_empty()) && sense(key) != Sense::Harmless {
                found.push(value.span());
            }
            waiting.push((value, depth + 1));
        }
        for item in node.items() {
            // `literals` of a secretGenerator: NAME=VALUE.
            let named = item.as_str().and_then(|text| text.split_once('='));
            if named.is_some_and(|(name, value)| !value.is_empty() && sense(name) != Sense::Harmless) {
                found.push(item.span());
            }
            waiting.push((item, depth + 1));
        }
    }
    found
}

impl Sources for Texts {
    fn text(&self, file: &str) -> Option<&str> {
        self.texts.get(file).map(|source| source.text())
    }

    fn secrets(&self, file: &str) -> Vec<Span> {
        // Values files are full of them; templates only use them.
        let ending = Path::new(file).extension();
        let is_data = ending.is_some_and(|ending| ending == "yaml" || ending == "yml");
        let wanted = is_data && !file.contains("templates/") && self.rendered.contains(file);
        let quoted = self.texts.get(file).filter(|_| wanted);
        quoted.map(secret_values).unwrap_or_default()
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
    let tree =
        FileTree::new(&walked.files, &options.overlay, options.max_file_size).with_around(&options.around);
    let mut loose = read_all(options, &tree, progress);
    loose.ledger.extend(walked.rows);
    loose.errors.splice(0..0, walked.missing);
    let aliases = Aliases::new(checks::all().map(|c| &c.meta));
    let scene = Scene { options, tree: &tree, aliases: &aliases };
    let overlays = Overlays::build(scene);
    let charts = Charts::load(scene);
    loose.set_apart(&overlays.consumed());
    let mut rendered = overlays.judge(scene);
    rendered.add(charts.judge(scene, &loose.files));
    let covered: BTreeSet<Arc<str>> = rendered
        .rows
        .iter()
        .filter(|r| r.line.is_none() || r.kind == "helm-template")
        .map(|r| r.file.clone())
        .collect();
    // What was left undone stays in the ledger; that a template would have to be rendered is settled.
    let stays = |row: &LedgerRow| {
        row.kind == "kubernetes"
            || row.kind == "dockerfile"
            || row.kind == "compose"
            || row.status.is_gap() && (row.kind != "helm-template" || row.status == Status::Error)
    };
    loose.ledger.retain(|row| stays(row) || !covered.contains(&row.file));
    loose.ledger.append(&mut rendered.rows);
    loose.errors.append(&mut rendered.errors);
    let Loose { files, mut ledger, mut errors, mut stats } = loose;
    stats.resources = rendered.resources;
    let kept = std::mem::take(&mut rendered.kept);
    let judged = judge::judge(scene, &files, rendered);
    stats.resources += judged.resources;
    stats.rules = options.checks.len() as u32;
    ledger.extend(judged.gaps);
    accept(&mut ledger, &options.accepted_gaps);
    ledger.sort();
    ledger.dedup();
    errors.extend(judged.errors);
    let sources = sources(options, &files, &judged.findings, &tree);
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        targets: options
            .roots
            .iter()
            .map(|r| r.display().to_string())
            .chain(options.stdin.as_ref().map(|_| "-".to_owned()))
            .collect(),
        findings: judged.findings,
        ledger,
        tallies: judged.tallies,
        rules: checks::all().map(|c| &c.meta).collect(),
        framework: options.framework,
        notices: judged.notices,
        stats,
        fail_on: options.fail_on,
    };
    drop(tree);
    let paths = walked.files.into_iter().map(|f| (f.name, f.path)).collect();
    Scanned {
        report,
        sources,
        errors,
        files,
        rendered: kept,
        known_before: judged.known_before,
        baseline: judged.baseline,
        paths,
    }
}

/// The files that are judged as they stand, and what became of the others.
struct Loose {
    files: Vec<File>,
    ledger: Vec<LedgerRow>,
    errors: Vec<String>,
    stats: Stats,
}

fn read_all(options: &Options, tree: &FileTree<'_>, progress: &(dyn Fn(usize, usize) + Sync)) -> Loose {
    let found = tree.files();
    let around = Surroundings::new(found.iter().map(|f| f.name.clone()));
    let total = found.len();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let mut loaded: Vec<Loaded> = found
        .par_iter()
        .map(|found| {
            let one = load(found, options, &around, tree);
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            one
        })
        .collect();
    loaded.extend(options.stdin.as_ref().map(|bytes| stdin(bytes.clone(), &around)));
    let mut loose =
        Loose { files: Vec::new(), ledger: Vec::new(), errors: Vec::new(), stats: Stats::default() };
    for Loaded { found, outcome, bytes } in loaded {
        loose.stats.files += 1;
        loose.stats.bytes += bytes;
        match outcome {
            Ok(recognised) => {
                if found.asked {
                    let wrong = recognised.rows.iter().filter(|r| r.status == Status::Error);
                    loose.errors.extend(wrong.map(describe));
                }
                loose.ledger.extend(recognised.rows);
                loose.files.extend(recognised.file);
            }
            Err(why) => {
                let row = LedgerRow::gap(&found.name, None, Status::Error, "file", &why);
                loose.errors.extend(found.asked.then(|| describe(&row)));
                loose.ledger.push(row);
            }
        }
    }
    loose
}

impl Loose {
    /// Leaves out what is judged as part of an overlay, and what is only part of one that can't be built.
    fn set_apart(&mut self, consumed: &BTreeSet<Arc<str>>) {
        let stays = |name: &str| !consumed.contains(name) || crate::parts::is_kustomization(name);
        // A Dockerfile or Compose file that goes into a ConfigMap is still one, and judged as such.
        let objects = |file: &File| matches!(file.content, check::Content::Tree(_));
        self.files.retain(|file| !objects(file) || stays(file.source.name()));
        let kept: BTreeSet<Arc<str>> = self.files.iter().map(|file| file.source.name().clone()).collect();
        self.ledger
            .retain(|row| row.status != Status::Judged || stays(&row.file) || kept.contains(&row.file));
        let parts = crate::parts::partial(&self.files);
        self.ledger.retain(|row| row.status != Status::Judged || !parts.contains_key(&*row.file));
        let ledger = &mut self.ledger;
        self.files.retain(|file| match parts.get(file.source.name()) {
            Some(why) => {
                let mut row =
                    LedgerRow::gap(file.source.name(), None, Status::NotEvaluated, "kustomize-patch", why);
                row.hint = Some("see why its overlay can't be built, above".to_owned());
                ledger.push(row);
                false
            }
            None => true,
        });
    }
}

/// The texts that frames are cut from.
fn sources(options: &Options, files: &[File], findings: &[Finding], tree: &FileTree<'_>) -> Texts {
    let mut sources = Texts::default();
    for file in files {
        sources.texts.insert(file.source.name().clone(), file.source.clone());
        if let check::Content::Compose(project) = &file.content {
            for tree in project.trees() {
                sources.texts.insert(tree.source().name().clone(), tree.source().clone());
            }
        }
    }
    for finding in findings.iter().filter(|finding| finding.rendered.is_some()) {
        let related = finding.related.iter().map(|related| &related.location.file);
        let edited = finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.file);
        for name in std::iter::once(&finding.primary.file).chain(related).chain(edited) {
            sources.rendered.insert(name.clone());
            if sources.texts.contains_key(name) {
                continue;
            }
            let own = render::Files::read(tree, name).ok().flatten();
            let text = own.as_ref().and_then(render::Blob::text).or_else(|| options.rendering.given(name));
            sources.texts.extend(text.map(|text| (name.clone(), text.clone())));
        }
    }
    sources
}

fn describe(row: &LedgerRow) -> String {
    let hint = row.hint.as_ref().map_or(String::new(), |hint| format!("\n  hint: {hint}"));
    match (recognise::place_of(&row.reason), row.line) {
        (Some((message, at)), _) => format!("{}:{}:{}: {message}{hint}", row.file, at.line, at.column),
        (None, Some(line)) => format!("{}:{line}: {}{hint}", row.file, row.reason),
        (None, None) => format!("{}: {}{hint}", row.file, row.reason),
    }
}

fn load(found: &Found, options: &Options, around: &Surroundings, tree: &FileTree<'_>) -> Loaded {
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
        if let Ok(Some(blob)) = render::Files::read(tree, name) {
            return blob.text().cloned();
        }
        match read::read(&beside(name)?, options.max_file_size).ok()? {
            Text::Text(text) => Some(Arc::new(SourceText::new(name, text))),
            Text::Binary(..) => None,
        }
    };
    let mut bytes = 0;
    let outcome = tree.text(found).map(|text| match text {
        // Whoever names a file wants it judged, unless a shell's `*` has named it; and what goes by the name of
        // a manifest should be one.
        Err(kind) => {
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
        Ok(source) => {
            bytes = source.text().len() as u64;
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
        Text::Binary(..) => Err(Why::new(WhyCode::Malformed, "standard input is not text")),
        Text::Text(text) => {
            let source = Arc::new(SourceText::new("-", text));
            Ok(recognise::recognise(source, true, around, &|_| None))
        }
    });
    Loaded { found, outcome, bytes: length }
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
