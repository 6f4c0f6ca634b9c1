//! The form in which frameworks are written down.

use serde::Serialize;

/// A published list of controls, as data. Titles are our own words; ids are those of the source where
/// it has ids, and ours, kept stable, where it has none.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Framework {
    /// What stands before the colon in a control reference, and after `--framework`.
    pub id: &'static str,
    /// Name as people know it.
    pub title: &'static str,
    /// Which edition the ids are taken from.
    pub version: &'static str,
    /// Who publishes it, and what was left out or added here.
    pub source: &'static str,
    /// The controls, in the order of the source.
    pub groups: &'static [Group],
}

/// A section of a framework.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Section number or short name.
    pub id: &'static str,
    /// What the section is about.
    pub title: &'static str,
    /// Its controls.
    pub controls: &'static [Control],
}

/// One thing a framework asks for.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Control {
    /// What stands after the colon in a control reference: `5.2.2`, `pod-security/non-root`.
    pub id: &'static str,
    /// What is asked for, in our own words.
    pub title: &'static str,
    /// Where an answer can be found at all.
    pub reach: Reach,
    /// What in the input answers it, or why files can not.
    pub note: &'static str,
}

/// Where the answer to a control can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// In files: manifests, component configuration, build files.
    Files,
    /// Only on a running system: a node's disk, a registry, an account, a log stream.
    Live,
    /// Only with people: a process, a decision, a habit.
    People,
}

impl Framework {
    /// Every control with its section, in order.
    pub fn controls(&self) -> impl Iterator<Item = (&'static Group, &'static Control)> {
        self.groups.iter().flat_map(|g| g.controls.iter().map(move |c| (g, c)))
    }

    /// The control with an id, written as after the colon of a reference.
    pub fn control(&self, id: &str) -> Option<&'static Control> {
        self.controls().map(|(_, c)| c).find(|c| c.id == id)
    }
}

/// One line a control: where the answer is, id, title, note.
macro_rules! controls {
    ($($reach:ident $id:literal $title:literal, $note:literal;)+) => {
        &[$($crate::framework::Control {
            id: $id,
            title: $title,
            reach: $crate::framework::Reach::$reach,
            note: $note,
        }),+]
    };
}

pub(super) use controls;
