use super::*;

mod language;
mod robust;
mod running;

/// Parses what must be free of mistakes.
fn good(text: &str) -> Script {
    let script = parse(text);
    assert!(script.errors.is_empty(), "{text}\n{:#?}", script.errors);
    script
}

/// The commands as words, what only a run can tell shown as `?`.
fn argvs(script: &Script) -> Vec<String> {
    let shown = |c: &Invocation<'_>| {
        let words: Vec<_> = c.argv().iter().map(|w| w.with_gaps("?")).collect();
        words.join(" ")
    };
    script.commands().iter().map(shown).collect()
}
