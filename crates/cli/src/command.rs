//! One module a command.

pub mod completions;
pub mod doctor;
pub mod explain;
pub mod fix;
pub mod init;
pub mod pss;
pub mod render;
pub mod rules;
pub mod scan;
