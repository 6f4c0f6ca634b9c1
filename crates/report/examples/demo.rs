//! Shows the report formats on the test fixture: `demo terminal --width 80 --colour`.

#[path = "../tests/common/mod.rs"]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]
mod common;

use report::{NoSources, Style};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let has = |name: &str| args.iter().any(|a| a == name);
    let value = |name: &str| {
        let at = args.iter().position(|a| a == name)?;
        args.get(at + 1)?.parse::<usize>().ok()
    };
    let style = Style {
        colour: has("--colour"),
        width: value("--width").unwrap_or(100),
        unicode: !has("--ascii"),
        verbose: has("--verbose"),
        limit: value("--limit"),
        time: None,
    };
    let (report, texts) = match value("--many") {
        Some(n) => common::large(n),
        None => (common::fixture(), common::texts()),
    };
    let _ = NoSources;
    let begun = std::time::Instant::now();
    let out = report::terminal::write(&report, &texts, &style);
    if has("--time") {
        println!("{} bytes in {:?}", out.len(), begun.elapsed());
    } else {
        print!("{out}");
    }
}
