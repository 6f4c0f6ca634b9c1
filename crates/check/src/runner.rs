//! Runs checks over an inventory.

use crate::kube::component::components;
use crate::kube::recognise::lacks_template;
use crate::kube::{Object, Pod};
use crate::out::Record;
use crate::{Check, Content, Cx, File, Inventory, Out, Settings, Subject, fingerprint};
use model::{Finding, LedgerRow, Range, Rank, Related, ResourceId, RuleTally, Status, Why, WhyCode};
use std::collections::HashMap;
use syntax::Node;
use syntax::compose::Service;

/// Checks bound to what they will judge. The work falls into [`Runner::units`] independent pieces, which the
/// caller may spread over threads; merged in order they give the same result whatever the spread.
#[derive(Debug)]
pub struct Runner<'a> {
    checks: Vec<&'static Check>,
    cx: Cx<'a>,
    /// Object checks by the kind they name, `*` among them.
    by_kind: HashMap<&'static str, Vec<usize>>,
    pods: Vec<usize>,
    containers: Vec<usize>,
    components: Vec<usize>,
    dockerfiles: Vec<usize>,
    services: Vec<usize>,
    whole: Vec<usize>,
    offer_fixes: bool,
}

/// What came of a run, or of a part of it.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// Faults, located and fingerprinted; not yet ranked, no exception applied.
    pub findings: Vec<Finding>,
    /// For each finding the number of the subject it is about: a subject is one thing judged by one check.
    pub subjects: Vec<u32>,
    /// How many numbers of subjects are taken.
    subject_count: u32,
    /// Subjects that a check could not judge.
    pub gaps: Vec<LedgerRow>,
    /// How each check fared, in the order of the checks given.
    pub tallies: Vec<RuleTally>,
    /// Bytes that may still be read again to prove fixes.
    proof_budget: usize,
}

/// Bytes that are read again at most to prove the fixes of one file. Proving costs a look at the document for
/// each fault, which a hostile document could make quadratic; past this, faults come without a fix.
const PROOF_BUDGET: usize = 64 * 1024 * 1024;

impl Verdicts {
    /// What stands before anything was judged by these checks.
    pub fn none(checks: &[&'static Check]) -> Self {
        let tally = |c: &&'static Check| RuleTally {
            rule: &c.meta,
            passed: 0,
            failed: 0,
            excepted: 0,
            not_evaluated: 0,
        };
        Self {
            findings: Vec::new(),
            subjects: Vec::new(),
            subject_count: 0,
            gaps: Vec::new(),
            tallies: checks.iter().map(tally).collect(),
            proof_budget: PROOF_BUDGET,
        }
    }

    /// Adds another part of the same run.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.subjects.extend(other.subjects.iter().map(|subject| subject + self.subject_count));
        self.subject_count += other.subject_count;
        self.gaps.extend(other.gaps);
        for (mine, theirs) in self.tallies.iter_mut().zip(&other.tallies) {
            mine.passed += theirs.passed;
            mine.failed += theirs.failed;
            mine.excepted += theirs.excepted;
            mine.not_evaluated += theirs.not_evaluated;
        }
        self
    }
}

impl<'a> Runner<'a> {
    /// Binds checks to an inventory.
    pub fn new(
        checks: impl IntoIterator<Item = &'static Check>,
        inventory: &'a Inventory<'a>,
        settings: &'a Settings,
    ) -> Self {
        let mut runner = Self {
            checks: checks.into_iter().collect(),
            cx: Cx { inventory, settings },
            by_kind: HashMap::new(),
            pods: Vec::new(),
            containers: Vec::new(),
            components: Vec::new(),
            dockerfiles: Vec::new(),
            services: Vec::new(),
            whole: Vec::new(),
            offer_fixes: true,
        };
        for (index, check) in runner.checks.iter().enumerate() {
            match check.subject {
                Subject::Object(kinds, _) => {
                    for kind in kinds {
                        let kind = kind.split_once('.').map_or(*kind, |(kind, _)| kind);
                        let indexes = runner.by_kind.entry(kind).or_default();
                        if indexes.last() != Some(&index) {
                            indexes.push(index);
                        }
                    }
                }
                Subject::Pod(_) => runner.pods.push(index),
                Subject::Container(_) => runner.containers.push(index),
                Subject::Component(..) => runner.components.push(index),
                Subject::Dockerfile(_) => runner.dockerfiles.push(index),
                Subject::Service(_) => runner.services.push(index),
                Subject::Inventory(..) => runner.whole.push(index),
            }
        }
        runner
    }

    /// Leaves out fixes, which cost a second look at each fault that has one.
    #[must_use]
    pub fn without_fixes(mut self) -> Self {
        self.offer_fixes = false;
        self
    }

    /// Number of independent pieces: one for each file, and one for each check over the whole inventory.
    pub fn units(&self) -> usize {
        self.cx.inventory.files().len() + self.whole.len()
    }

    /// What stands before any piece of the work is done.
    pub fn nothing(&self) -> Verdicts {
        Verdicts::none(&self.checks)
    }

    /// Does one piece of the work and adds what came of it. A number past the end does nothing.
    #[must_use]
    pub fn judge(&self, mut verdicts: Verdicts, unit: usize) -> Verdicts {
        verdicts.proof_budget = PROOF_BUDGET;
        let files = self.cx.inventory.files();
        if let Some(file) = files.get(unit) {
            self.judge_file(unit, file, &mut verdicts);
        } else if let Some(index) = self.whole.get(unit - files.len()) {
            self.judge_whole(*index, &mut verdicts);
        }
        verdicts
    }

    /// Does all the work on the calling thread.
    pub fn judge_all(&self) -> Verdicts {
        (0..self.units()).fold(self.nothing(), |verdicts, unit| self.judge(verdicts, unit))
    }

    /// Judges one object by the checks on objects, pods and containers, for views of single workloads.
    pub fn judge_object_alone(&self, object: &Object<'a>) -> Verdicts {
        let mut verdicts = Verdicts::none(&self.checks);
        self.judge_object(object, &mut verdicts);
        verdicts
    }

    fn judge_file(&self, unit: usize, file: &'a File, verdicts: &mut Verdicts) {
        match &file.content {
            Content::Tree(_) => {
                for object in self.cx.inventory.objects_of(unit) {
                    self.judge_object(object, verdicts);
                }
            }
            Content::Dockerfile(dockerfile) => {
                let id = ResourceId {
                    provider: "dockerfile".to_owned(),
                    kind: "Dockerfile".to_owned(),
                    namespace: String::new(),
                    name: file.source.name().to_string(),
                };
                for index in &self.dockerfiles {
                    self.run(*index, &id, None, &[], verdicts, |subject, cx, out| {
                        if let Subject::Dockerfile(judge) = subject {
                            judge(dockerfile, cx, out);
                        }
                    });
                }
            }
            Content::Compose(project) => {
                for service in project.services() {
                    let id = ResourceId {
                        provider: "compose".to_owned(),
                        kind: "Service".to_owned(),
                        namespace: String::new(),
                        name: service.name().to_owned(),
                    };
                    self.judge_service(service, &id, verdicts);
                }
            }
        }
    }

    fn judge_service(&self, service: Service<'a>, id: &ResourceId, verdicts: &mut Verdicts) {
        let open = service.root().may_be_elsewhere();
        if let (Some(why), false) = (open, self.services.is_empty()) {
            // One row for all checks: each of them may miss what the service inherits.
            let location = service.node().location();
            let line = Some(location.range.start.line);
            let row = LedgerRow::gap(&location.file, line, Status::NotEvaluated, &id.provider, why);
            verdicts.gaps.push(row);
        }
        for index in &self.services {
            let Some(Check { subject: Subject::Service(judge), .. }) = self.checks.get(*index) else {
                continue;
            };
            let mut out = Out::default();
            judge(service, &self.cx, &mut out);
            let mut record = out.records.pop().unwrap_or_default();
            record.resource = id.clone();
            record.unknown.retain(|(_, why)| Some(why) != open);
            if open.is_some() && record.drafts.is_empty() && record.unknown.is_empty() {
                if let Some(tally) = verdicts.tallies.get_mut(*index) {
                    tally.not_evaluated += 1;
                }
            } else {
                self.settle(*index, record, None, &[], verdicts);
            }
        }
    }

    fn judge_object(&self, object: &Object<'a>, verdicts: &mut Verdicts) {
        let pods = self.cx.inventory.pods_of(object);
        let id = object.id();
        for kind in [object.kind, "*"] {
            for index in self.by_kind.get(kind).into_iter().flatten() {
                let Some(Check { subject: Subject::Object(kinds, judge), .. }) = self.checks.get(*index)
                else {
                    continue;
                };
                if object.is_any(kinds) {
                    self.run(*index, &id, Some(object), pods, verdicts, |_, cx, out| judge(object, cx, out));
                }
            }
        }
        if !self.components.is_empty() {
            for component in components(object, pods) {
                for index in &self.components {
                    let Some(Check { subject: Subject::Component(programs, judge), .. }) =
                        self.checks.get(*index)
                    else {
                        continue;
                    };
                    if programs.contains(&component.program) {
                        self.run(*index, &id, Some(object), pods, verdicts, |_, cx, out| {
                            judge(&component, cx, out);
                        });
                    }
                }
            }
        }
        self.note_lacking_template(object, verdicts);
        // A pod without a spec has nothing that could be judged.
        for pod in pods.iter().filter(|pod| pod.spec().is_map()) {
            for index in &self.pods {
                self.run(*index, &id, Some(object), pods, verdicts, |subject, cx, out| {
                    if let Subject::Pod(judge) = subject {
                        judge(pod, cx, out);
                    }
                });
            }
            self.note_unreadable_containers(pod, verdicts);
            for index in &self.containers {
                for container in pod.containers() {
                    self.run(*index, &id, Some(object), pods, verdicts, |subject, cx, out| {
                        if let Subject::Container(judge) = subject {
                            judge(&container, cx, out);
                        }
                    });
                }
            }
        }
    }

    /// Checks of pods never run on a workload whose template is a string, a list or not there.
    fn note_lacking_template(&self, object: &Object<'a>, verdicts: &mut Verdicts) {
        let Some((place, what)) = lacks_template(object) else { return };
        let state = if place.is_set() { "is none that can be read" } else { "is missing" };
        let detail = format!("`{what}`, the pod of this {}, {state}", object.kind);
        let place = if place.exists() { place } else { object.head() };
        let of_pods: Vec<usize> = self.pods.iter().chain(&self.containers).copied().collect();
        self.not_run(&of_pods, place, detail, verdicts);
    }

    /// Checks of containers never run where the list of containers, or an item of it, is a template or of the
    /// wrong type.
    fn note_unreadable_containers(&self, pod: &Pod<'a>, verdicts: &mut Verdicts) {
        for key in ["initContainers", "containers", "ephemeralContainers"] {
            let list = pod.spec().get(key);
            if list.is_set() && !list.is_seq() {
                let detail = format!("`{key}` should be a list, but is none");
                self.not_run(&self.containers, list, detail, verdicts);
            }
            for item in list.items().filter(|item| !item.is_map()) {
                let detail = format!("an item of `{key}` should be a container, but is no mapping");
                self.not_run(&self.containers, item, detail, verdicts);
            }
        }
    }

    /// Notes that checks could not run at all for want of something at `place`.
    fn not_run(&self, checks: &[usize], place: Node<'a>, detail: String, verdicts: &mut Verdicts) {
        let location = place.location();
        let line = Some(location.range.start.line);
        let why = Why::new(WhyCode::Malformed, detail);
        let row = LedgerRow::gap(&location.file, line, Status::NotEvaluated, "kubernetes", &why);
        let rules = checks.iter().filter_map(|i| Some(self.checks.get(*i)?.meta.id.to_owned())).collect();
        verdicts.gaps.push(LedgerRow { rules, ..row });
        for index in checks {
            if let Some(tally) = verdicts.tallies.get_mut(*index) {
                tally.not_evaluated += 1;
            }
        }
    }

    fn judge_whole(&self, index: usize, verdicts: &mut Verdicts) {
        let Some(Check { subject: Subject::Inventory(needs, judge), meta }) = self.checks.get(index) else {
            return;
        };
        let inventory = self.cx.inventory;
        let lacking = needs.iter().find(|kind| inventory.of_kind(kind).next().is_none());
        if let (false, Some(kind), Some(first)) =
            (self.cx.settings.complete, lacking, inventory.objects().first())
        {
            let why = Why::new(
                WhyCode::MissingInput,
                format!("no {kind} is part of the input, which is known to be partial"),
            );
            let file = first.root.tree().source().name();
            let row = LedgerRow::gap(file, None, Status::NotEvaluated, "kubernetes", &why);
            verdicts.gaps.push(LedgerRow { rules: vec![meta.id.to_owned()], ..row });
            if let Some(tally) = verdicts.tallies.get_mut(index) {
                tally.not_evaluated += 1;
            }
            return;
        }
        let mut out = Out::default();
        judge(&self.cx, &mut out);
        for record in out.records {
            self.settle(index, record, None, &[], verdicts);
        }
    }

    fn run(
        &self,
        index: usize,
        id: &ResourceId,
        object: Option<&Object<'a>>,
        pods: &[Pod<'a>],
        verdicts: &mut Verdicts,
        judge: impl FnOnce(&'static Subject, &Cx<'a>, &mut Out<'a>),
    ) {
        let Some(check) = self.checks.get(index) else { return };
        let mut out = Out::default();
        judge(&check.subject, &self.cx, &mut out);
        if out.records.is_empty() {
            if let Some(tally) = verdicts.tallies.get_mut(index) {
                tally.passed += 1;
            }
            return;
        }
        for mut record in out.records {
            if record.resource == ResourceId::default() {
                record.resource = id.clone();
            }
            self.settle(index, record, object, pods, verdicts);
        }
    }

    /// Turns what a check said of one subject into findings, gaps and counts.
    fn settle(
        &self,
        index: usize,
        record: Record<'a>,
        object: Option<&Object<'a>>,
        pods: &[Pod<'a>],
        verdicts: &mut Verdicts,
    ) {
        let (Some(check), Some(tally)) = (self.checks.get(index), verdicts.tallies.get_mut(index)) else {
            return;
        };
        match (record.drafts.is_empty(), record.unknown.is_empty()) {
            (false, _) => tally.failed += 1,
            (true, false) => tally.not_evaluated += 1,
            (true, true) if record.not_applicable => return,
            (true, true) => tally.passed += 1,
        }
        for (place, why) in &record.unknown {
            let location = place.location();
            let line = Some(location.range.start.line);
            let kind = &record.resource.provider;
            let row = LedgerRow::gap(&location.file, line, Status::NotEvaluated, kind, why);
            verdicts.gaps.push(LedgerRow { rules: vec![check.meta.id.to_owned()], ..row });
        }
        verdicts.subject_count += 1;
        let mut known: HashMap<String, Vec<Range>> = HashMap::new();
        let identity = object.map_or_else(|| record.resource.clone(), fingerprint::identity);
        for draft in record.drafts {
            let route = if draft.key.is_empty() {
                fingerprint::route(&draft.place, object, pods)
            } else {
                draft.key.clone()
            };
            let name = if identity.provider == "dockerfile" { "" } else { identity.name.as_str() };
            let fingerprint = fingerprint::digest(&[
                check.meta.id,
                &identity.provider,
                &identity.kind,
                &identity.namespace,
                name,
                &route,
            ]);
            let primary = draft.place.location();
            let ranges = known.entry(fingerprint.clone()).or_default();
            if ranges.contains(&primary.range) {
                continue;
            }
            ranges.push(primary.range);
            let related = draft
                .related
                .iter()
                .map(|(place, label)| Related {
                    location: place.location(),
                    label: label.clone(),
                    role: model::Role::Evidence,
                })
                .collect();
            let plan = draft.plan.as_ref().filter(|_| self.offer_fixes);
            let budget = &mut verdicts.proof_budget;
            let fix = plan.and_then(|plan| {
                crate::fix::prove(check, plan, &draft.place, &fingerprint, &self.cx, budget)
            });
            verdicts.subjects.push(verdicts.subject_count - 1);
            verdicts.findings.push(Finding {
                rule: &check.meta,
                severity: draft.severity.unwrap_or(check.meta.severity),
                confidence: draft.confidence.unwrap_or(check.meta.confidence),
                resource: record.resource.clone(),
                primary,
                related,
                message: named(draft.message, &record.resource.name),
                fixes: fix.into_iter().collect(),
                fingerprint,
                rank: Rank::default(),
                exception: None,
                rendered: None,
            });
        }
    }
}

/// A message about a resource that has no name, without the empty quotes in its place.
fn named(message: String, name: &str) -> String {
    if name.is_empty() && message.contains(" ``") {
        message.replace(" ``", " without a name")
    } else {
        message
    }
}
