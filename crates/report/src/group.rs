//! Findings sorted and gathered for people, and the counts that go over them.

use crate::style::DOWNWARDS;
use crate::{Report, escape};
use model::{Area, Confidence, Finding, LedgerRow, Safety, Severity, Status, WhyCode};
use std::collections::HashMap;

/// Findings of one rule in one file, most urgent first; there is at least one.
#[derive(Debug)]
pub struct Block<'a> {
    /// The most urgent of them, which is shown in full.
    pub first: &'a Finding,
    /// The others.
    pub more: Vec<&'a Finding>,
}

impl<'a> Block<'a> {
    /// All findings of the block.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    /// The worst severity among them.
    pub fn severity(&self) -> Severity {
        self.findings().map(|f| f.severity).max().unwrap_or(self.first.severity)
    }
}

/// The blocks of one file.
#[derive(Debug)]
pub struct FileGroup<'a> {
    /// The file.
    pub file: &'a str,
    /// Most urgent first.
    pub blocks: Vec<Block<'a>>,
}

/// The files of one of the four Cs.
#[derive(Debug)]
pub struct AreaGroup<'a> {
    /// Which one.
    pub area: Area,
    /// The file with the most urgent finding first.
    pub files: Vec<FileGroup<'a>>,
}

/// Findings in order of urgency: by rank, then severity, then place. The order is total, so that a report
/// does not depend on the order in which findings were made.
pub fn by_urgency<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<&'a Finding> {
    let mut sorted: Vec<&Finding> = findings.into_iter().collect();
    sorted.sort_by(|a, b| {
        (b.rank.score.cmp(&a.rank.score))
            .then_with(|| b.severity.cmp(&a.severity))
            .then_with(|| a.primary.file.cmp(&b.primary.file))
            .then_with(|| a.primary.span.cmp(&b.primary.span))
            .then_with(|| a.rule.id.cmp(b.rule.id))
            .then_with(|| a.resource.cmp(&b.resource))
            .then_with(|| a.fingerprint.cmp(&b.fingerprint))
    });
    sorted
}

/// Gathers findings that are in order of urgency into blocks, in the order of their most urgent findings.
pub fn blocks<'a>(sorted: &[&'a Finding]) -> Vec<Block<'a>> {
    let mut index: HashMap<(&str, &str), usize> = HashMap::with_capacity(sorted.len());
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for &finding in sorted {
        let at = *index.entry((finding.rule.id, &finding.primary.file)).or_insert(blocks.len());
        match blocks.get_mut(at) {
            Some(block) => block.more.push(finding),
            None => blocks.push(Block { first: finding, more: Vec::new() }),
        }
    }
    blocks
}

/// Sorts blocks by area and file, keeping their order within; an area or file stands where its first does.
pub fn by_area(blocks: Vec<Block<'_>>) -> Vec<AreaGroup<'_>> {
    let mut areas: Vec<AreaGroup<'_>> = Vec::new();
    let mut files: HashMap<(Area, &str), usize> = HashMap::new();
    for block in blocks {
        let area = block.first.rule.area;
        let at = areas.iter().position(|g| g.area == area).unwrap_or_else(|| {
            areas.push(AreaGroup { area, files: Vec::new() });
            areas.len() - 1
        });
        let Some(group) = areas.get_mut(at) else { continue };
        let file: &str = &block.first.primary.file;
        let at = *files.entry((area, file)).or_insert(group.files.len());
        match group.files.get_mut(at) {
            Some(known) => known.blocks.push(block),
            None => group.files.push(FileGroup { file, blocks: vec![block] }),
        }
    }
    areas
}

/// What a summary states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open findings.
    pub open: usize,
    /// Findings that an exception covers.
    pub excepted: usize,
    /// Open findings by area (in the order of [`Area::ALL`]) and severity (from critical down).
    pub matrix: [[usize; 5]; 4],
    /// Open findings with a fix that is safe.
    pub safe_fixes: usize,
    /// Open findings with a fix, safe or not.
    pub fixes: usize,
    /// Ledger rows that are gaps.
    pub gaps: usize,
}

impl Counts {
    /// Counts a report in one pass.
    pub fn of(report: &Report) -> Self {
        let mut counts = Self::default();
        for finding in &report.findings {
            if finding.exception.is_some() {
                counts.excepted += 1;
                continue;
            }
            counts.open += 1;
            counts.fixes += usize::from(!finding.fixes.is_empty());
            counts.safe_fixes += usize::from(finding.fixes.iter().any(|f| f.safety == Safety::Safe));
            let area = Area::ALL.iter().position(|a| *a == finding.rule.area);
            let severity = DOWNWARDS.iter().position(|s| *s == finding.severity);
            if let (Some(area), Some(severity)) = (area, severity)
                && let Some(cell) = counts.matrix.get_mut(area).and_then(|row| row.get_mut(severity))
            {
                *cell += 1;
            }
        }
        counts.gaps = report.ledger.iter().filter(|r| r.status.is_gap()).count();
        counts
    }

    /// Open findings by severity, from critical down.
    pub fn severities(&self) -> impl Iterator<Item = (Severity, usize)> + '_ {
        DOWNWARDS
            .iter()
            .enumerate()
            .map(|(i, s)| (*s, self.matrix.iter().map(|row| row.get(i).copied().unwrap_or(0)).sum()))
    }

    /// Open findings by area.
    pub fn areas(&self) -> impl Iterator<Item = (Area, usize)> + '_ {
        Area::ALL.iter().zip(&self.matrix).map(|(a, row)| (*a, row.iter().sum()))
    }
}

/// Gaps of one kind.
#[derive(Debug)]
pub struct GapGroup<'a> {
    /// The kind of reason; `None` for gaps that state none.
    pub code: Option<WhyCode>,
    /// The gaps, in the order of the ledger; there is at least one.
    pub rows: Vec<&'a LedgerRow>,
}

/// The gaps of a report by kind of reason, errors first, then the most frequent.
pub fn gaps(report: &Report) -> Vec<GapGroup<'_>> {
    let mut groups: Vec<GapGroup<'_>> = Vec::new();
    for row in report.ledger.iter().filter(|r| r.status.is_gap()) {
        match groups.iter_mut().find(|g| g.code == row.code) {
            Some(group) => group.rows.push(row),
            None => groups.push(GapGroup { code: row.code, rows: vec![row] }),
        }
    }
    groups.sort_by_key(|g| {
        let errors = g.rows.iter().any(|r| r.status == Status::Error);
        (!errors, std::cmp::Reverse(g.rows.len()), g.code)
    });
    groups
}

/// A kind of reason in a few words.
pub const fn gap_title(code: Option<WhyCode>) -> &'static str {
    match code {
        Some(WhyCode::Unresolved) => "values only known later",
        Some(WhyCode::Malformed) => "broken input",
        Some(WhyCode::MissingInput) => "other files needed",
        Some(WhyCode::Unsupported) => "not supported yet",
        Some(WhyCode::Limit) => "over a limit",
        Some(WhyCode::Unreadable) => "not readable",
        None => "not judged",
    }
}

/// The word of a kind of reason, as in the JSON report.
pub const fn gap_word(code: Option<WhyCode>) -> &'static str {
    match code {
        Some(WhyCode::Unresolved) => "unresolved",
        Some(WhyCode::Malformed) => "malformed",
        Some(WhyCode::MissingInput) => "missing-input",
        Some(WhyCode::Unsupported) => "unsupported",
        Some(WhyCode::Limit) => "limit",
        Some(WhyCode::Unreadable) => "unreadable",
        None => "not-evaluated",
    }
}

/// Why a finding stands where it does, as sentences on one line: the reason of the severity, those of the rank,
/// and a word of doubt where there is one. Safe to print.
pub fn why(finding: &Finding) -> String {
    reasons(escape::visible(finding.rule.severity_reason).into_owned(), finding)
}

/// The same without the rule's own reason: only what moved the rank here, and how sure the check is. Empty if
/// there is nothing of the sort.
pub fn why_here(finding: &Finding) -> String {
    reasons(String::new(), finding)
}

fn reasons(mut text: String, finding: &Finding) -> String {
    let ended = |text: &str| text.is_empty() || text.ends_with(['.', '!', '?']);
    for reason in &finding.rank.reasons {
        let reason = escape::visible(reason);
        let mut letters = reason.chars();
        let Some(first) = letters.next() else { continue };
        if !text.is_empty() {
            text.push_str(if ended(&text) { " " } else { ". " });
        }
        text.extend(first.to_uppercase());
        text.push_str(letters.as_str());
    }
    if !ended(&text) {
        text.push('.');
    }
    let doubt = match finding.confidence {
        Confidence::High => "",
        Confidence::Medium => "Something outside these files may say otherwise.",
        Confidence::Low => "This is a heuristic: look before acting.",
    };
    if !doubt.is_empty() && !text.is_empty() {
        text.push(' ');
    }
    text.push_str(doubt);
    text
}

/// A number and its noun, in the plural where that is right: `3 files`.
pub fn plural(n: usize, noun: &str) -> String {
    match (n, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{n} {stem}ies"),
        _ => format!("{n} {noun}s"),
    }
}

/// What to say of a run without open findings, without a full stop. It is an all clear only where something was
/// judged and nothing was left out: see [`is_all_clear`].
pub fn clean(report: &Report, counts: &Counts) -> String {
    match (report.stats.resources, counts.gaps) {
        (0, 0) => "nothing was judged: there is nothing here that a check is about".to_owned(),
        (0, gaps) => format!("nothing could be judged; {}", plural(gaps, "gap")),
        (_, 0) => "no findings".to_owned(),
        (_, gaps) => format!("no findings in what could be judged; {}", plural(gaps, "gap")),
    }
}

/// True if there is nothing to worry about: something was judged, all of it, and nothing was found.
pub const fn is_all_clear(report: &Report, counts: &Counts) -> bool {
    counts.open == 0 && counts.gaps == 0 && report.stats.resources > 0
}

/// One sentence on the outcome of a run, without a full stop.
pub fn verdict(report: &Report, counts: &Counts) -> String {
    let gaps = if counts.gaps == 0 { String::new() } else { format!(", {}", plural(counts.gaps, "gap")) };
    if counts.open == 0 {
        return clean(report, counts);
    }
    let mut parts = Vec::new();
    for (severity, n) in counts.severities().filter(|(_, n)| *n > 0) {
        parts.push(format!("{n} {severity}"));
    }
    let verb = if report.fails() { "; fails the threshold" } else { "" };
    format!("{} ({}){gaps}{verb}", plural(counts.open, "finding"), parts.join(", "))
}
