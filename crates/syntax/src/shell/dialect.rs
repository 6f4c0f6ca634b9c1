//! Telling Unix shells from those of Windows.

use super::unwrap::{base_name, is_shell};

/// Family of shell languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// sh, bash and their kin: what this module parses.
    Posix,
    /// PowerShell.
    PowerShell,
    /// The command prompt of Windows.
    Cmd,
    /// Another interpreter: Python, fish, ...
    Other,
}

/// The language of a program, by its name or path.
pub fn of_program(program: &str) -> Dialect {
    let name = base_name(program).to_ascii_lowercase();
    match base_name(&name) {
        "powershell" | "pwsh" => Dialect::PowerShell,
        "cmd" => Dialect::Cmd,
        name if is_shell(name) || name == "busybox" => Dialect::Posix,
        _ => Dialect::Other,
    }
}

/// The language of a `#!` line (without `#!`): `/usr/bin/env -S bash -e`.
pub fn of_interpreter(line: &str) -> Dialect {
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or("");
    if base_name(program) == "env" {
        words.find(|w| !w.starts_with('-') && !w.contains('=')).map_or(Dialect::Other, of_program)
    } else {
        of_program(program)
    }
}

/// The language a text looks to be written in. Only strong signs of Windows count.
pub fn guess(text: &str) -> Dialect {
    let first = text.split_whitespace().next().unwrap_or("");
    if !first.contains('=')
        && let dialect @ (Dialect::PowerShell | Dialect::Cmd) = of_program(first)
    {
        return dialect;
    }
    let power = first.starts_with("$env:")
        || text.contains("$ErrorActionPreference")
        || text.contains("$ProgressPreference")
        || text
            .split(|c: char| c.is_whitespace() || matches!(c, ';' | '(' | '|' | '{'))
            .any(|word| has_cmdlet_form(word) || word.starts_with("$env:"));
    if power {
        return Dialect::PowerShell;
    }
    let cmd = ["@echo off", "setx ", "%PATH%", "%TEMP%", "%ProgramFiles%"];
    if cmd.iter().any(|sign| text.contains(sign)) { Dialect::Cmd } else { Dialect::Posix }
}

/// `Verb-Noun` with a verb that cmdlets use.
fn has_cmdlet_form(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "Add", "Copy", "Expand", "Get", "Import", "Install", "Invoke", "Move", "New", "Out", "Remove",
        "Rename", "Set", "Start", "Stop", "Test", "Unblock", "Update", "Write",
    ];
    word.split_once('-').is_some_and(|(verb, noun)| {
        VERBS.contains(&verb)
            && noun.starts_with(|c: char| c.is_ascii_uppercase())
            && noun.len() > 2
            && noun.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}
