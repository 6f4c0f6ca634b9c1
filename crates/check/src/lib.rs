//! The check engine: what a check is, what it sees, and how it is run.
//!
//! Data flow: parsed files -> [`Inventory`] (objects, workloads, indexes) -> [`Runner`] (each check on each
//! subject it is about) -> [`Verdicts`] (findings, tallies, gaps). Everything is pure and synchronous; the
//! caller decides on threads.

pub mod definition;
pub mod docs;
pub mod exception;
pub mod exposure;
pub mod fingerprint;
pub mod fix;
pub mod input;
pub mod inventory;
pub mod json;
pub mod kube;
pub mod out;
pub mod rank;
pub mod runner;
pub mod settings;

pub use definition::{Check, Subject};
pub use exposure::Exposure;
pub use fix::Plan;
pub use input::{Companion, Content, File};
pub use inventory::Inventory;
pub use kube::{Component, Container, Object, Pod, Program, Role, Source};
pub use out::{Draft, Out, Place};
pub use runner::{Runner, Verdicts};
pub use settings::{KubeVersion, PssVersion, Settings};

/// What a check may look at beside its subject.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// Everything that was parsed.
    pub inventory: &'a Inventory<'a>,
    /// What the user set.
    pub settings: &'a Settings,
}
