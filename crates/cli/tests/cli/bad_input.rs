//! Broken, hostile and odd input: a message with a place, never a crash, never silence, the rest still judged.

use crate::harness::{Folder, POD, TWO, has, other};
use std::time::{Duration, Instant};

/// Scans one file by name, as a user asks for it.
fn asked(name: &str, text: impl AsRef<[u8]>) -> crate::harness::Done {
    Folder::with(name, text).scan(&[name])
}

#[test]
fn broken_yaml_that_was_asked_for() {
    let done = asked("bad.yaml", "a: 1\nb: [1, 2\n").exits(2);
    assert!(done.err.contains("bad.yaml:2:4: "), "{}", done.err);
    assert!(done.err.contains("hint: "), "{}", done.err);
    let row = done.row("bad.yaml");
    assert_eq!((row["status"].as_str(), row["line"].as_u64()), (Some("error"), Some(2)));
}

#[test]
fn broken_yaml_among_others() {
    let folder = Folder::with("bad.yaml", "a: [\n");
    folder.put("good.yaml", POD);
    let done = folder.scan(&[]).exits(1);
    assert_eq!(done.open_rules(), ["host-network", "privileged-container"]);
    assert_eq!(done.row("bad.yaml")["status"], "error");
    assert_eq!(done.row("good.yaml")["status"], "judged");
    assert!(done.row("bad.yaml")["reason"].as_str().unwrap().contains("line 1"));
    folder.scan(&["--fail-on-gaps"]).exits(2);
}

#[test]
fn a_broken_document_leaves_the_others() {
    let done = asked("mixed.yaml", format!("a: [\n---\n{POD}")).exits(2);
    assert_eq!(done.open_rules(), ["host-network", "privileged-container"]);
}

#[test]
fn broken_json() {
    let done = asked("bad.json", "{\"a\": 1,\n \"b\" 2}\n").exits(2);
    assert!(done.err.contains("bad.json:2:"), "{}", done.err);
}

#[test]
fn binary_and_invalid_utf8() {
    let done = asked("core.yaml", b"\x7fELF\0\0\0\x01\x02").exits(2);
    assert!(done.err.contains("core.yaml"), "{}", done.err);
    let folder = Folder::with("latin.yaml", b"a: caf\xe9\n");
    folder.put("core.bin.yaml", b"\0\0\0");
    folder.put("good.yaml", POD);
    let done = folder.scan(&[]).exits(1);
    let row = done.row("latin.yaml");
    assert_eq!(row["status"], "error");
    assert!(row["reason"].as_str().unwrap().contains("0xe9 at offset 6, in line 1"), "{row}");
    assert_eq!(done.row("core.bin.yaml")["kind"], "binary");
    assert_eq!(done.open_rules().len(), 2);
    let done = folder.scan(&["latin.yaml"]).exits(2);
    assert!(done.err.contains("not valid UTF-8"), "{}", done.err);
}

#[test]
fn empty_files_and_empty_documents() {
    for text in ["", "\n\n", "# only a comment\n", "---\n---\n...\n", "\u{feff}"] {
        let done = asked("empty.yaml", text).exits(0);
        assert_eq!(done.row("empty.yaml")["status"], "not-applicable", "{text:?}");
    }
    let done = asked("gaps.yaml", format!("---\n---\n{POD}---\n")).exits(1);
    assert_eq!(done.open_rules().len(), 2);
}

#[test]
fn byte_order_marks_and_line_ends() {
    let places = |done: crate::harness::Done| {
        let json = done.exits(1).json();
        let findings = json["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .map(|f| (f["location"]["line"].clone(), f["location"]["column"].clone()))
            .collect::<Vec<_>>()
    };
    let plain = places(asked("pod.yaml", POD));
    assert_eq!(plain.len(), 2);
    assert_eq!(places(asked("pod.yaml", format!("\u{feff}{POD}"))), plain);
    assert_eq!(places(asked("pod.yaml", POD.replace('\n', "\r\n"))), plain);
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(POD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(places(asked("pod.yaml", utf16)), plain);
}

#[test]
fn odd_things_in_a_folder() {
    let folder = Folder::with("good.yaml", POD);
    std::fs::create_dir(folder.path("dir.yaml")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(".", folder.path("loop")).unwrap();
        std::os::unix::fs::symlink("good.yaml", folder.path("link.yaml")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path("dangling.yaml")).unwrap();
    }
    let done = folder.scan(&[]).exits(1);
    assert_eq!(done.open_rules().len(), 2, "what a link leads to is judged once");
    #[cfg(unix)]
    for name in ["loop", "link.yaml", "dangling.yaml"] {
        assert_eq!(done.row(name)["kind"], "link");
    }
    folder.scan(&["dir.yaml"]).exits(0);
    // A link that the user names is what they mean.
    #[cfg(unix)]
    assert_eq!(folder.scan(&["link.yaml"]).exits(1).open_rules().len(), 2);
}

#[test]
#[cfg(unix)]
fn a_pipe_does_not_hang_the_scan() {
    if !has("mkfifo") {
        return;
    }
    let folder = Folder::with("good.yaml", POD);
    other(&folder.path("."), "mkfifo", &["pipe.yaml"]);
    let done = folder.scan(&[]).exits(1);
    assert_eq!(done.row("pipe.yaml")["kind"], "special");
    let done = folder.scan(&["pipe.yaml"]).exits(2);
    assert!(done.err.contains("pipe.yaml: a pipe"), "{}", done.err);
}

#[test]
#[cfg(unix)]
fn unreadable_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with("secret.yaml", POD);
    folder.put("good.yaml", POD);
    std::fs::set_permissions(folder.path("secret.yaml"), std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(folder.path("secret.yaml")).is_ok() {
        println!("skipped: permissions do not bind this user");
        return;
    }
    let done = folder.scan(&[]).exits(1);
    assert_eq!(done.row("secret.yaml")["status"], "error");
    assert!(folder.scan(&["secret.yaml"]).exits(2).err.contains("permission denied"));
}

#[test]
fn a_path_that_is_not_there() {
    let folder = Folder::with("good.yaml", POD);
    let done = folder.scan(&["nowhere.yaml", "good.yaml"]).exits(2);
    assert!(done.err.contains("nowhere.yaml: no such file or directory"), "{}", done.err);
    assert_eq!(done.open_rules().len(), 2, "the rest is judged");
}

#[test]
fn a_hundred_megabytes() {
    let folder = Folder::with("good.yaml", POD);
    let file = std::fs::File::create(folder.path("huge.yaml")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    let done = folder.scan(&[]).exits(1);
    let row = done.row("huge.yaml");
    assert_eq!(row["status"], "error");
    assert!(row["reason"].as_str().unwrap().contains("100 MiB, more than the limit of 64 MiB"), "{row}");
    assert!(folder.scan(&["huge.yaml"]).exits(2).err.contains("limit of 64 MiB"));
}

/// A debug build on a busy machine is slow; what is not linear takes minutes.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn bombs() {
    let aliases: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain((1..30).map(|i| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", "))))
        .collect();
    let merges: String = std::iter::once("b0: &b0 {x: 1}\n".to_owned())
        .chain((1..40).map(|i| format!("b{i}: &b{i}\n  <<: [*b{}, *b{}]\n", i - 1, i - 1)))
        .collect();
    let keyed = "x: 1\n".repeat(20_000);
    for (name, text) in [
        ("flow.yaml", "[".repeat(10_000)),
        ("block.yaml", (0..3_000).flat_map(|i| [" ".repeat(i), "a:\n".to_owned()]).collect()),
        ("dashes.yaml", "- ".repeat(10_000)),
        ("braces.json", "{\"a\":".repeat(10_000)),
        ("laughs.yaml", format!("{aliases}---\n{POD}")),
        ("merges.yaml", merges),
        ("line.yaml", format!("a: {}\n", "x".repeat(4_000_000))),
        ("keys.yaml", keyed),
        (
            "exceptions.yaml",
            format!("{POD}{}", "# holdfast: allow host-network reason=\"x\"\n".repeat(5_000)),
        ),
    ] {
        let folder = Folder::with(name, text);
        folder.put("good.yaml", POD);
        let begun = Instant::now();
        let done = folder.scan(&[]).exits(1);
        assert!(begun.elapsed() < PATIENCE, "{name}: {:?}", begun.elapsed());
        assert_eq!(done.row("good.yaml")["status"], "judged", "{name}");
        assert!(!done.row(name)["reason"].as_str().unwrap().is_empty());
        assert!(!done.err.contains("panicked"), "{name}: {}", done.err);
    }
}

#[test]
fn standard_input() {
    let folder = Folder::new();
    let scan = |input: &[u8]| {
        let mut arguments = vec!["scan", "-", "-f", "json"];
        arguments.extend(TWO);
        folder.run_with(&arguments, &[], input)
    };
    let done = scan(POD.as_bytes()).exits(1);
    assert_eq!(done.open_rules().len(), 2);
    assert_eq!(done.json()["findings"][0]["location"]["file"], "-");
    assert!(scan(b"a: [\n").exits(2).err.contains("-:1:4: "));
    assert!(scan(b"\0\x01").exits(2).err.contains("not text"));
    scan(b"").exits(0);
}
