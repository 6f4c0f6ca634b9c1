//! Values as templates see them: Go's, with origins.

use crate::origin::{FileId, NO_OFFSET, OriginId, Origins};
use crate::text::Text;
use std::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use syntax::{Kind, Node};

/// Which of Go's integer types a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntKind {
    /// `int`: literals, `len`, `int`.
    Int,
    /// `int64`: what sprig computes.
    Int64,
    /// `int32`: a rune.
    Int32,
    /// `uint8`: a byte of a string.
    Uint8,
}

/// A value of a template, of a values file, or of a manifest.
#[derive(Clone, Debug)]
pub enum Value {
    /// `nil`: nothing was there, or null.
    Nil(OriginId),
    /// A boolean.
    Bool(bool, OriginId),
    /// A whole number.
    Int(i64, IntKind, OriginId),
    /// A `float64`, which all numbers of values files are.
    Float(f64, OriginId),
    /// A string.
    Str(Text),
    /// A slice.
    List(List, OriginId),
    /// A map with strings as keys; a reference, as in Go.
    Map(Map, OriginId),
    /// Something with fields and methods of its own.
    Object(Rc<dyn Object>, OriginId),
}

/// Which of Go's slice types a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// `[]interface {}`
    Any,
    /// `[]string`
    Strings,
    /// `[]int`
    Ints,
    /// `[]uint8`: bytes.
    Bytes,
}

/// A slice. Templates can't change one, so it is shared.
#[derive(Clone, Debug)]
pub struct List {
    items: Rc<Vec<Value>>,
    /// Its type.
    pub kind: ListKind,
}

impl List {
    /// `[]interface {}`
    pub fn new(items: Vec<Value>) -> Self {
        Self::of(items, ListKind::Any)
    }

    /// A slice of another type.
    pub fn of(items: Vec<Value>, kind: ListKind) -> Self {
        Self { items: Rc::new(items), kind }
    }

    /// The items.
    pub fn items(&self) -> &[Value] {
        &self.items
    }
}

#[derive(Debug, Default)]
struct MapData {
    entries: BTreeMap<Rc<str>, Value>,
    type_name: Option<&'static str>,
}

/// A map. Cloning gives another reference to the same map, as in Go: what is set through one is seen through
/// all. Borrows are short; never call back into the engine while holding one.
#[derive(Clone, Default)]
pub struct Map(Rc<RefCell<MapData>>);

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A map may hold itself.
        write!(f, "Map({} entries)", self.len())
    }
}

impl Map {
    /// An empty map with a type of its own, such as `common.Values`.
    pub fn typed(type_name: &'static str) -> Self {
        Self(Rc::new(RefCell::new(MapData { entries: BTreeMap::new(), type_name: Some(type_name) })))
    }

    /// Its type, as `%T` shows it.
    pub fn type_name(&self) -> &'static str {
        self.0.borrow().type_name.unwrap_or("map[string]interface {}")
    }

    /// The entries, by key.
    pub fn entries(&self) -> Ref<'_, BTreeMap<Rc<str>, Value>> {
        Ref::map(self.0.borrow(), |data| &data.entries)
    }

    /// The entries, to change.
    pub fn entries_mut(&self) -> RefMut<'_, BTreeMap<Rc<str>, Value>> {
        RefMut::map(self.0.borrow_mut(), |data| &mut data.entries)
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.borrow().entries.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Value> {
        self.0.borrow().entries.get(key).cloned()
    }

    /// Sets a key.
    pub fn insert(&self, key: impl Into<Rc<str>>, value: Value) {
        self.0.borrow_mut().entries.insert(key.into(), value);
    }

    /// Removes a key.
    pub fn remove(&self, key: &str) -> Option<Value> {
        self.0.borrow_mut().entries.remove(key)
    }

    /// A copy of the entries, to go through while the map may change.
    pub fn snapshot(&self) -> Vec<(Rc<str>, Value)> {
        self.0.borrow().entries.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
    }

    /// True if both are the same map.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl FromIterator<(Rc<str>, Value)> for Map {
    fn from_iter<T: IntoIterator<Item = (Rc<str>, Value)>>(iter: T) -> Self {
        let entries = iter.into_iter().collect();
        Self(Rc::new(RefCell::new(MapData { entries, type_name: None })))
    }
}

/// Something with fields and methods of its own: `.Files`, `.Capabilities.APIVersions`, a time, a version.
pub trait Object: fmt::Debug {
    /// Its Go type, as `%T` shows it.
    fn type_name(&self) -> &'static str;
    /// Its Go kind, as `kindOf` shows it.
    fn kind(&self) -> &'static str {
        "struct"
    }
    /// A field, or a method without arguments. `None` if it has none of that name.
    fn field(&self, name: &str) -> Option<Value>;
    /// Calls a method. `None` if it has none of that name.
    fn call(&self, origins: &mut Origins, name: &str, arguments: &[Value]) -> Option<Result<Value, String>>;
    /// What `range`, `len` and `index` see, if it is a map or a slice underneath.
    fn underlying(&self) -> Option<Value> {
        None
    }
    /// As `%v` shows it.
    fn display(&self) -> String;
    /// Whether `if` takes it for true.
    fn truth(&self) -> bool {
        true
    }
    /// For functions that take this very type (a time, a version) as an argument.
    fn as_any(&self) -> &dyn std::any::Any;
}

impl Value {
    /// `nil` from nowhere.
    pub const NIL: Self = Self::Nil(OriginId::NONE);

    /// A string that is a constant.
    pub fn str(text: impl Into<String>) -> Self {
        Self::Str(Text::plain(text.into().into_bytes()))
    }

    /// An `int` that is a constant.
    pub fn int(value: i64) -> Self {
        Self::Int(value, IntKind::Int, OriginId::NONE)
    }

    /// A boolean that is a constant.
    pub fn bool(value: bool) -> Self {
        Self::Bool(value, OriginId::NONE)
    }

    /// `[]interface {}` made here.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(List::new(items), OriginId::NONE)
    }

    /// A map made here.
    pub fn map(entries: impl IntoIterator<Item = (Rc<str>, Self)>) -> Self {
        Self::Map(entries.into_iter().collect(), OriginId::NONE)
    }

    /// Where it came from; for a string made of several pieces, derived from all of them.
    pub fn origin(&self, origins: &mut Origins) -> OriginId {
        match self {
            Self::Nil(origin)
            | Self::Bool(_, origin)
            | Self::Int(_, _, origin)
            | Self::Float(_, origin)
            | Self::List(_, origin)
            | Self::Map(_, origin)
            | Self::Object(_, origin) => *origin,
            Self::Str(text) => text.origin(origins),
        }
    }

    /// The same value from elsewhere.
    #[must_use]
    pub fn with_origin(self, origin: OriginId) -> Self {
        match self {
            Self::Nil(_) => Self::Nil(origin),
            Self::Bool(value, _) => Self::Bool(value, origin),
            Self::Int(value, kind, _) => Self::Int(value, kind, origin),
            Self::Float(value, _) => Self::Float(value, origin),
            Self::List(list, _) => Self::List(list, origin),
            Self::Map(map, _) => Self::Map(map, origin),
            Self::Object(object, _) => Self::Object(object, origin),
            Self::Str(text) => Self::Str(Text::derived(text.bytes(), origin)),
        }
    }

    /// True for `nil`.
    pub fn is_nil(&self) -> bool {
        matches!(self, Self::Nil(_))
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map, _) => Some(map),
            _ => None,
        }
    }

    /// The items, if it is a slice.
    pub fn as_items(&self) -> Option<&[Self]> {
        match self {
            Self::List(list, _) => Some(list.items()),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// What `if` and `not` make of it (text/template, "Actions"): false for nil, false, 0, and anything of
    /// length 0.
    pub fn truth(&self) -> bool {
        match self {
            Self::Nil(_) => false,
            Self::Bool(value, _) => *value,
            Self::Int(value, ..) => *value != 0,
            Self::Float(value, _) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::List(list, _) => !list.items().is_empty(),
            Self::Map(map, _) => !map.is_empty(),
            Self::Object(object, _) => object.truth(),
        }
    }

    /// Its Go type, as `%T` and `typeOf` show it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Nil(_) => "<nil>",
            Self::Bool(..) => "bool",
            Self::Int(_, IntKind::Int, _) => "int",
            Self::Int(_, IntKind::Int64, _) => "int64",
            Self::Int(_, IntKind::Int32, _) => "int32",
            Self::Int(_, IntKind::Uint8, _) => "uint8",
            Self::Float(..) => "float64",
            Self::Str(_) => "string",
            Self::List(list, _) => match list.kind {
                ListKind::Any => "[]interface {}",
                ListKind::Strings => "[]string",
                ListKind::Ints => "[]int",
                ListKind::Bytes => "[]uint8",
            },
            Self::Map(map, _) => map.type_name(),
            Self::Object(object, _) => object.type_name(),
        }
    }

    /// Its Go kind, as `kindOf` shows it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Nil(_) => "invalid",
            Self::List(..) => "slice",
            Self::Map(..) => "map",
            Self::Object(object, _) => object.kind(),
            Self::Bool(..) | Self::Int(..) | Self::Float(..) | Self::Str(_) => self.type_name(),
        }
    }

    /// A node of a file's tree, and all below it. Numbers become `float64`, as they do when YAML goes by way of
    /// JSON. A node that an alias repeats is converted each time; `budget` bounds how many are made in all and
    /// is `None` when used up.
    pub fn from_node(
        origins: &mut Origins,
        file: FileId,
        node: Node<'_>,
        budget: &mut usize,
    ) -> Option<Self> {
        Self::made(origins, file, node, budget, |key, _| Rc::from(key))
    }

    /// The same for a node of a values file, whose keys go by way of JSON: `yes` is `true`.
    pub fn from_values(
        origins: &mut Origins,
        file: FileId,
        node: Node<'_>,
        budget: &mut usize,
    ) -> Option<Self> {
        Self::made(origins, file, node, budget, key_text)
    }

    fn made(
        origins: &mut Origins,
        file: FileId,
        node: Node<'_>,
        budget: &mut usize,
        key_text: fn(&str, Node<'_>) -> Rc<str>,
    ) -> Option<Self> {
        *budget = budget.checked_sub(1)?;
        let origin = if node.exists() { origins.node(file, node.id()) } else { OriginId::NONE };
        Some(match node.kind() {
            Kind::Null => Self::Nil(origin),
            Kind::Bool => Self::Bool(node.as_bool().unwrap_or(false), origin),
            Kind::Int | Kind::Float => number(node, origin),
            Kind::Str => Self::Str(Text::new(node.as_str().unwrap_or(""), origin, 0)),
            Kind::Seq => {
                let mut items = Vec::with_capacity(node.len());
                for item in node.items() {
                    items.push(Self::made(origins, file, item, budget, key_text)?);
                }
                Self::List(List::new(items), origin)
            }
            Kind::Map => {
                let mut entries = BTreeMap::new();
                for (key, value) in node.entries() {
                    let made = Self::made(origins, file, value, budget, key_text)?;
                    entries.insert(key_text(key, value), made);
                }
                Self::Map(Map(Rc::new(RefCell::new(MapData { entries, type_name: None }))), origin)
            }
        })
    }

    /// A copy in which no map is shared with this one. `None` if it is nested deeper than `depth` (a map may
    /// hold itself).
    pub fn deep_copy(&self, depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        Some(match self {
            Self::List(list, origin) => {
                let items = list.items().iter().map(|item| item.deep_copy(depth)).collect::<Option<_>>()?;
                Self::List(List::of(items, list.kind), *origin)
            }
            Self::Map(map, origin) => {
                let data = map.0.borrow();
                let entries = data
                    .entries
                    .iter()
                    .map(|(key, value)| Some((key.clone(), value.deep_copy(depth)?)))
                    .collect::<Option<_>>()?;
                Self::Map(Map(Rc::new(RefCell::new(MapData { entries, type_name: data.type_name }))), *origin)
            }
            other => other.clone(),
        })
    }
}

/// A key as it comes out where YAML goes by way of JSON: `yes` is `true` and `0x10` is `16`, unless quoted.
pub(crate) fn key_text(key: &str, value: Node<'_>) -> Rc<str> {
    let kind = syntax::scalar::resolve(key);
    let quoted = || {
        let written = value.key_span().map_or("", |span| value.tree().source().slice(span));
        written.starts_with(['"', '\''])
    };
    match kind {
        Kind::Bool if !quoted() => Rc::from(if syntax::scalar::is_true(key) { "true" } else { "false" }),
        Kind::Int if !quoted() => {
            syntax::scalar::parse_int(key).map_or_else(|| Rc::from(key), |number| number.to_string().into())
        }
        Kind::Float if !quoted() => match syntax::scalar::parse_float(key) {
            // Go goes by way of a float of 32 bits here.
            Some(number) if number.is_finite() => {
                let short = (number as f32).to_string().parse().unwrap_or(number);
                crate::template::float::shortest(short).into()
            }
            _ => Rc::from(key),
        },
        _ => Rc::from(key),
    }
}

fn number(node: Node<'_>, origin: OriginId) -> Value {
    let text = node.scalar().unwrap_or("");
    match syntax::scalar::parse_float(text) {
        Some(value) => Value::Float(value, origin),
        None => Value::Str(Text::new(text, origin, NO_OFFSET)),
    }
}
