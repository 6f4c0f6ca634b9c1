//! A folder of its own for each test, and the program run in it.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A pod with two faults, each on a line of its own.
pub const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  hostNetwork: true\n  \
    containers:\n    - name: web\n      image: example.com/web:1.0\n      securityContext:\n        privileged: true\n";

/// The rules of the two faults, so that further rules do not change what the tests see.
pub const TWO: [&str; 2] = ["--rules", "privileged-container,host-network"];

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A folder that goes when the test is over.
pub struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What the program did.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    /// Fails, with everything the program said, unless it ended so.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }

    /// Rules of the findings that no exception covers, sorted.
    pub fn open_rules(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().unwrap().iter();
        let mut rules: Vec<String> = findings
            .filter(|f| f["exception"].is_null())
            .map(|f| f["rule"].as_str().unwrap().to_owned())
            .collect();
        rules.sort();
        rules
    }

    /// The row of the ledger about a file.
    pub fn row(&self, file: &str) -> Value {
        let json = self.json();
        let rows = json["ledger"].as_array().unwrap();
        rows.iter()
            .find(|r| r["file"] == file)
            .unwrap_or_else(|| panic!("no row for {file}: {rows:#?}"))
            .clone()
    }

    /// Messages of the notices about exceptions.
    pub fn notices(&self) -> Vec<String> {
        let json = self.json();
        json["notices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n["message"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("holdfast-cli-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    /// A folder with one file.
    pub fn with(name: &str, text: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        folder.put(name, text);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn get(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, &[], b"")
    }

    /// Runs a scan of the two rules and returns its JSON report.
    pub fn scan(&self, arguments: &[&str]) -> Done {
        let mut all = vec!["scan", "-f", "json"];
        all.extend(TWO);
        all.extend(arguments);
        self.run(&all)
    }

    /// Runs the program with variables set and something on standard input.
    pub fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
        command.args(arguments).current_dir(&self.0).env_remove("NO_COLOR").env_remove("COLUMNS");
        // A day that does not move, for exceptions that run out and for reports that name it.
        command
            .env("SOURCE_DATE_EPOCH", "1795392000")
            .env("LC_ALL", "C.UTF-8")
            .envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // A program that does not read it all is no fault of the test.
            let _ = stdin.write_all(&input);
        });
        let done = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Done { code: done.status.code().unwrap_or(-1), out: text(done.stdout), err: text(done.stderr) }
    }
}

/// A program that is needed for a test. Says so if it is not there.
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok_and(|o| o.status.success());
    if !found {
        println!("skipped: no `{program}` here");
    }
    found
}

/// Runs another program in a folder; it must succeed.
pub fn other(folder: &Path, program: &str, arguments: &[&str]) {
    let done = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}
