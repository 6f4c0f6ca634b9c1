use super::*;
use crate::Mapped;
use model::Span;
use proptest::prelude::*;
use std::path::Path;

/// Everything that must hold for any input.
fn sane(text: &str) -> Dockerfile {
    let file = read(text);
    let inside = |span: Span, what: &str| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{what} {span:?} in {text:?}");
        assert!(text.is_char_boundary(span.start as usize), "{what} {span:?} in {text:?}");
        assert!(text.is_char_boundary(span.end as usize), "{what} {span:?} in {text:?}");
    };
    for span in &file.comments {
        inside(*span, "comment");
        assert!(file.source.slice(*span).starts_with('#'));
    }
    for error in &file.errors {
        inside(error.span, &error.message);
        assert!(!error.message.is_empty());
    }
    for directive in &file.directives {
        inside(directive.span, "directive");
        assert_eq!(file.source.slice(directive.value_span), directive.value);
    }
    let mut last = 0;
    for instruction in file.instructions() {
        inside(instruction.span, "instruction");
        assert!(instruction.span.start >= last, "{text:?}");
        last = instruction.span.end;
        check(&file, instruction, &inside);
    }
    for stage in &file.stages {
        inside(stage.span, "stage");
    }
    for state in file.evaluate().stages {
        for reference in state.references {
            inside(reference.span, "reference");
        }
    }
    looks_like(text);
    file
}

fn check(file: &Dockerfile, instruction: &Instruction, inside: &dyn Fn(Span, &str)) {
    let whole = instruction.span;
    let part = |span: Span, what: &str| {
        inside(span, what);
        assert!(whole.contains(span), "{what} {span:?} outside {whole:?} of {:?}", file.source.text());
    };
    let mapped = |m: &Mapped, what: &str| {
        part(m.span(), what);
        // Every decoded byte that was not an escape stands in the source where the map says.
        for (i, c) in m.text().char_indices() {
            let span = m.span_of(i, i + c.len_utf8());
            inside(span, what);
        }
    };
    part(instruction.keyword_span, "keyword");
    mapped(&instruction.args, "args");
    for (i, c) in instruction.args.text().char_indices() {
        let span = instruction.args.span_of(i, i + c.len_utf8());
        assert_eq!(file.source.slice(span), c.to_string(), "{:?}", file.source.text());
    }
    for flag in &instruction.flags {
        part(flag.span, "flag");
        if let Some(value) = &flag.value {
            mapped(value, "flag value");
        }
    }
    for heredoc in &instruction.heredocs {
        part(heredoc.marker, "marker");
        mapped(&heredoc.body, "heredoc");
    }
    if let Some(command) = instruction.command() {
        part(command.span, "command");
        match &command.form {
            Form::Exec(words) => words.iter().for_each(|w| mapped(w, "word")),
            Form::Shell { script, .. } => {
                mapped(script, "script");
                for command in crate::shell::parse_mapped(script).commands() {
                    part(command.span(), "shell command");
                    command.argv().iter().for_each(|w| part(w.span, "shell word"));
                    command.redirects().iter().for_each(|r| part(r.span, "redirection"));
                }
            }
        }
    }
    match &instruction.body {
        Body::Env(pairs) | Body::Label(pairs) => {
            for pair in pairs {
                mapped(&pair.key, "key");
                mapped(&pair.value, "value");
            }
        }
        Body::Copy(t) | Body::Add(t) => {
            t.sources.iter().chain([&t.target]).for_each(|w| mapped(w, "path"));
        }
        Body::Expose(ports) => ports.iter().for_each(|p| mapped(&p.text, "port")),
        Body::Run(run) => {
            for mount in &run.mounts {
                part(mount.span, "mount");
                mount.options.iter().for_each(|o| part(o.span, "option"));
            }
        }
        Body::Onbuild(inner) => check(file, inner, inside),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_survived(text in ".{0,200}") {
        sane(&text);
    }

    #[test]
    fn anything_like_a_dockerfile_is_survived(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("FROM "), Just("RUN "), Just("COPY "), Just("ENV "), Just("ONBUILD "), Just("ARG "), Just("CMD "),
                Just("EXPOSE "), Just("HEALTHCHECK "), Just("--mount="), Just("--from="), Just("type=cache,"), Just("<<EOF"),
                Just("<<-'E F'"), Just("EOF"), Just("\n"), Just("\n"), Just("\n"), Just(" "), Just("\\\n"), Just("\\"), Just("`"),
                Just("\""), Just("'"), Just("["), Just("]"), Just(","), Just("\"a\""), Just("\\u00e9"), Just("é"),
                Just("\r\n"), Just("\t"), Just("# c"), Just("# escape=`\n"), Just("$"), Just("${A:-"), Just("}"), Just("A=b"), Just("\u{2003}"),
                Just("\u{feff}"), Just("x"), Just("AS b"), Just("sh -c '"), Just("a | b"), Just("$(c"), Just("\\\n# é\n"), Just("eval "),
            ],
            0..60,
        )
    ) {
        sane(&pieces.concat());
    }
}

#[test]
fn long_inputs_take_linear_time() {
    use std::fmt::Write;
    let mut text = "FROM a\n".to_owned();
    for i in 0..3000 {
        writeln!(text, "RUN <<E{i} cat <<F{i}").unwrap();
    }
    sane(&text);
    read(&format!("FROM a\nRUN {}", "x \\\n".repeat(100_000)));
    read(&format!("FROM a\nRUN {}", "<<a ".repeat(50_000)));
    read(&format!("FROM a\nENV {}", "a=b ".repeat(50_000)));
    read(&format!("FROM a\nRUN {}", "--mount=type=a ".repeat(50_000)));
    read(&format!("FROM a\nRUN {}", "[".repeat(100_000)));
}

#[test]
fn corpora() {
    let Ok(root) = std::env::var("HOLDFAST_CORPORA") else {
        println!("skipped: set HOLDFAST_CORPORA to a folder with Dockerfiles");
        return;
    };
    let mut todo = vec![Path::new(&root).to_path_buf()];
    let (mut count, mut scripts) = (0, 0);
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                todo.push(path);
            } else if is_dockerfile_name(&path.to_string_lossy())
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let file = sane(&text);
                count += 1;
                assert!(file.errors.is_empty(), "{}: {:#?}", path.display(), file.errors);
                assert!(looks_like(&text), "{}", path.display());
                for instruction in file.instructions() {
                    let Some(script) = instruction.command().and_then(Command::script) else { continue };
                    if crate::shell::dialect::guess(script.text()) == crate::shell::Dialect::Posix {
                        let errors = crate::shell::parse_mapped(script).errors;
                        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
                        scripts += 1;
                    }
                }
            }
        }
    }
    println!("{count} Dockerfiles with {scripts} scripts");
}
