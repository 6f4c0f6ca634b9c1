//! Values that are laid over a chart's own.

use super::coalesce::{Table, overlay};
use super::instance::Sources;
use super::load::{check_values, refused};
use super::set::{self, Mode};
use crate::origin::OriginId;
use crate::output::Problem;
use crate::value::{Map, Value};
use std::sync::Arc;
use syntax::{Node, NodeId, SourceText, Style, Tree, yaml};

/// A layer of values. Later ones win.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file: its first document.
    File(Arc<Tree>),
    /// A mapping inside another file: `helm.valuesObject` of an Argo CD Application, `spec.values` of a Flux
    /// HelmRelease.
    Node {
        /// The file.
        tree: Arc<Tree>,
        /// The mapping.
        node: NodeId,
    },
    /// A mapping that is merged as Kustomize merges values: null takes away what earlier layers say, and leaves
    /// what the chart says.
    Merged {
        /// The file.
        tree: Arc<Tree>,
        /// The mapping.
        node: NodeId,
    },
    /// A block of text inside another file that is YAML itself: `helm.values: |`.
    Text {
        /// The file.
        tree: Arc<Tree>,
        /// The string.
        node: NodeId,
    },
    /// What stands after `--set`: `a.b[0].c=1,x={a,b}`.
    Set {
        /// The keys. If it is empty, `value` is a whole `--set` argument with keys in it.
        path: String,
        /// The value.
        value: String,
        /// All values are strings, as with `--set-string`.
        string: bool,
        /// The value is JSON, as with `--set-json`.
        json: bool,
        /// Where it stands, if it stands in a file.
        place: Option<(Arc<Tree>, NodeId)>,
    },
}

/// All layers, laid over each other: what the user gives. What can't be read is a problem.
pub(super) fn user_values(layers: &[Layer], sources: &mut Sources, problems: &mut Vec<Problem>) -> Table {
    let mut values = Table::new();
    for layer in layers {
        match layer.lay(&values, sources) {
            Ok(laid) => values = laid,
            Err(problem) => problems.push(*problem),
        }
    }
    values
}

impl Layer {
    /// This layer over others.
    fn lay(&self, under: &Table, sources: &mut Sources) -> Result<Table, Box<Problem>> {
        match self {
            Self::File(tree) => {
                check_values(tree, &format!("failed to parse {}", tree.source().name()))?;
                let over = sources.values(tree).map_err(|why| whole(tree, why))?;
                Ok(overlay(under, &over))
            }
            Self::Node { tree, node } | Self::Merged { tree, node } => {
                let node = tree.node(*node);
                if !node.is_set() {
                    return Ok(under.clone());
                }
                let over = sources.value(tree, node).map_err(|why| whole(tree, why))?;
                let over = Table::of(&over).ok_or_else(|| at(node, "the values are not a mapping"))?;
                let laid = overlay(under, &over);
                if matches!(self, Self::Merged { .. }) {
                    drop_nulls(&laid.map, &over.map);
                }
                Ok(laid)
            }
            Self::Text { tree, node } => {
                let node = tree.node(*node);
                let Some(inner) = embedded(node) else { return Ok(under.clone()) };
                check_values(&inner, "failed to parse the values in this text")?;
                let over = sources.values(&inner).map_err(|why| whole(tree, why))?;
                Ok(overlay(under, &over))
            }
            Self::Set { path, value, string, json, place } => {
                let origin = place.as_ref().map_or(OriginId::NONE, |(tree, node)| {
                    let file = sources.file(tree);
                    sources.origins.node(file, *node)
                });
                let mode = match (string, json) {
                    (_, true) => Mode::Json,
                    (true, false) => Mode::String,
                    (false, false) => Mode::Typed,
                };
                let text = if path.is_empty() { value.clone() } else { set::argument(path, value, mode) };
                let laid = under.copy().and_then(|laid| set::set(&laid, &text, mode, origin).map(|()| laid));
                laid.map_err(|why| {
                    Box::new(match place {
                        Some((tree, node)) => at(tree.node(*node), &why),
                        None => refused("--set", why),
                    })
                })
            }
        }
    }
}

/// Takes out of a mapping what another says is null, at any depth.
fn drop_nulls(map: &Map, over: &Map) {
    for (key, value) in over.snapshot() {
        match (value.as_map(), map.get(&key)) {
            (Some(over), Some(Value::Map(below, _))) => drop_nulls(&below, over),
            _ if value.is_nil() => drop(map.entries_mut().remove(&*key)),
            _ => {}
        }
    }
}

fn whole(tree: &Tree, why: String) -> Problem {
    let mut problem = refused(tree.source().name(), why);
    problem.code = model::WhyCode::Limit;
    problem
}

fn at(node: Node<'_>, why: &str) -> Problem {
    Problem { location: node.location(), ..refused("", why) }
}

/// The tree of YAML that is a text inside another file, such that places in it are places in that file: the
/// file's text with all blanked but the block. Where the block is not written as it reads (quotes, folding),
/// its places are those of its own text.
fn embedded(node: Node<'_>) -> Option<Arc<Tree>> {
    let text = node.as_str()?;
    let source = node.tree().source();
    let span = node.span();
    let plain = || {
        let own = Arc::new(SourceText::new(source.name().clone(), text));
        Arc::new(yaml::parse(own))
    };
    if node.style() != Style::Literal {
        return Some(plain());
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let block = source.text().get(start..end)?;
    // The header, `|-`, is not part of the text.
    let body = start + block.find('\n').map_or(block.len(), |at| at + 1);
    let blank = |bytes: &str| -> String {
        bytes.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
    };
    let masked = format!(
        "{}{}{}",
        blank(source.text().get(..body)?),
        source.text().get(body..end)?,
        blank(source.text().get(end..)?)
    );
    let tree = Arc::new(yaml::parse(Arc::new(SourceText::new(source.name().clone(), masked))));
    // The same values must come out, or the places are worth nothing.
    let inner = plain();
    let same = tree.errors().len() == inner.errors().len()
        && tree.roots().map(Node::len).eq(inner.roots().map(Node::len));
    Some(if same { tree } else { inner })
}
