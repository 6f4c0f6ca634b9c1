//! What a confined process can no longer do. The test runs itself once more as the process to be confined, for
//! confinement can't be undone.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use scan::confine::{Needs, State, confine};
use std::fs;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Set for the process that is to confine itself: the folder to work in.
const INSIDE: &str = "HOLDFAST_TEST_CONFINED";

/// What the confined process tries, and what has to come of it.
fn attempts(folder: &Path) -> Vec<(&'static str, &'static str, bool)> {
    let input = folder.join("inputs/a.yaml");
    let secret = folder.join("secret.yaml");
    let target = folder.join("fixed");
    let works = |done: std::io::Result<()>| done.is_ok();
    let read = |path: &Path| works(fs::read(path).map(drop));
    vec![
        ("", "read an input", read(&input)),
        ("", "list the inputs", works(fs::read_dir(folder.join("inputs")).map(drop))),
        ("", "change what is to be fixed", works(fs::write(target.join("b.yaml"), "b: 2"))),
        ("", "put a new file in its place", {
            let new = target.join(".b.yaml.new");
            works(fs::write(&new, "b: 3").and_then(|()| fs::rename(&new, target.join("b.yaml"))))
        }),
        ("", "start a thread", std::thread::spawn(|| 1).join().is_ok()),
        ("files", "read another file", !read(&secret)),
        ("files", "read another file by a detour", !read(&folder.join("inputs/../secret.yaml"))),
        ("files", "read another file through a link", !read(&folder.join("inputs/link.yaml"))),
        ("files", "read a system file", !read(Path::new("/etc/passwd"))),
        ("files", "list another folder", fs::read_dir(folder).is_err()),
        ("files", "change an input", fs::write(&input, "x").is_err()),
        ("files", "write elsewhere", fs::write(folder.join("new"), "x").is_err()),
        ("files", "remove another file", fs::remove_file(&secret).is_err()),
        ("files", "make a folder", fs::create_dir(folder.join("inputs/new")).is_err()),
        ("calls", "listen on TCP", denied(TcpListener::bind("127.0.0.1:0").map(drop))),
        ("calls", "connect by TCP", denied(TcpStream::connect("127.0.0.1:9").map(drop))),
        ("calls", "open a UDP socket", denied(UdpSocket::bind("127.0.0.1:0").map(drop))),
        ("calls", "listen on a local socket", denied(UnixListener::bind(target.join("socket")).map(drop))),
        ("calls", "connect to a local socket", denied(UnixStream::connect("/run/socket").map(drop))),
        ("calls", "run a program", denied(Command::new("/bin/true").status().map(drop))),
        ("calls", "run itself", denied(Command::new(std::env::current_exe().unwrap()).status().map(drop))),
    ]
}

/// True if the kernel said no, rather than that nobody listens.
fn denied(done: std::io::Result<()>) -> bool {
    matches!(done, Err(e) if e.kind() == ErrorKind::PermissionDenied)
}

/// The confined process: prints one line an attempt.
fn inside(folder: &Path) {
    let needs = Needs { read: vec![folder.join("inputs")], write: vec![folder.join("fixed")] };
    let confinement = confine(&needs);
    for (name, state) in [("files", confinement.files), ("calls", confinement.syscalls)] {
        match state {
            State::Active(detail) => println!("layer {name} active {detail}"),
            State::Inactive(why) => println!("layer {name} inactive {why}"),
        }
    }
    for (layer, what, good) in attempts(folder) {
        println!(
            "attempt {}:{what}:{}",
            if layer.is_empty() { "none" } else { layer },
            if good { "good" } else { "bad" }
        );
    }
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_confined_process_can_neither_read_elsewhere_nor_open_sockets_nor_run_programs() {
    if let Some(folder) = std::env::var_os(INSIDE) {
        return inside(Path::new(&folder));
    }
    let folder = std::env::temp_dir().join(format!("holdfast-confine-{}", std::process::id()));
    let folder = Folder(folder);
    for name in ["inputs", "fixed"] {
        fs::create_dir_all(folder.0.join(name)).unwrap();
    }
    fs::write(folder.0.join("inputs/a.yaml"), "a: 1").unwrap();
    fs::write(folder.0.join("fixed/b.yaml"), "b: 1").unwrap();
    fs::write(folder.0.join("secret.yaml"), "s: 1").unwrap();
    std::os::unix::fs::symlink("../secret.yaml", folder.0.join("inputs/link.yaml")).unwrap();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--nocapture", "--test-threads=1", "a_confined_process"])
        .env(INSIDE, &folder.0)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    let active = |layer: &str| {
        let state = said.lines().find_map(|line| line.split_once(&format!("layer {layer} ")).map(|(_, s)| s));
        let state = state.unwrap_or_else(|| panic!("nothing about {layer}: {done:?}"));
        if let Some(why) = state.strip_prefix("inactive") {
            println!("skipped: {layer} can't be confined here:{why}");
        }
        state.starts_with("active")
    };
    let layers = [("none", true), ("files", active("files")), ("calls", active("calls"))];
    let mut tried = 0;
    for line in said.lines().filter_map(|line| line.split_once("attempt ").map(|(_, rest)| rest)) {
        let mut parts = line.split(':');
        let (layer, what, result) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        tried += 1;
        if layers.iter().any(|(name, active)| *name == layer && *active) {
            assert_eq!(result, "good", "under confinement: {what}\n{said}");
        }
    }
    assert_eq!(tried, 21, "{done:?}");
}
