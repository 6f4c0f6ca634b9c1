//! Seeing through programs that merely start other programs: `sudo`, `env`, `sh -c`, ...

use super::ast::{PartKind, RedirectOp, Simple, Word, Wrapper};
use super::parser::{Parser, assignment};
use crate::mapped::Mapped;

/// How the words of a wrapper go on until the program it starts.
struct Spec {
    name: &'static str,
    /// Short options that take a value, as letters.
    short: &'static str,
    /// Long options that take a value in the next word.
    long: &'static [&'static str],
    /// Words after the options that are not yet the program: a user, a duration.
    operands: usize,
    /// True if `NAME=value` words may come before the program.
    assigns: bool,
    /// Options with which it starts nothing.
    inert: &'static [&'static str],
}

const fn spec(
    name: &'static str,
    short: &'static str,
    long: &'static [&'static str],
    operands: usize,
    assigns: bool,
    inert: &'static [&'static str],
) -> Spec {
    Spec { name, short, long, operands, assigns, inert }
}

const WRAPPERS: &[Spec] = &[
    spec(
        "sudo",
        "ugpChrtTUDR",
        &[
            "--user",
            "--group",
            "--prompt",
            "--host",
            "--role",
            "--type",
            "--chdir",
            "--chroot",
            "--close-from",
            "--other-user",
            "--command-timeout",
        ],
        0,
        true,
        &["-l", "--list", "-v", "--validate", "-k", "-K", "-V", "--version", "-e", "--edit"],
    ),
    spec("doas", "uCa", &[], 0, false, &["-L"]),
    spec("env", "uCa", &["--unset", "--chdir", "--argv0"], 0, true, &[]),
    spec("exec", "a", &[], 0, false, &[]),
    spec("command", "", &[], 0, false, &["-v", "-V"]),
    spec("builtin", "", &[], 0, false, &[]),
    spec("nohup", "", &[], 0, false, &[]),
    spec("time", "fo", &["--format", "--output"], 0, false, &[]),
    spec("nice", "n", &["--adjustment"], 0, false, &[]),
    spec("ionice", "cn", &["--class", "--classdata"], 0, false, &["-p"]),
    spec("timeout", "ks", &["--kill-after", "--signal"], 1, false, &[]),
    spec("setsid", "", &[], 0, false, &[]),
    spec("stdbuf", "ioe", &["--input", "--output", "--error"], 0, false, &[]),
    spec("unbuffer", "", &[], 0, false, &[]),
    spec("eatmydata", "", &[], 0, false, &[]),
    spec("chroot", "", &[], 1, false, &[]),
    spec("gosu", "", &[], 1, false, &[]),
    spec("su-exec", "", &[], 1, false, &[]),
    spec("setuidgid", "", &[], 1, false, &[]),
    spec("tini", "pe", &[], 0, false, &[]),
    spec("dumb-init", "r", &["--rewrite"], 0, false, &[]),
    spec("catchsegv", "", &[], 0, false, &[]),
    spec("fakeroot", "lsib", &["--lib", "--faked"], 0, false, &[]),
    spec("busybox", "", &[], 0, false, &["--list", "--install"]),
    spec("flock", "wcE", &["--timeout", "--wait", "--conflict-exit-code"], 1, false, &["-u"]),
    spec("linux32", "", &[], 0, false, &[]),
    spec("linux64", "", &[], 0, false, &[]),
    spec("setarch", "", &[], 1, false, &[]),
    spec(
        "xargs",
        "adEeIiLlnPs",
        &[
            "--arg-file",
            "--delimiter",
            "--replace",
            "--max-lines",
            "--max-args",
            "--max-procs",
            "--max-chars",
            "--process-slot-var",
        ],
        0,
        false,
        &[],
    ),
    spec("parallel", "jNIaS", &["--jobs", "--arg-file", "--colsep"], 0, false, &[]),
];

/// Most wrappers around one command.
const MAX_WRAPPERS: usize = 16;

/// Last part of a path, without the ending that Windows programs have.
pub(super) fn base_name(text: &str) -> &str {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    name.strip_suffix(".exe").unwrap_or(name)
}

/// True for shells that take `-c script`.
pub(super) fn is_shell(name: &str) -> bool {
    matches!(name, "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh" | "mksh" | "rbash" | "hush")
}

/// Finds the program behind wrappers, and the script that a shell is given.
pub(super) fn apply(parser: &mut Parser<'_>, simple: &mut Simple, first_pending: usize) {
    let mut at = 0;
    while simple.wrappers.len() < MAX_WRAPPERS {
        let Some(name) = simple.words.get(at).and_then(Word::literal) else { break };
        let name = base_name(&name).to_owned();
        let Some(next) = program_after(&name, &simple.words, at) else { break };
        simple.wrappers.push(Wrapper { name, at });
        at = next;
    }
    simple.program = at;
    let Some(name) = simple.words.get(at).and_then(Word::literal) else { return };
    let name = base_name(&name);
    let words = simple.words.get(at + 1..).unwrap_or(&[]);
    let script = if is_shell(name) {
        match shell_script(words) {
            Given::Script(word) => Some(text_of(parser, std::slice::from_ref(word))),
            Given::Input => {
                for pending in parser.pending.iter_mut().skip(first_pending) {
                    pending.script = simple.redirects.iter().any(|r| r.heredoc == Some(pending.index));
                }
                simple
                    .redirects
                    .iter()
                    .rfind(|r| r.operator == RedirectOp::HereString)
                    .map(|r| text_of(parser, std::slice::from_ref(&r.target)))
            }
            Given::File => None,
        }
    } else {
        match name {
            "eval" => Some(text_of(parser, words)),
            "su" | "runuser" => command_option(words).map(|word| text_of(parser, std::slice::from_ref(word))),
            _ => None,
        }
    };
    if let Some(text) = script.filter(|text| !text.text().trim().is_empty()) {
        simple.script = Some(Box::new(parser.nested(&text)));
    }
}

/// Place of the program that the wrapper at `at` starts; `None` if this is no wrapper or starts nothing.
fn program_after(name: &str, words: &[Word], at: usize) -> Option<usize> {
    let spec = WRAPPERS.iter().find(|spec| spec.name == name)?;
    let mut next = at + 1;
    let mut operands = spec.operands;
    while let Some(word) = words.get(next) {
        let text = word.known_prefix();
        if spec.inert.contains(&text.as_str()) {
            return None;
        }
        if text == "--" {
            next += 1;
            continue;
        }
        if let Some(long) = text.strip_prefix("--") {
            next += 1 + usize::from(!long.contains('=') && spec.long.contains(&text.as_str()));
            continue;
        }
        if text.len() > 1
            && let Some(letters) = text.strip_prefix('-')
        {
            // A letter with a value ends the cluster; the value may be joined to it.
            let valued = letters.char_indices().find(|(_, c)| spec.short.contains(*c));
            // In xargs `-e`, `-i` and `-l` take only a joined value.
            let apart = valued.is_some_and(|(i, c)| {
                i + c.len_utf8() == letters.len()
                    && word.literal().is_some()
                    && !(name == "xargs" && "eil".contains(c))
            });
            next += 1 + usize::from(apart);
            continue;
        }
        if text == "-" && name == "env" {
            next += 1;
            continue;
        }
        if spec.assigns && assignment(&text).is_some() {
            next += 1;
            continue;
        }
        if operands > 0 {
            operands -= 1;
            next += 1;
            continue;
        }
        return Some(next);
    }
    None
}

enum Given<'a> {
    /// `-c` with this script.
    Script(&'a Word),
    /// Commands come from standard input.
    Input,
    /// A file is run.
    File,
}

/// What a shell is told to run.
fn shell_script(words: &[Word]) -> Given<'_> {
    let mut command = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.known_prefix();
        if text == "--" || text == "-" {
            continue;
        }
        if text.starts_with("--") {
            if matches!(text.as_str(), "--rcfile" | "--init-file") {
                words.next();
            }
            continue;
        }
        if let Some(letters) = text.strip_prefix(['-', '+']).filter(|l| !l.is_empty()) {
            if letters.contains('c') {
                command = true;
            } else if letters.contains('s') {
                return Given::Input;
            }
            for _ in letters.chars().filter(|c| matches!(c, 'o' | 'O')) {
                words.next();
            }
            continue;
        }
        return if command { Given::Script(word) } else { Given::File };
    }
    if command { Given::File } else { Given::Input }
}

/// The word after `-c` or `--command` of `su`.
fn command_option(words: &[Word]) -> Option<&Word> {
    let at = words.iter().position(|w| w.is("-c") || w.is("--command") || w.is("-lc"))?;
    words.get(at + 1)
}

/// The text of words as another shell gets it. Parameters stay as they are written; of what only runs can
/// tell, a parameter without a name remains, so that nothing is seen twice.
fn text_of(parser: &Parser<'_>, words: &[Word]) -> Mapped {
    let first = words.first().map_or(parser.source(parser.at), |w| w.span.start);
    let mut text = Mapped::empty(first);
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            text.push(" ", word.span.start.saturating_sub(1));
        }
        for part in &word.parts {
            match &part.kind {
                PartKind::Text(piece) => text.push_part(piece, 0, piece.text().len()),
                PartKind::Parameter { name, .. } => {
                    // Later expansions can't be told from the text, so the bare name will do.
                    for c in format!("${{{name}}}").chars() {
                        text.push_char(c, part.span);
                    }
                }
                _ => "$_".chars().for_each(|c| text.push_char(c, part.span)),
            }
        }
    }
    text
}
