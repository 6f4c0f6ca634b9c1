//! Giving up what the process does not need, before it looks at untrusted input.

mod files;
mod syscalls;

use std::path::PathBuf;

/// What the process keeps.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Files and folders it reads.
    pub read: Vec<PathBuf>,
    /// Files and folders it changes in place.
    pub write: Vec<PathBuf>,
}

/// How far confinement got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confinement {
    /// File access: Landlock.
    pub files: State,
    /// System calls: seccomp.
    pub syscalls: State,
}

/// Whether one layer of confinement is active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Active; what it does.
    Active(String),
    /// Not active; why.
    Inactive(String),
}

/// Confines this process, and every thread it starts from now on, for good. Call it before any thread is
/// started. What the kernel does not offer is left out and said so; it is never an error.
pub fn confine(needs: &Needs) -> Confinement {
    Confinement { files: files::confine(needs), syscalls: syscalls::confine(!needs.write.is_empty()) }
}
