//! Where things stand.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::format_collect
)]

mod common;
use common::{check_spans, yaml};
use syntax::{Node, Style};

fn text(node: Node<'_>) -> &str {
    node.tree().source().slice(node.span())
}

#[test]
fn spans_cover_what_is_written() {
    let source = "# c\na: 'b'\nc: \"d\\n\" # e\nf: |  # g\n  h\n\n  i\n\nj: >-\n  k\n\nl: [1, {m: n}]\no:\n- p\n-   q: r\n    s: t\n\n# u\nv:\nw: x\n  y\n";
    let tree = yaml(source);
    check_spans(&tree);
    let root = tree.roots().next().unwrap();
    assert_eq!(text(root), source["# c\n".len()..].trim_end());
    for (path, wanted, style) in [
        ("a", "'b'", Style::Single),
        ("c", "\"d\\n\"", Style::Double),
        ("f", "|  # g\n  h\n\n  i", Style::Literal),
        ("j", ">-\n  k", Style::Folded),
        ("l", "[1, {m: n}]", Style::Flow),
        ("o", "- p\n-   q: r\n    s: t", Style::Block),
        ("v", "", Style::Plain),
        ("w", "x\n  y", Style::Plain),
    ] {
        assert_eq!(text(root.get(path)), wanted);
        assert_eq!(root.get(path).style(), style);
        assert_eq!(tree.source().slice(root.get(path).key_span().unwrap()), path);
    }
    assert_eq!(text(root.get("o").index(1)), "q: r\n    s: t");
    assert_eq!(text(root.get("l").index(1)), "{m: n}");
    assert_eq!(root.get("v").span().start as usize, source.find("v:").unwrap() + 2);
    let comments: Vec<_> = tree.comments().iter().map(|c| tree.source().slice(*c)).collect();
    assert_eq!(comments, ["# c", "# e", "# g", "# u"]);
}

#[test]
fn comments_everywhere() {
    let source = "#a\n---   #b\n#c\nk: #d\n  #e\n  v #f\nl: [ #g\n 1 #h\n , 2 #i\n] #j\nm: |- #k\n  t # no\n  #no\n#l\nn: &x #m\n  o\n...  #n\n#o\n";
    let tree = yaml(source);
    assert_eq!(tree.errors(), []);
    let comments: Vec<_> = tree.comments().iter().map(|c| tree.source().slice(*c)).collect();
    let wanted: Vec<_> = ('a'..='o').map(|c| format!("#{c}")).collect();
    assert_eq!(comments, wanted);
    let crlf = yaml("a: 1 # x\r\n# y\r\nb: 2\r\n");
    let comments: Vec<_> = crlf.comments().iter().map(|c| crlf.source().slice(*c)).collect();
    assert_eq!(comments, ["# x", "# y"]);
}

#[test]
fn documents_cover_the_text() {
    let tree = yaml("# c\n---\na: 1\n---\nb: [\n--- \nc: 3\n");
    let spans: Vec<_> = tree.documents().iter().map(|d| tree.source().slice(d.span)).collect();
    assert_eq!(spans, ["# c\n---\na: 1\n", "\nb: [\n", " \nc: 3\n"]);
}

#[test]
fn aliases_lead_to_where_the_value_is_written() {
    let tree = yaml("- &x a\n- [*x]\n- k: *x\n- &k q: [*k]\n");
    let root = tree.roots().next().unwrap();
    assert_eq!(root.index(1).index(0).pointer().as_str(), "/0");
    assert_eq!(root.at("").pointer().as_str(), "");
    assert_eq!(root.index(2).get("k").pointer().as_str(), "/0");
    assert_eq!(root.index(3).get("q").index(0).as_str(), Some("q"));
    assert_eq!(root.index(3).get("q").pointer().as_str(), "/3/q");
    check_spans(&tree);
}

#[test]
fn keys_of_merged_and_dropped_entries_can_be_located() {
    let tree = yaml("a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n");
    let root = tree.roots().next().unwrap();
    assert_eq!(root.at("c.b").pointer().as_str(), "/a/b");
    assert_eq!(root.at("c.d").pointer().as_str(), "/c/d");
}
