//! Where a check says what it found.

use crate::{Object, Plan};
use model::{Confidence, Location, ResourceId, Severity, Span, Val, Why};
use std::sync::Arc;
use syntax::{Node, SourceText};

/// Where a fault stands.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// At a node of a tree, or the nearest ancestor of a missing one.
    Node(Node<'a>),
    /// At bytes of a source that has no tree.
    Span(&'a Arc<SourceText>, Span),
}

impl<'a> From<Node<'a>> for Place<'a> {
    fn from(node: Node<'a>) -> Self {
        Self::Node(node)
    }
}

impl<'a> From<&Object<'a>> for Place<'a> {
    fn from(object: &Object<'a>) -> Self {
        Self::Node(object.head())
    }
}

impl<'a> From<syntax::compose::Field<'a>> for Place<'a> {
    fn from(field: syntax::compose::Field<'a>) -> Self {
        Self::Node(field.node())
    }
}

impl<'a> From<syntax::compose::Service<'a>> for Place<'a> {
    fn from(service: syntax::compose::Service<'a>) -> Self {
        Self::Node(service.node())
    }
}

impl<'a> From<(&'a Arc<SourceText>, Span)> for Place<'a> {
    fn from((source, span): (&'a Arc<SourceText>, Span)) -> Self {
        Self::Span(source, span)
    }
}

impl Place<'_> {
    /// The full location.
    pub fn location(&self) -> Location {
        match self {
            Self::Node(node) => node.location(),
            Self::Span(source, span) => source.location(*span, model::Pointer::root()),
        }
    }
}

/// A fault as a check reports it, before it is located, fingerprinted and ranked.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) message: String,
    pub(crate) severity: Option<Severity>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) related: Vec<(Place<'a>, String)>,
    pub(crate) key: String,
    pub(crate) plan: Option<Plan<'a>>,
}

impl<'a> Draft<'a> {
    /// Adds a further place and what it shows.
    pub fn related(&mut self, place: impl Into<Place<'a>>, label: impl Into<String>) -> &mut Self {
        self.related.push((place.into(), label.into()));
        self
    }

    /// Says how bad it is here, where that differs from the rule's own severity.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = Some(severity);
        self
    }

    /// Says how sure the check is here, where that differs from the rule's own confidence.
    pub fn confidence(&mut self, confidence: Confidence) -> &mut Self {
        self.confidence = Some(confidence);
        self
    }

    /// Tells this fault from others of the same rule on the same resource, for the fingerprint: the name of
    /// the port, of the variable, of the package. Without it the place's route of names serves.
    pub fn key(&mut self, key: impl Into<String>) -> &mut Self {
        self.key = key.into();
        self
    }

    /// Offers a way to mend it; it is kept only if its result comes out clean.
    pub fn fix(&mut self, plan: Plan<'a>) -> &mut Self {
        self.plan = Some(plan);
        self
    }
}

/// What a check made of one subject.
#[derive(Debug, Default)]
pub(crate) struct Record<'a> {
    pub(crate) resource: ResourceId,
    pub(crate) drafts: Vec<Draft<'a>>,
    pub(crate) unknown: Vec<(Place<'a>, Why)>,
    /// The check is not about this subject after all.
    pub(crate) not_applicable: bool,
}

/// Collects what a check says. If it says nothing of a subject, that subject has passed.
#[derive(Debug, Default)]
pub struct Out<'a> {
    pub(crate) records: Vec<Record<'a>>,
}

impl<'a> Out<'a> {
    /// Begins another subject. The runner does so for all checks but those over the whole inventory, which
    /// name each subject they judge by themselves: a subject that is never named does not count as passed.
    pub fn subject(&mut self, resource: ResourceId) {
        self.records.push(Record { resource, ..Record::default() });
    }

    fn record(&mut self) -> &mut Record<'a> {
        if self.records.is_empty() {
            self.records.push(Record::default());
        }
        let last = self.records.len() - 1;
        // Just made sure that there is one.
        #[expect(clippy::indexing_slicing)]
        &mut self.records[last]
    }

    /// Reports a fault of the current subject. The message is one sentence with the names of things, without
    /// a full stop at the end, and never shows a secret.
    pub fn fail(&mut self, place: impl Into<Place<'a>>, message: impl Into<String>) -> &mut Draft<'a> {
        let drafts = &mut self.record().drafts;
        let index = drafts.len();
        drafts.push(Draft {
            place: place.into(),
            message: message.into(),
            severity: None,
            confidence: None,
            related: Vec::new(),
            key: String::new(),
            plan: None,
        });
        // Just pushed.
        #[expect(clippy::indexing_slicing)]
        &mut drafts[index]
    }

    /// Says that the current subject could not be judged, or not wholly. Faults reported as well still count.
    pub fn unknown(&mut self, place: impl Into<Place<'a>>, why: Why) {
        self.record().unknown.push((place.into(), why));
    }

    /// Says that the check is not about the current subject after all: unless a fault or a doubt is reported as
    /// well it counts as nothing, so that no control is called met because of it.
    pub fn not_applicable(&mut self) {
        self.record().not_applicable = true;
    }

    /// A known value; an unknown one is noted as such.
    pub fn known<T>(&mut self, value: Val<T, Node<'a>>) -> Option<T> {
        match value {
            Val::Known(value, _) => Some(value),
            Val::Absent(_) => None,
            Val::Unknown(why, place) => {
                self.unknown(place, why);
                None
            }
        }
    }

    /// The place of a value that is known and satisfies `bad`. Absent values are fine; unknown ones are noted.
    pub fn met<T>(&mut self, value: Val<T, Node<'a>>, bad: impl FnOnce(T) -> bool) -> Option<Node<'a>> {
        let place = *value.place();
        self.known(value).is_some_and(bad).then_some(place)
    }

    /// The place of a value that is absent or does not satisfy `good`. Unknown values are noted and do not
    /// count as unmet.
    pub fn unmet<T>(&mut self, value: Val<T, Node<'a>>, good: impl FnOnce(T) -> bool) -> Option<Node<'a>> {
        match value {
            Val::Known(value, place) => (!good(value)).then_some(place),
            Val::Absent(place) => Some(place),
            Val::Unknown(why, place) => {
                self.unknown(place, why);
                None
            }
        }
    }
}
