use super::*;
use model::Span;
use proptest::prelude::*;

fn sane(text: &str) {
    let script = parse(text);
    let inside = |span: Span| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{span:?} in {text:?}");
        assert!(text.is_char_boundary(span.start as usize), "{span:?} in {text:?}");
        assert!(text.is_char_boundary(span.end as usize), "{span:?} in {text:?}");
    };
    for error in &script.errors {
        inside(error.span);
    }
    for comment in &script.comments {
        inside(*comment);
    }
    let commands = script.commands();
    for (i, command) in commands.iter().enumerate() {
        inside(command.span());
        assert!(command.upstream.end <= i && command.inputs.end <= i);
        for word in command.argv() {
            inside(word.span);
            for part in &word.parts {
                inside(part.span);
                if let PartKind::Text(text) = &part.kind {
                    for (at, c) in text.text().char_indices() {
                        inside(text.span_of(at, at + c.len_utf8()));
                    }
                }
            }
        }
        for redirect in command.redirects() {
            inside(redirect.span);
        }
        for assignment in command.assignments() {
            inside(assignment.span);
            inside(assignment.value.span);
        }
    }
    dialect::guess(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_survived(text in ".{0,200}") {
        sane(&text);
    }

    #[test]
    fn anything_like_a_script_is_survived(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("a"), Just(" "), Just(" "), Just("\n"), Just(";"), Just(";;"), Just("&&"), Just("||"), Just("|"), Just("&"),
                Just("("), Just(")"), Just("{ "), Just("} "), Just("$("), Just("`"), Just("\\`"), Just("\""), Just("'"), Just("$'"), Just("${X:-"),
                Just("}"), Just("$(("), Just("))"), Just("(("), Just("if "), Just("then "), Just("fi "), Just("for x in "), Just("do "), Just("done "),
                Just("case x in "), Just("esac "), Just("while "), Just("f() "), Just("[[ "), Just(" ]]"), Just("<<E"), Just("<<-'E'"), Just("\nE\n"),
                Just("<<<"), Just("<("), Just("> "), Just("2>&1"), Just("#"), Just("\\"), Just("\\\n"), Just("sh -c "), Just("eval "), Just("sudo "), Just("x="),
                Just("x=("), Just("é"), Just("\r\n"), Just("!"), Just("$X"), Just("*("), Just("time "), Just("\\u00e9"), Just("bash <<E\n"),
            ],
            0..60,
        )
    ) {
        sane(&pieces.concat());
    }
}

#[test]
fn deep_and_long_inputs() {
    for piece in [
        "$(",
        "(",
        "{ ",
        "`",
        "\"$(",
        "${X:-",
        "$((",
        "((",
        "if ",
        "while ",
        "case x in a) ",
        "f() { ",
        "sh -c '",
        "eval \"",
        "<(",
        "x=(",
        "[[ ",
        "<<E ",
        "a|",
        "a&&",
        "'",
        "\"",
        "\\",
        "$",
        "! ",
        "time ",
        "for x in ",
        "a;",
        "*(",
        "}",
        "fi ",
        ")",
        "\\`",
        "bash <<E\n",
        "sudo ",
        "$'",
        "a=[",
        "${a[",
        "a ",
        "\"\\\"",
        ";;",
        "#\n",
        "&",
        "case x in ",
    ] {
        sane(&piece.repeat(3000));
        let script = parse(&piece.repeat(30_000));
        script.commands();
    }
}
