//! The real program, run on real folders.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod bad_input;
mod baseline;
mod charts;
mod commands;
mod examples;
mod exceptions;
mod fixing;
mod harness;
mod output;
mod overlays;
mod selection;
