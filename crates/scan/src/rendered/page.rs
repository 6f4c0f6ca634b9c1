//! A rendered text, and the way from places in it to places in files.

use model::{Change, Finding, Location, Pointer, Related, Role, Span};
use render::{FileId, Origin, OriginId, Origins, Run, Skip, Spot, Trace};
use std::fmt::Write as _;
use syntax::{Kind, Node, Tree};

/// What was rendered in one run, as one text that is judged like a file.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The text, read.
    pub tree: &'a Tree,
    /// Where its bytes came from.
    pub runs: &'a [Run],
    /// What the runs refer to.
    pub origins: &'a Origins,
    /// Folder of the chart or overlay, with a `/` at the end unless it is empty.
    pub folder: &'a str,
    /// True for names of files that a person can open and change, unlike those inside archives.
    pub is_real: &'a dyn Fn(&str) -> bool,
}

/// What a fault is about, in the rendered text.
#[derive(Clone, Debug)]
pub enum Target<'a> {
    /// Something that stands there.
    Node(Node<'a>),
    /// Something that does not: keys below the mapping where it would belong.
    Below(Node<'a>, Vec<String>),
    /// Bytes.
    Bytes(Span),
}

/// Where a fault stands in the files.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// Where a person should edit.
    pub primary: Location,
    /// What else takes part.
    pub related: Vec<Related>,
    /// Key of the values that decides it.
    pub key: Option<String>,
}

impl<'a> Page<'a> {
    /// What a finding is about: where its fix would change something, else its own place.
    pub fn target(&self, finding: &Finding) -> Target<'a> {
        let own = self.resolve(&finding.primary);
        let Some(root) = self.root_at(finding.primary.span) else { return own };
        let change = finding.fixes.first().and_then(|fix| fix.changes.first());
        match change {
            Some(
                Change::Set { pointer, .. } | Change::Append { pointer, .. } | Change::Remove { pointer },
            ) => nearest(root, pointer),
            Some(Change::Replace { .. }) | None => own,
        }
    }

    /// The root of the document that holds these bytes.
    pub fn root_at(&self, span: Span) -> Option<Node<'a>> {
        let documents = self.tree.documents();
        let near = documents.partition_point(|d| d.span.start <= span.start);
        let inside = documents.get(near.saturating_sub(2)..near)?.iter().rev();
        inside.filter(|d| d.span.contains(span)).find_map(|d| d.root).map(|id| self.tree.node(id))
    }

    /// The node of a location in the rendered text.
    pub fn resolve(&self, location: &Location) -> Target<'a> {
        match self.root_at(location.span).map(|root| root.resolve(&location.pointer)) {
            Some(node) if node.exists() && node.head_span() == location.span => Target::Node(node),
            _ => Target::Bytes(location.span),
        }
    }

    /// Where a line of the rendered text came from: the first thing on it tells.
    pub fn place_line(&self, line: u32) -> Location {
        let source = self.tree.source();
        let span = source.line_span(line);
        let text = source.slice(span);
        let indent = (text.len() - text.trim_start().len()) as u32;
        self.place(&Target::Bytes(Span::new(span.start + indent, span.end))).primary
    }

    /// True if what stands at a location was made up while rendering.
    pub fn is_generated(&self, location: &Location) -> bool {
        let span = match self.resolve(location) {
            Target::Node(node) => value_span(node),
            Target::Below(..) | Target::Bytes(_) => location.span,
        };
        self.origins.trace(self.runs, span).generated
    }

    /// Where something of the rendered text stands in the files.
    pub fn place(&self, target: &Target<'a>) -> Placed {
        match target {
            Target::Node(node) if matches!(node.kind(), Kind::Map | Kind::Seq) => {
                self.place_collection(*node)
            }
            Target::Node(node) => self.place_trace(&self.origins.trace(self.runs, value_span(*node)), *node),
            Target::Below(node, keys) => self.place_missing(*node, keys),
            Target::Bytes(span) => {
                let root = self.root_at(*span);
                let trace = self.origins.trace(self.runs, *span);
                root.map_or_else(Placed::default, |root| self.place_trace(&trace, root))
            }
        }
    }

    /// The collection of a values file, or of a base, that a collection of the rendered text is a copy of.
    pub fn copied_from(&self, node: Node<'a>) -> Option<Node<'_>> {
        let own = |id: OriginId| self.origins.node_of(render::output::value_of(self.origins, id));
        let here = self.origins.origin_at(self.runs, node.span().start);
        if node.is_empty() {
            return own(here).filter(|found| matches!(found.kind(), Kind::Map | Kind::Seq | Kind::Null));
        }
        if node.is_map() {
            // Keys have the origin of their values. Several keys may come from different files (a patch laid over
            // its base); the first whose parent has such a key tells.
            return node.entries().find_map(|(key, value)| {
                let key_at = value.key_span()?.start;
                let child = own(self.origins.origin_at(self.runs, key_at))?;
                let parent = child.parent()?;
                (child.key() == Some(key) && parent.is_map()).then_some(parent)
            });
        }
        node.items().find_map(|item| {
            let inner = match item.kind() {
                Kind::Map | Kind::Seq => self.copied_from(item)?,
                _ => own(self.origins.origin_at(self.runs, value_span(item).start))?,
            };
            inner.parent().filter(|parent| parent.is_seq())
        })
    }

    fn place_collection(&self, node: Node<'a>) -> Placed {
        let head = node.head_span();
        let trace = self.origins.trace(self.runs, Span::new(head.start, head.start + 1));
        if let Some(from) = self.copied_from(node).filter(|from| self.is_editable(from)) {
            self.at_value(from, &trace)
        } else {
            let trace = Trace { values: Vec::new(), ..self.widened(trace, head) };
            self.at_template(&trace)
        }
    }

    /// The trace of a first byte, with the template text of the whole head.
    fn widened(&self, mut trace: Trace, head: Span) -> Trace {
        let whole = self.origins.trace(self.runs, head);
        trace.template = whole.template.or(trace.template);
        trace.base = whole.base.or(trace.base);
        trace
    }

    fn place_trace(&self, trace: &Trace, node: Node<'a>) -> Placed {
        let nodes: Vec<Node<'_>> = trace.values.iter().filter_map(|id| self.origins.node_of(*id)).collect();
        // What is no longer the value itself (a default, a part of a longer text) is not mended there for sure.
        let same = |only: &Node<'_>| {
            trace.exact
                || node.scalar().is_none_or(|text| only.scalar() == Some(text))
                || trace.template.is_none()
        };
        match (nodes.as_slice(), trace.values.len()) {
            ([only], 1) if self.is_editable(only) && same(only) => self.at_value(*only, trace),
            _ => self.at_template(trace),
        }
    }

    /// A key is missing: where it would have to be added, or what would have to be switched on.
    fn place_missing(&self, node: Node<'a>, keys: &[String]) -> Placed {
        if let Some((skip, value)) = keys.first().and_then(|key| self.switched_off(node, key)) {
            let place = self.value_place(value);
            if let Some((location, key)) = place {
                let body = self.origins.source(skip.file).map_or(skip.body, |source| {
                    let text = source.slice(skip.body);
                    let blank = text.len() - text.trim_start().len();
                    let start = skip.body.start + blank as u32;
                    let line = source.slice(Span::new(start, skip.body.end)).lines().next().unwrap_or("");
                    Span::new(start, start + line.len() as u32)
                });
                let mut related = vec![Related {
                    location: self.origins.location(skip.file, body),
                    label: format!("`{key}` leaves this out of the result"),
                    role: Role::Template,
                }];
                related.extend(self.includes(&self.origins.trace(self.runs, node.head_span())));
                return Placed { primary: location, related, key: Some(key) };
            }
        }
        let mut placed = self.place(&Target::Node(node));
        placed.key = placed.key.map(|key| keys.iter().fold(key, |key, step| format!("{key}.{step}")));
        placed
    }

    /// A branch of the template around `node` that was left out though it would have written `key`, and the
    /// value that decided so.
    pub fn switched_off(&self, node: Node<'a>, key: &str) -> Option<(Skip, OriginId)> {
        let (file, from) = self.literal_near(node.head_span().start)?;
        let mut to = self.origins.source(file)?.text().len() as u32;
        // The template goes on where the text after the node does.
        let after = self.runs.partition_point(|run| run.at < node.span().end);
        for run in self.runs.iter().skip(after) {
            if run.offset == render::origin::NO_OFFSET {
                continue;
            }
            if let Origin::Literal { file: other, .. } = self.origins.get(run.origin) {
                if *other == file && run.offset >= from {
                    to = run.offset;
                }
                break;
            }
        }
        let wanted = format!("{key}:");
        for skip in
            self.origins.skips().filter(|s| s.file == file && s.body.start >= from && s.body.end <= to)
        {
            let text = self.origins.source(file)?.slice(skip.body);
            let writes =
                text.lines().any(|line| line.trim_start().trim_start_matches("- ").starts_with(&wanted));
            let mut values = Vec::new();
            self.origins.values_of(skip.condition, &mut values);
            if let (true, Some(value)) = (writes, values.first()) {
                return Some((*skip, *value));
            }
        }
        None
    }

    /// The template and the place in it of the literal text at or before a byte.
    fn literal_near(&self, at: u32) -> Option<(FileId, u32)> {
        let index = self.runs.partition_point(|run| run.at <= at);
        self.runs.get(..index)?.iter().rev().find_map(|run| match self.origins.get(run.origin) {
            Origin::Literal { file, .. } if run.offset != render::origin::NO_OFFSET => {
                Some((*file, run.offset))
            }
            _ => None,
        })
    }

    /// Place and dotted key of a value, be it there or not.
    pub fn value_place(&self, id: OriginId) -> Option<(Location, String)> {
        match self.origins.get(id) {
            Origin::Node { .. } => {
                let node = self.origins.node_of(id)?;
                self.is_editable(&node).then(|| (node.location(), dotted(&node.pointer())))
            }
            Origin::Missing { parent, key } => {
                let (location, path) = self.value_place(*parent)?;
                Some((location, if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }))
            }
            Origin::None
            | Origin::Generated
            | Origin::Literal { .. }
            | Origin::Derived(_)
            | Origin::Written { .. } => None,
        }
    }

    fn is_editable(&self, node: &Node<'_>) -> bool {
        (self.is_real)(node.tree().source().name())
    }

    /// A place in the values, with the template that used them.
    fn at_value(&self, node: Node<'_>, trace: &Trace) -> Placed {
        let key = dotted(&node.pointer());
        let primary = node.location();
        let mut related = Vec::new();
        if let Some(spot) = trace.template.filter(|spot| self.is_other(*spot, &primary)) {
            related.push(self.related(spot, format!("`{key}` is used here"), Role::Template));
        }
        related.extend(self.includes(trace));
        Placed { primary, related, key: Some(key).filter(|key| !key.is_empty()) }
    }

    fn is_other(&self, spot: Spot, primary: &Location) -> bool {
        let source = self.origins.source(spot.file);
        source.is_some_and(|s| **s.name() != *primary.file || spot.span.start != primary.span.start)
            && source.is_some_and(|s| (self.is_real)(s.name()))
    }

    /// A place in a template: the innermost that a person can edit, of the chart itself if there is one.
    fn at_template(&self, trace: &Trace) -> Placed {
        let first = trace.template.or(trace.base);
        let mut way: Vec<Spot> = first.into_iter().chain(trace.includes.iter().copied()).collect();
        let name = |spot: &Spot| self.origins.source(spot.file).map(|s| s.name().clone());
        let real = |spot: &Spot| name(spot).is_some_and(|name| (self.is_real)(&name));
        let own = |spot: &Spot| name(spot).is_some_and(|name| name.starts_with(self.folder));
        let at =
            way.iter().position(|s| real(s) && own(s)).or_else(|| way.iter().position(real)).unwrap_or(0);
        if way.is_empty() {
            return Placed::default();
        }
        let spot = way.remove(at);
        let mut primary = self.origins.location(spot.file, spot.span);
        let mut related = Vec::new();
        let mut key = None;
        // One of two branches that a switch chooses between: the switch is what a person turns.
        if let Some((location, name)) = self.chosen_by(trace) {
            let place = std::mem::replace(&mut primary, location);
            let label = format!("`{name}` chooses this instead of the other branch");
            related.push(Related { location: place, label, role: Role::Template });
            key = Some(name);
        }
        for id in &trace.values {
            if let Some((location, key)) = self.value_place(*id)
                && (location.file != primary.file || location.range.start.line != primary.range.start.line)
            {
                let missing = matches!(self.origins.get(*id), Origin::Missing { .. });
                let label =
                    if missing { format!("`{key}` is not set here") } else { format!("made from `{key}`") };
                related.push(Related { location, label, role: Role::Value });
            }
        }
        for (index, spot) in way.iter().enumerate().filter(|(_, spot)| real(spot)) {
            let (label, role) = if index < at {
                ("which wrote it from here", Role::Template)
            } else {
                ("included here", Role::Include)
            };
            related.push(self.related(*spot, label.to_owned(), role));
        }
        let condition = trace.conditions.iter().find_map(|id| self.value_place(*id));
        if let (true, true, Some((location, key))) = (key.is_none(), trace.values.is_empty(), condition) {
            related.push(Related {
                location,
                label: format!("`{key}` decides whether it is there"),
                role: Role::Condition,
            });
        }
        Placed { primary, related, key }
    }

    /// The switch that chose literal text rather than an `else` that was left out.
    fn chosen_by(&self, trace: &Trace) -> Option<(Location, String)> {
        let (spot, condition) = (trace.template?, *trace.conditions.first()?);
        let node = self.origins.node_of(condition).filter(|node| node.kind() == Kind::Bool)?;
        if !trace.values.is_empty() || !self.is_editable(&node) {
            return None;
        }
        let rival = self.origins.skips().any(|skip| {
            let mut values = Vec::new();
            self.origins.values_of(skip.condition, &mut values);
            let text = self.origins.source(skip.file).map_or("", |source| source.slice(skip.body));
            skip.file == spot.file && values == [condition] && !text.trim().is_empty()
                // The other branch of the same action lies beside this text, not elsewhere in the file.
                && self.is_beside(spot, skip)
        });
        if rival { self.value_place(condition) } else { None }
    }

    /// True if nothing but the end of one branch lies between a text and a branch that was left out.
    fn is_beside(&self, spot: Spot, skip: &Skip) -> bool {
        let Some(source) = self.origins.source(spot.file) else { return false };
        let between = if skip.body.start >= spot.span.end {
            Span::new(spot.span.end, skip.body.start)
        } else {
            Span::new(skip.body.end, spot.span.start.max(skip.body.end))
        };
        let text = source.slice(between);
        text.contains("else") && !text.contains("end }}") && !text.contains("end -}}")
    }

    fn includes(&self, trace: &Trace) -> Vec<Related> {
        let real = |spot: &&Spot| self.origins.source(spot.file).is_some_and(|s| (self.is_real)(s.name()));
        let each = trace.includes.iter().filter(real);
        each.map(|spot| self.related(*spot, "included here".to_owned(), Role::Include)).collect()
    }

    fn related(&self, spot: Spot, label: String, role: Role) -> Related {
        Related { location: self.origins.location(spot.file, spot.span), label, role }
    }
}

/// The node at a pointer, or the nearest mapping and the keys that are missing below it.
pub fn nearest<'a>(root: Node<'a>, pointer: &Pointer) -> Target<'a> {
    let mut here = root;
    let mut steps = pointer.steps();
    while let Some(step) = steps.next() {
        let next = match here.kind() {
            Kind::Seq => step.parse().map_or(here, |index| here.index(index)),
            _ => here.get(&step),
        };
        if !next.exists() || next == here {
            return Target::Below(here, std::iter::once(step).chain(steps).collect());
        }
        here = next;
    }
    Target::Node(here)
}

/// Bytes of a scalar's text, without quotes.
pub fn value_span(node: Node<'_>) -> Span {
    let span = node.span();
    match node.style() {
        syntax::Style::Single | syntax::Style::Double if span.len() > 2 => {
            Span::new(span.start + 1, span.end - 1)
        }
        _ => span,
    }
}

/// A pointer as people write keys of values: `web.ports[0].name`.
pub fn dotted(pointer: &Pointer) -> String {
    let mut path = String::new();
    for step in pointer.steps() {
        if !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit()) {
            let _ = write!(path, "[{step}]");
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            if step.contains('.') {
                let _ = write!(path, "\"{step}\"");
            } else {
                path.push_str(&step);
            }
        }
    }
    path
}
