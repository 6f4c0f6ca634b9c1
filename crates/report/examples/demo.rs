//! Shows the report formats on the test fixture: `demo terminal --width 80 --colour`.

#[path = "../tests/common/mod.rs"]
mod common;

use report::{Format, Style};

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
    let rules = [&common::SECRET, &common::ROOT, &common::PINNED, &common::PRIVILEGED, &common::LIMITS];
    match args.get(1).map(String::as_str) {
        Some("rules") => return print!("{}", report::list::table(&rules, &style)),
        Some("explain") => return print!("{}", report::explain::explain(&common::PRIVILEGED, &style)),
        _ => {}
    }
    let (report, texts) = match value("--many") {
        Some(n) => common::large(n),
        None => (common::fixture(), common::texts()),
    };
    let format = args.get(1).and_then(|a| a.parse().ok()).unwrap_or(Format::Terminal);
    let begun = std::time::Instant::now();
    let out = report::render(format, &report, &texts, &style);
    if has("--time") {
        println!("{} bytes in {:?}", out.len(), begun.elapsed());
    } else {
        print!("{out}");
    }
}
