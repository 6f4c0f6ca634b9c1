//! Which finding an exception covers.

use super::{Aliases, comments, parse};
use crate::{File, Inventory, Object};
use globset::{GlobBuilder, GlobMatcher};
use model::{Exception, ExceptionSource, Finding, Location, Notice, NoticeKind, Role, Scope, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use syntax::SourceText;

/// Where an exception holds.
#[derive(Clone, Debug)]
pub enum Region {
    /// Anywhere.
    Everywhere,
    /// In one file.
    File(Arc<str>),
    /// Where a finding's primary place begins within these bytes of a file.
    Bytes(Arc<str>, Span),
    /// In the scope given in the configuration.
    Globs {
        /// Over file paths.
        path: Option<GlobMatcher>,
        /// Over `namespace/Kind/name`.
        resource: Option<GlobMatcher>,
    },
}

/// An exception with its reach.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    exception: Exception,
    region: Region,
    used: bool,
}

impl Entry {
    pub(super) fn new(exception: Exception, region: Region) -> Self {
        Self { exception, region, used: false }
    }
}

/// All exceptions of a run.
#[derive(Debug, Default)]
pub struct Exceptions {
    entries: Vec<Entry>,
    notices: Vec<Notice>,
}

impl Exceptions {
    /// Reads what stands in the files: comments and annotations.
    pub fn collect(inventory: &Inventory<'_>, aliases: &Aliases) -> Self {
        let mut all = Self::default();
        for file in inventory.files() {
            all.read_file(file, aliases);
        }
        for object in inventory.objects() {
            all.read_annotations(object, aliases);
        }
        all
    }

    /// Reads the annotations of objects alone, for rendered objects, whose comments stand in templates.
    pub fn annotations(inventory: &Inventory<'_>, aliases: &Aliases) -> Self {
        let mut all = Self::default();
        for object in inventory.objects() {
            all.read_annotations(object, aliases);
        }
        all
    }

    /// False if no exception can stand in the comments of a text.
    pub fn may_be_in(text: &str) -> bool {
        comments::is_interesting(text)
    }

    /// Adds what stands in the comments of a template, in its own form or in that of the text it writes.
    pub fn read_template(&mut self, source: &Arc<SourceText>, aliases: &Aliases) {
        comments::read_template(source, aliases, self);
    }

    /// Adds what stands in the comments of a file.
    pub fn read_file(&mut self, file: &File, aliases: &Aliases) {
        comments::read(file, aliases, self);
    }

    /// Adds one from the configuration. `Err` says which part of its scope can't be understood.
    pub fn configure(&mut self, exception: Exception, aliases: &Aliases) -> Result<(), String> {
        if let Some(until) = &exception.until
            && !parse::is_date(until)
        {
            return Err(format!("`until = \"{until}\"` is not a date; write it as \"2027-01-31\""));
        }
        let glob = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => GlobBuilder::new(text)
                .literal_separator(true)
                .build()
                .map(|g| Some(g.compile_matcher()))
                .map_err(|e| format!("`{text}` is not a pattern: {e}")),
        };
        let resource = exception.scope.resource.as_ref().map(|text| match text.matches('/').count() {
            1 => format!("*/{text}"),
            _ => text.clone(),
        });
        let region = Region::Globs { path: glob(&exception.scope.path)?, resource: glob(&resource)? };
        self.add(Entry::new(exception, region), aliases);
        Ok(())
    }

    pub(super) fn add(&mut self, entry: Entry, aliases: &Aliases) {
        let rule = &entry.exception.rule;
        if rule != "*" && !aliases.is_rule(rule) {
            let near = aliases.nearest(rule).map_or(String::new(), |id| format!("; did you mean `{id}`?"));
            let message = format!("the exception names `{rule}`, which is no rule{near}");
            self.notice(NoticeKind::NotUnderstood, message, entry.exception.location);
            return;
        }
        self.entries.push(entry);
    }

    #[expect(clippy::too_many_arguments, reason = "one call with everything a foreign exception can say")]
    pub(super) fn foreign(
        &mut self,
        tool: &str,
        id: &str,
        reason: Option<&str>,
        until: Option<&str>,
        location: Location,
        region: Region,
        aliases: &Aliases,
    ) {
        let rules = aliases.rules(tool, id);
        if rules.is_empty() {
            let message = format!("the {tool} exception for `{}` has no counterpart here", id.trim());
            return self.notice(NoticeKind::NotUnderstood, message, location);
        }
        // A day that is none would never come.
        if let Some(day) = until.filter(|day| !parse::is_date(day)) {
            let message =
                format!("the {tool} exception runs out on `{day}`, which is not a date (2027-01-31)");
            return self.notice(NoticeKind::NotUnderstood, message, location);
        }
        for rule in rules {
            let exception = Exception {
                rule: (*rule).to_owned(),
                scope: Scope::default(),
                owner: None,
                reason: reason.map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned),
                until: until.map(str::to_owned),
                source: ExceptionSource::Foreign(tool.to_owned()),
                location: location.clone(),
            };
            self.entries.push(Entry::new(exception, region.clone()));
        }
    }

    pub(super) fn notice(&mut self, kind: NoticeKind, message: String, location: Location) {
        self.notices.push(Notice { kind, message, location });
    }

    fn read_annotations(&mut self, object: &Object<'_>, aliases: &Aliases) {
        let file = object.root.tree().source().name().clone();
        let region = Region::Bytes(file, object.root.span());
        for (key, value) in object.annotations().entries() {
            let location = value.location();
            let text = value.scalar().unwrap_or("");
            if let Some(rule) = key.strip_prefix("allow.holdfast.dev/") {
                self.annotation(rule, text, location, region.clone(), aliases);
            } else if key.starts_with("checkov.io/skip") || key.starts_with("bridgecrew.io/skip") {
                let (id, reason) = text.split_once('=').unwrap_or((text, ""));
                self.foreign("checkov", id, Some(reason), None, location, region.clone(), aliases);
            } else if let Some(id) = key.strip_prefix("ignore-check.kube-linter.io/") {
                self.foreign("kube-linter", id, Some(text), None, location, region.clone(), aliases);
            } else if key == "kube-linter.io/ignore-all" {
                let message = "kube-linter's ignore-all is not honoured: name the rules".to_owned();
                self.notice(NoticeKind::NotUnderstood, message, location);
            } else if key == "kube-score/ignore" {
                for id in text.split(',').filter(|id| !id.trim().is_empty()) {
                    self.foreign("kube-score", id, None, None, location.clone(), region.clone(), aliases);
                }
            }
        }
    }

    fn annotation(&mut self, rule: &str, text: &str, location: Location, region: Region, aliases: &Aliases) {
        let terms = if text.contains('=') { parse::terms(text) } else { Ok(parse::Terms::default()) };
        let terms = match terms {
            Ok(terms) => terms,
            Err(why) => return self.notice(NoticeKind::NotUnderstood, why, location),
        };
        let free = (!text.contains('=') && !text.trim().is_empty()).then(|| text.trim().to_owned());
        let exception = Exception {
            rule: rule.to_owned(),
            scope: Scope::default(),
            owner: terms.owner,
            reason: terms.reason.or(free),
            until: terms.until,
            source: ExceptionSource::Annotation,
            location,
        };
        self.add(Entry::new(exception, region), aliases);
    }

    /// Marks the findings that an exception covers and returns a word about every exception that has run out,
    /// matched nothing though its rule ran, or was not understood. `today` is `YYYY-MM-DD`.
    pub fn apply(mut self, findings: &mut [Finding], ran: &HashSet<&str>, today: &str) -> Vec<Notice> {
        let mut expired = Vec::new();
        self.entries.retain(|entry| {
            let over = entry.exception.until.as_deref().is_some_and(|until| until < today);
            if over {
                expired.push(entry.exception.clone());
            }
            !over
        });
        let index = Index::new(&self.entries);
        let mut used = Vec::new();
        for finding in findings {
            used.clear();
            index.covering(&self.entries, finding, &mut used);
            for position in &used {
                let Some(entry) = self.entries.get_mut(*position) else { continue };
                entry.used = true;
                if finding.exception.is_none() {
                    finding.exception = Some(entry.exception.clone());
                }
            }
        }
        for exception in expired {
            let until = exception.until.as_deref().unwrap_or("");
            let message = format!("the exception for `{}` ran out on {until}", exception.rule);
            self.notices.push(Notice { kind: NoticeKind::Expired, message, location: exception.location });
        }
        // One foreign id may stand for several rules here; it is used if any of them is.
        let used: HashSet<&Location> =
            self.entries.iter().filter(|e| e.used).map(|e| &e.exception.location).collect();
        for Entry { exception, .. } in self.entries.iter().filter(|e| !e.used) {
            let sibling =
                matches!(exception.source, ExceptionSource::Foreign(_)) && used.contains(&exception.location);
            let judged = exception.rule == "*" || ran.contains(exception.rule.as_str());
            if judged && !sibling {
                let message = format!("the exception for `{}` matches no finding", exception.rule);
                let location = exception.location.clone();
                self.notices.push(Notice { kind: NoticeKind::Unused, message, location });
            }
        }
        self.notices.sort_by(|a, b| (&a.location, &a.message).cmp(&(&b.location, &b.message)));
        self.notices.dedup();
        self.notices
    }
}

/// Start, the furthest end of this and all before it, and position of an exception for bytes of a file.
type Reaching = (u32, u32, usize);

/// Where to look for the exceptions that may cover a finding, so that many of both cost no more than their sum.
struct Index {
    /// Those for bytes of a file, by rule and file, in order.
    by_bytes: HashMap<(String, Arc<str>), Vec<Reaching>>,
    /// All others by rule.
    by_rule: HashMap<String, Vec<usize>>,
}

impl Index {
    fn new(entries: &[Entry]) -> Self {
        let mut index = Self { by_bytes: HashMap::new(), by_rule: HashMap::new() };
        for (position, entry) in entries.iter().enumerate() {
            let rule = entry.exception.rule.clone();
            match &entry.region {
                Region::Bytes(file, span) => {
                    let end = span.end.max(span.start + 1);
                    index.by_bytes.entry((rule, file.clone())).or_default().push((span.start, end, position));
                }
                Region::Everywhere | Region::File(_) | Region::Globs { .. } => {
                    index.by_rule.entry(rule).or_default().push(position);
                }
            }
        }
        for spans in index.by_bytes.values_mut() {
            spans.sort_unstable();
            let mut furthest = 0;
            for (_, end, _) in spans.iter_mut() {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        index
    }

    /// Positions of the exceptions that cover a finding: those of its rule before those of all, in order.
    fn covering(&self, entries: &[Entry], finding: &Finding, into: &mut Vec<usize>) {
        for rule in [finding.rule.id, "*"] {
            let from = into.len();
            let covers = |i: &&usize| entries.get(**i).is_some_and(|entry| covers(entry, finding));
            for place in places(finding) {
                let at = place.span.start;
                let spans = self.by_bytes.get(&(rule.to_owned(), place.file.clone()));
                let spans = spans.map_or(&[][..], Vec::as_slice);
                let before =
                    spans.get(..spans.partition_point(|(start, ..)| *start <= at)).unwrap_or_default();
                let near = before.iter().rev().take_while(|(_, furthest, _)| *furthest > at).map(|(.., i)| i);
                into.extend(near.filter(covers));
            }
            let others = self.by_rule.get(rule).into_iter().flatten();
            into.extend(others.filter(covers));
            if let Some(new) = into.get_mut(from..) {
                new.sort_unstable();
            }
        }
    }
}

/// Places that an exception beside them speaks for: where the fault stands, and, in rendered objects, the lines
/// it was made from.
fn places(finding: &Finding) -> impl Iterator<Item = &Location> {
    let made_from = |role| matches!(role, Role::Template | Role::Value | Role::Include);
    let further = finding.related.iter().filter(move |related| made_from(related.role));
    std::iter::once(&finding.primary).chain(further.map(|related| &related.location))
}

fn covers(entry: &Entry, finding: &Finding) -> bool {
    let exception = &entry.exception;
    if exception.rule != "*" && exception.rule != finding.rule.id {
        return false;
    }
    if exception.scope.fingerprint.as_ref().is_some_and(|f| *f != finding.fingerprint) {
        return false;
    }
    match &entry.region {
        Region::Everywhere => true,
        Region::File(file) => finding.primary.file == *file,
        Region::Bytes(file, span) => {
            let within = |place: &Location| {
                let at = place.span.start;
                place.file == *file && span.start <= at && at < span.end.max(span.start + 1)
            };
            places(finding).any(within)
        }
        Region::Globs { path, resource } => {
            let id = &finding.resource;
            let whole = format!("{}/{}/{}", id.namespace, id.kind, id.name);
            path.as_ref().is_none_or(|glob| glob.is_match(&*finding.primary.file))
                && resource
                    .as_ref()
                    .is_none_or(|glob| glob.is_match(whole.trim_start_matches('/')) || glob.is_match(&whole))
        }
    }
}
