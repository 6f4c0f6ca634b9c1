use super::*;

#[test]
fn commands_in_order() {
    for (text, want) in [
        ("", vec![]),
        ("a", vec!["a"]),
        ("a b;c&&d||e|f&g\nh", vec!["a b", "c", "d", "e", "f", "g", "h"]),
        ("a \\\n b", vec!["a b"]),
        ("a # b; c\nd", vec!["a", "d"]),
        ("a b#c", vec!["a b#c"]),
        ("(a; b) && { c; d; }", vec!["a", "b", "c", "d"]),
        ("if a; then b; elif c; then d; else e; fi; f", vec!["a", "b", "c", "d", "e", "f"]),
        ("while a; do b; done < x", vec!["a", "b"]),
        ("until a\ndo\nb\ndone", vec!["a", "b"]),
        ("for x in 1 2 $(l); do b $x; done", vec!["l", "b ?"]),
        ("for x; do b; done; for y\ndo c; done", vec!["b", "c"]),
        ("for ((i=0;i<3;i++)); do b; done", vec!["b"]),
        ("case $x in a|b) c;; (d) e;; *) f; esac; g", vec!["c", "e", "f", "g"]),
        ("case \"$(u)\" in\n a )\n c\n ;;\nesac", vec!["u", "c"]),
        ("f() { a; }; function g { b; }; function h() ( c ); f", vec!["a", "b", "c", "f"]),
        ("select x in a; do b; done", vec!["b"]),
        ("[[ a == b && -n $(c) ]] && d", vec!["c", "d"]),
        ("[[ $a =~ ^(x|y)$ ]]; b", vec!["b"]),
        ("if [[ a ]]; then b; fi", vec!["b"]),
        ("((x = 1 + $(a))); b", vec!["a", "b"]),
        ("x=$(a) y=`b` c", vec!["a", "b", "c"]),
        ("x=1", vec![""]),
        ("a $(b \"$(c)\") d", vec!["c", "b ?", "a ? d"]),
        ("a `b \\`c\\``", vec!["c", "b ?", "a ?"]),
        ("a \"$(b \")\")\"", vec!["b )", "a ?"]),
        ("a $((1 + 2)) $((3)) $( (b) )", vec!["b", "a ? ? ?"]),
        ("a ${X:-$(b)} ${Y}", vec!["b", "a ? ?"]),
        ("a <(b) >(c)", vec!["b", "c", "a ? ?"]),
        ("a > x 2>&1 <y &>z b", vec!["a b"]),
        ("! a | b", vec!["a", "b"]),
        ("time { a; }; time -p b", vec!["a", "b"]),
        ("a=(1 2 $(b)) c", vec!["b", "c"]),
        ("declare -a x=(1 2); y+=(3)", vec!["declare -a x=?", ""]),
        ("rm !(x|y) a@(b)c", vec!["rm !(x|y) a@(b)c"]),
        ("echo done if fi", vec!["echo done if fi"]),
        ("a;\n\n;b", vec!["a", "b"]),
        ("a &\nb & c", vec!["a", "b", "c"]),
        ("a |\n b &&\n\n c", vec!["a", "b", "c"]),
        ("a |& b", vec!["a", "b"]),
        ("a\r\nb\r\n", vec!["a", "b"]),
        ("{ a; } 2>/dev/null; b", vec!["a", "b"]),
    ] {
        assert_eq!(argvs(&good(text)), want, "{text}");
    }
}

#[test]
fn words() {
    for (text, want) in [
        ("a'b'\"c\"d", "abcd"),
        ("''", ""),
        ("\"\"", ""),
        ("a\\ b", "a b"),
        ("a\\\nb", "ab"),
        ("'a\\b'", "a\\b"),
        ("\"a\\b\\\"\\$\\\\\"", "a\\b\"$\\"),
        ("\"a\\\nb\"", "ab"),
        ("$'a\\n\\x41\\u00e9\\101\\''", "a\nAéA'"),
        ("$\"x\"", "x"),
        ("a$", "a$"),
        ("\"a$\"", "a$"),
        ("a$/b", "a$/b"),
        ("it\"'\"s", "it's"),
        ("a=b", "a=b"),
        ("{a,b}", "{a,b}"),
        ("~/x", "~/x"),
        ("é\"ü\"", "éü"),
    ] {
        let script = good(&format!("x {text}"));
        let commands = script.commands();
        assert_eq!(commands[0].args()[0].literal().as_deref(), Some(want), "{text}");
        assert!(commands[0].args()[0].is(want));
        assert_eq!(commands[0].args().len(), 1);
    }
    let script = good("x \"a${B:-c}d$E$(f)\" *.rpm '*'");
    let commands = script.commands();
    let args = commands[1].args();
    assert_eq!(args[0].literal(), None);
    assert_eq!(args[0].known_prefix(), "a");
    assert_eq!(args[0].parameters(), ["B", "E"]);
    assert!(args[1].is_pattern() && !args[2].is_pattern());
}

#[test]
fn parameters() {
    for (text, name, operator) in [
        ("$A", "A", ""),
        ("${A}", "A", ""),
        ("$1", "1", ""),
        ("$@", "@", ""),
        ("$#", "#", ""),
        ("${#}", "#", ""),
        ("${#A}", "A", "#"),
        ("${!A}", "A", "!"),
        ("${A:-b}", "A", ":-"),
        ("${A##*/}", "A", "##"),
        ("${A%.*}", "A", "%"),
        ("${A//x/y}", "A", "//"),
        ("${A^^}", "A", "^^"),
        ("${A[0]}", "A", "[0]"),
        ("${A[@]:1}", "A", "[@]:"),
        ("${10}", "10", ""),
        ("${A:+${B}}", "A", ":+"),
    ] {
        for quoted in [text.to_owned(), format!("\"{text}\"")] {
            let script = good(&format!("x {quoted} y"));
            let commands = script.commands();
            assert_eq!(commands[0].args().len(), 2, "{quoted}");
            let PartKind::Parameter { name: n, operator: o, .. } = &commands[0].args()[0].parts[0].kind
            else {
                panic!("{quoted}")
            };
            assert_eq!((n.as_str(), o.as_str()), (name, operator), "{quoted}");
        }
    }
}

#[test]
fn assignments_and_redirections() {
    let script = good("A=1 B+=x C[2]=\"y z\" D= cmd E=2 >> out 2>err <<< here 3<>rw >| c");
    let commands = script.commands();
    let c = &commands[0];
    let names: Vec<_> =
        c.assignments().iter().map(|a| (a.name.as_str(), a.partial, a.value.literal().unwrap())).collect();
    assert_eq!(
        names,
        [
            ("A", false, "1".to_owned()),
            ("B", true, "x".to_owned()),
            ("C", true, "y z".to_owned()),
            ("D", false, String::new())
        ]
    );
    assert_eq!(argvs(&script), ["cmd E=2"]);
    let redirects: Vec<_> =
        c.redirects().iter().map(|r| (r.fd, r.operator, r.target.literal().unwrap())).collect();
    assert_eq!(
        redirects,
        [
            (None, RedirectOp::Append, "out".to_owned()),
            (Some(2), RedirectOp::Output, "err".to_owned()),
            (None, RedirectOp::HereString, "here".to_owned()),
            (Some(3), RedirectOp::ReadWrite, "rw".to_owned()),
            (None, RedirectOp::Clobber, "c".to_owned()),
        ]
    );
    assert_eq!(argvs(&good("a 2 > x")), ["a 2"]);
    assert_eq!(argvs(&good("\"A\"=1 b")), ["A=1 b"]);
}

#[test]
fn heredocs() {
    let script =
        good("cat <<EOF >x && b\none $(c)\nEOF\nd\ncat <<-'E' | f\n\t\t$(g)\n\tE\nh <<A <<B\n1\nA\n2\nB\ni");
    assert_eq!(argvs(&script), ["c", "cat", "b", "d", "cat", "f", "h", "i"]);
    let bodies: Vec<_> = script.heredocs.iter().map(|h| h.body.text()).collect();
    assert_eq!(bodies, ["one $(c)\n", "$(g)\n", "1\n", "2\n"]);
    let script = parse("cat <<EOF\nx");
    assert_eq!(script.errors.len(), 1);
    let script = good("x=$(cat <<EOF\na ) b\nEOF\n); y");
    assert_eq!(argvs(&script), ["cat", "", "y"]);
    let script = good("bash -s <<'EOF'\napt-get update\ncurl x | sh\nEOF\nz");
    assert_eq!(argvs(&script), ["bash -s", "apt-get update", "curl x", "sh", "z"]);
    let script = good("if a; then\ncat <<E > f\nx\nE\nb\nfi");
    assert_eq!(argvs(&script), ["a", "cat", "b"]);
}

#[test]
fn mistakes_keep_the_rest() {
    for (text, message, want) in [
        ("a; fi; b", "`fi` closes nothing", vec!["a", "b"]),
        ("if a; then b", "`fi` is missing", vec!["a", "b"]),
        ("for x in 1; b; c", "`do` is missing", vec!["b", "c"]),
        ("a ) b", "closes nothing", vec!["a", "b"]),
        ("( a; b", "never closed", vec!["a", "b"]),
        ("a 'b", "single quote is never closed", vec!["a b"]),
        ("a \"b", "double quote is never closed", vec!["a b"]),
        ("a $(b", "`$(` is never closed", vec!["b", "a ?"]),
        ("a `b", "backtick is never closed", vec!["b", "a ?"]),
        ("a ${b", "`${` is never closed", vec!["a ?"]),
        ("a &&", "no command follows", vec!["a"]),
        ("a && && b", "no command follows", vec!["a", "b"]),
        ("a | | b", "no command follows", vec!["a", "b"]),
        ("a ;; b", "does not stand in a `case`", vec!["a", "b"]),
        ("case x in a b; esac; c", "`)` is missing", vec!["b", "c"]),
        ("{ a; b", "`}` is missing", vec!["a", "b"]),
        ("a >", "names no target", vec!["a"]),
        ("f() a", "has no body", vec!["a"]),
    ] {
        let script = parse(text);
        assert!(script.errors.iter().any(|e| e.message.contains(message)), "{text}: {:?}", script.errors);
        assert_eq!(argvs(&script), want, "{text}");
    }
}
