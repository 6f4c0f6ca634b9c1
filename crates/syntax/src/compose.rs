//! Compose projects, by the Compose specification (compose-spec): recognised, interpolated, merged, typed.
//!
//! A file is read into a [`Project`]: `extends` is followed (other files come through the `read` function),
//! anchors, merge keys and `x-` fragments are already resolved by YAML, variables are filled in from the
//! `.env` beside the file. A variable that has no value there makes the value that contains it unknown,
//! never empty; one with a default (`${TAG:-latest}`) is taken at its default, which is what runs unless
//! somebody sets it.
//!
//! Files that are merged on the command line (`-f a.yaml -f b.yaml`, `compose.override.yaml`) are judged each
//! by itself: nothing in a file says with which others it is meant. A service that has neither an image nor a
//! build, or stands in an override file, counts as partial ([`Service::is_partial`]): checks judge what it
//! says, but not what it leaves out. Services of an `include`d file are judged with that file; here they only
//! count as known.

mod dotenv;
mod field;
mod interpolate;
mod load;
mod merge;
mod mount;
mod port;
mod recognise;
mod service;
mod value;

pub use dotenv::parse as parse_dotenv;
pub use field::Field;
pub use interpolate::{Interpolated, interpolate};
pub use load::load;
pub use mount::{Mount, MountKind};
pub use port::{Port, Ports};
pub use recognise::{is_compose_name, looks_like};
pub use service::{Service, Variable};

use crate::{SourceText, SyntaxError, Tree};
use model::Why;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};
use value::{Origin, Value};

/// A Compose project, owned: services and what they refer to.
#[derive(Debug)]
pub struct Project {
    services: Vec<ServiceData>,
    /// The root mapping of the main file, without its services.
    top: Value,
    trees: Vec<Tree>,
    /// Names that included files define, by section (`services`, `networks`, ...).
    included: BTreeMap<String, BTreeSet<String>>,
    /// Set if an included file could not be read, so that more names may exist.
    open: Option<Why>,
    /// Number of mistakes found beside those of YAML.
    errors: usize,
    /// Position of each service by its name.
    by_name: HashMap<String, usize>,
    /// Whether some service is partial, found on first use.
    partial: OnceLock<bool>,
    /// The other texts that were asked for, so that the project can be read again.
    companions: BTreeMap<String, Option<Arc<SourceText>>>,
}

/// A service as it came out of merging.
#[derive(Debug)]
struct ServiceData {
    name: String,
    value: Value,
    /// Set if something it inherits could not be read, so that what is missing may still be set.
    open: Option<Why>,
}

impl Project {
    /// The files it was made of, the main one first.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// Number of mistakes found on loading, beside those of YAML.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The services of the main file, in the order in which they are written.
    pub fn services(&self) -> impl ExactSizeIterator<Item = Service<'_>> + Clone {
        (0..self.services.len()).map(move |index| Service::new(self, index))
    }

    /// A service of the main file by its name.
    pub fn service(&self, name: &str) -> Option<Service<'_>> {
        self.by_name.get(name).map(|index| Service::new(self, *index))
    }

    /// A key at the top of the main file: `networks`, `volumes`, `secrets`, `version`, ...
    pub fn top(&self, key: &str) -> Field<'_> {
        Field::new(self, Some(&self.top), self.top.origin, None).get(key)
    }

    /// True if `name` is defined in a top-level section (`services`, `networks`, `volumes`, `secrets`,
    /// `configs`), here or in an included file. `Err` if an included file could not be read.
    pub fn defines(&self, section: &str, name: &str) -> Result<bool, &Why> {
        let here = if section == "services" {
            self.by_name.contains_key(name)
        } else {
            self.top(section).get(name).exists()
        };
        let there = || self.included.get(section).is_some_and(|names| names.contains(name));
        match &self.open {
            _ if here || there() => Ok(true),
            Some(why) => Err(why),
            None => Ok(false),
        }
    }

    /// True if the file is meant to be merged with another one: an override file by its name, or one with a
    /// service that has neither an image nor a build.
    pub fn is_partial(&self) -> bool {
        *self.partial.get_or_init(|| self.services().any(Service::is_partial))
    }

    /// True for a file of version 1, whose services stand at the top and which has no other sections.
    pub fn is_legacy(&self) -> bool {
        self.trees.first().is_some_and(|tree| tree.roots().all(|root| !root.get("services").exists()))
    }

    /// The same project with another text for its main file; other files are taken as they were read.
    pub fn reread(&self, tree: Tree) -> (Self, Vec<SyntaxError>) {
        load(tree, &|name| self.companions.get(name).cloned().flatten())
    }

    fn tree(&self, origin: Origin) -> Option<&Tree> {
        self.trees.get(origin.tree as usize)
    }
}
