//! Any text: no panic, and every span lies in the text on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use syntax::shell;

fuzz_target!(|text: &str| {
    let script = shell::parse(text);
    let inside = |span: model::Span| assert!(text.get(span.start as usize..span.end as usize).is_some());
    script.comments.iter().for_each(|comment| inside(*comment));
    script.errors.iter().for_each(|error| inside(error.span));
    for (i, command) in script.commands().iter().enumerate() {
        inside(command.span());
        assert!(command.upstream.end <= i && command.inputs.end <= i);
        command.argv().iter().for_each(|word| inside(word.span));
        command.redirects().iter().for_each(|redirect| inside(redirect.span));
    }
    shell::dialect::guess(text);
});
