//! Words of a command line, from lists of words and from shell scripts.

use model::{Why, WhyCode};
use syntax::{Node, placeholder};

/// One word, with the node it stands in.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    pub text: String,
    pub node: Node<'a>,
    /// False for a word out of a script.
    pub own_item: bool,
    /// Set if the word holds something that is filled in later.
    pub unknown: Option<Why>,
}

/// Why a text is not final, if it isn't: a template expression.
pub fn placeholder_in(text: &str) -> Option<Why> {
    placeholder::find(text)
        .map(|found| Why::new(WhyCode::Unresolved, format!("an argument is filled in later by `{found}`")))
}

/// A word that is an item of a list. `$(NAME)` is replaced where `env` gives a literal value.
pub fn item<'a>(node: Node<'a>, env: Node<'a>) -> Option<Word<'a>> {
    let text = node.scalar()?;
    let mut unknown = placeholder_in(text);
    let text = if text.contains("$(") { expand(text, env, &mut unknown) } else { text.to_owned() };
    Some(Word { text, node, own_item: true, unknown })
}

/// How many variables are looked at for each reference, so that hostile input costs linear time.
const ENVIRONMENT: usize = 512;

fn expand(text: &str, env: Node<'_>, unknown: &mut Option<Why>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("$(") {
        out.push_str(before);
        let Some((name, tail)) = after.split_once(')') else {
            out.push_str("$(");
            rest = after;
            continue;
        };
        let value = env
            .items()
            .take(ENVIRONMENT)
            .find(|e| e.get("name").is(name))
            .and_then(|e| e.get("value").scalar());
        if let Some(value) = value {
            out.push_str(value);
        } else {
            *unknown = Some(Why::new(
                WhyCode::Unresolved,
                format!("an argument depends on the environment variable `{name}`"),
            ));
            out.push_str("$(");
            out.push_str(name);
            out.push(')');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Simple commands of a shell script: words split at blanks, quotes taken off, redirections and comments
/// dropped. Good enough to find a program with its flags; no expansion is done.
pub fn script<'a>(text: &str, node: Node<'a>) -> Vec<Vec<Word<'a>>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<(String, bool)> = None;
    let mut chars = text.chars().peekable();
    let mut skip_next = false;
    let mut finish = |word: &mut Option<(String, bool)>, commands: &mut Vec<Vec<Word<'a>>>| {
        let Some((text, dynamic)) = word.take() else { return };
        if std::mem::take(&mut skip_next) {
            return;
        }
        let bare = text.trim_start_matches(|c: char| c.is_ascii_digit());
        if bare.starts_with(['<', '>']) {
            // `>file` carries its target; `>` alone takes the next word.
            skip_next = bare.trim_start_matches(['<', '>', '&']).is_empty();
            return;
        }
        let unknown = placeholder_in(&text).or_else(|| {
            dynamic.then(|| {
                Why::new(WhyCode::Unresolved, format!("the argument `{text}` is computed by the shell"))
            })
        });
        if let Some(last) = commands.last_mut() {
            last.push(Word { text, node, own_item: false, unknown });
        }
    };
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some(other) => word.get_or_insert_default().0.push(other),
            },
            '\'' => {
                let word = word.get_or_insert_default();
                for inner in chars.by_ref().take_while(|c| *c != '\'') {
                    word.0.push(inner);
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                while let Some(inner) = chars.next() {
                    match inner {
                        '"' => break,
                        '\\' => word.0.extend(chars.next()),
                        _ => {
                            word.1 |= matches!(inner, '$' | '`');
                            word.0.push(inner);
                        }
                    }
                }
            }
            '#' if word.is_none() => {
                for skipped in chars.by_ref() {
                    if skipped == '\n' {
                        break;
                    }
                }
                commands.push(Vec::new());
            }
            '&' if word.as_ref().is_some_and(|w| w.0.ends_with(['>', '<'])) || chars.peek() == Some(&'>') => {
                word.get_or_insert_default().0.push(c);
                if word.as_ref().is_some_and(|w| w.0 == "&") {
                    word = None;
                }
            }
            '\n' | ';' | '|' | '&' => {
                finish(&mut word, &mut commands);
                commands.push(Vec::new());
            }
            _ if c.is_whitespace() => finish(&mut word, &mut commands),
            '<' | '>' if word.as_ref().is_some_and(|w| !is_redirection(&w.0)) => {
                finish(&mut word, &mut commands);
                word.get_or_insert_default().0.push(c);
            }
            _ => {
                let word = word.get_or_insert_default();
                word.1 |= matches!(c, '$' | '`');
                word.0.push(c);
            }
        }
    }
    finish(&mut word, &mut commands);
    commands.retain(|c| !c.is_empty());
    commands
}

fn is_redirection(text: &str) -> bool {
    // The bound keeps a row of a million `>` linear.
    text.len() < 8 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '<' | '>' | '&'))
}
