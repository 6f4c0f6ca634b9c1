//! Hostile texts: bounds on depth and expansion, and work that grows with the input only.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::format_collect
)]

mod common;
use common::{check_spans, dump, yaml};
use model::WhyCode;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

fn limited(text: &str, message: &str) {
    let tree = yaml(text);
    check_spans(&tree);
    let [error] = tree.errors() else { panic!("{} errors", tree.errors().len()) };
    assert_eq!(error.code, WhyCode::Limit);
    assert!(error.message.contains(message), "{error:?}");
    assert!(tree.documents()[0].broken);
}

#[test]
fn depth() {
    let flow = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let block = |n: usize| "- ".repeat(n) + "x";
    let maps = |n: usize| (0..n).fold(String::new(), |s, i| s + &" ".repeat(i) + "a:\n");
    for text in [flow(256), block(256), maps(256)] {
        assert_eq!(yaml(&text).errors(), []);
    }
    for text in [flow(257), block(257), maps(257), "[".repeat(100_000), "{a: ".repeat(100_000)] {
        limited(&text, "nested deeper than 256 levels");
    }
    limited(&"- ".repeat(100_000), "nested deeper");
    limited(&"? ".repeat(100_000), "nested deeper");
    // Aliases may not be used to go deeper either.
    let nested = format!("- &a {}\n- {}*a{}\n", flow(200), "[".repeat(60), "]".repeat(60));
    limited(&nested, "nested deeper than 256 levels");
    let fine = format!("- &a {}\n- {}*a{}\n", flow(200), "[".repeat(50), "]".repeat(50));
    assert_eq!(yaml(&fine).errors(), []);
}

#[test]
fn expansion() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 1..30 {
        let _ = writeln!(bomb, "a{i}: &a{i} [{}]", vec![format!("*a{}", i - 1); 10].join(", "));
    }
    limited(&bomb, "aliases expand");
    let mut maps = String::from("a0: &a0 {k: v}\n");
    for i in 1..64 {
        let _ = writeln!(maps, "a{i}: &a{i}\n  x: *a{0}\n  y: *a{0}", i - 1);
    }
    limited(&maps, "aliases expand");
    let keys: String = (0..1000).map(|i| format!(" k{i}: 1\n")).collect();
    let merges: String = (0..3000).map(|i| format!("m{i}: {{<<: *a}}\n")).collect();
    let tree = yaml(&format!("a: &a\n{keys}{merges}"));
    assert_eq!(tree.errors()[0].code, WhyCode::Limit);
    assert!(tree.documents()[0].broken);
    assert_eq!(dump(&yaml(&format!("{bomb}---\nb: 1\n"))), "<broken> | {b: 1}");
}

/// Long texts of every kind that invites quadratic work. The bound is far above what they take, and far
/// below what they would take if anything were quadratic.
#[test]
fn hostile_texts_are_read_in_linear_time() {
    let n = 200_000;
    let numbered = |f: fn(usize) -> String| (0..n / 4).map(f).collect::<String>();
    for (what, text) in [
        ("long plain line", "a".repeat(n * 10)),
        ("colons", "a:".repeat(n)),
        ("hashes", "a#".repeat(n)),
        ("spaces", " ".repeat(n * 10)),
        ("blank lines", format!("a: b{}c", "\n".repeat(n))),
        ("blanks in quotes", format!("a: \"b{}", " \n".repeat(n))),
        ("open quote in each document", "--- \"\n".repeat(n)),
        ("open single quote", format!("'{}", "''\n".repeat(n))),
        ("markers", "---\n".repeat(n)),
        ("suffixes", "...\n".repeat(n)),
        ("broken documents", "--- ]\n".repeat(n)),
        ("control characters", "--- \u{1}\n".repeat(n)),
        ("comments", "# c\n".repeat(n)),
        ("one comment", format!("#{}", "c".repeat(n * 10))),
        ("text over lines", format!("a: b\n{}", "  c\n".repeat(n))),
        ("wide flow", format!("[{}]", "a,".repeat(n))),
        ("open brackets", "[".repeat(n)),
        ("brackets in documents", format!("--- {}\n", "[".repeat(200)).repeat(n / 200)),
        ("anchors", numbered(|i| format!("- &a{i} x\n- *a{i}\n"))),
        (
            "unknown aliases",
            format!("{}- *zz", numbered(|i| format!("- &a{i} x\n"))) + &"\n--- *b".repeat(n / 4),
        ),
        ("anchors then documents", numbered(|i| format!("- &a{i} x\n")) + &"---\n&a b\n".repeat(n / 4)),
        ("equal keys", "a: 1\n".repeat(n)),
        ("equal flow keys", format!("{{{}}}", "a: 1, ".repeat(n))),
        ("colliding keys", numbered(|i| format!("abcdefgh{i:09}stuvwxyz: 1\n"))),
        ("merges", format!("a: &a {{b: 1}}\n{}c:\n  <<: [{}]", "", "*a, ".repeat(n / 4))),
        (
            "merges into many",
            format!(
                "- &a {{b: 1}}\n-\n{}{}",
                numbered(|i| format!("  k{i}: 1\n")),
                "  <<: *a\n".repeat(n / 4)
            ),
        ),
        ("block scalar", format!("a: |\n{}", "  x\n\n".repeat(n))),
        ("folded scalar", format!("a: >\n{}", "  x\n   y\n".repeat(n))),
        ("tags", numbered(|i| format!("- !t{i} x\n"))),
        ("carriage returns", "a\r".repeat(n)),
        ("escapes", format!("\"{}\"", "\\n ".repeat(n))),
        ("bad tags", numbered(|i| format!("- !!int x{i}\n"))),
        ("questions", "? a\n".repeat(n)),
        ("tag handles", "%TAG !e! x\n".repeat(n)),
    ] {
        let start = Instant::now();
        let tree = yaml(&text);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(20), "{what}: {took:?}");
        assert!(!tree.documents().is_empty(), "{what}");
    }
}
