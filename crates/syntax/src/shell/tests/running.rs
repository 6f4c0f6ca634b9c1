use super::*;

#[test]
fn sees_through_wrappers() {
    for (text, want) in [
        ("sudo a b", "a b"),
        ("sudo -u root -E -- a", "a"),
        ("sudo -Hu root X=1 a", "a"),
        ("sudo --user=x --group y a", "a"),
        ("/usr/bin/sudo -n a", "a"),
        ("env -i A=1 B=$C a", "a"),
        ("env -u X a", "a"),
        ("exec a", "a"),
        ("nohup a &", "a"),
        ("time a", "a"),
        ("nice -n 10 a", "a"),
        ("timeout -k 5 10s a", "a"),
        ("gosu app a", "a"),
        ("xargs -0 -n1 -I {} rm {}", "rm {}"),
        ("xargs -r rm -f", "rm -f"),
        ("sudo env A=1 nohup a b", "a b"),
        ("command a", "a"),
        ("command -v a", "command -v a"),
        ("sudo -l", "sudo -l"),
        ("sudo", "sudo"),
        ("busybox wget x", "wget x"),
        ("chroot /mnt a", "a"),
        ("exec > x", "exec"),
        ("\\sudo a", "a"),
    ] {
        assert_eq!(argvs(&good(text)), [want], "{text}");
    }
    let script = good("sudo env a");
    let commands = script.commands();
    assert!(commands[0].has_wrapper("sudo") && commands[0].has_wrapper("env"));
    assert!(commands[0].is("a"));
}

#[test]
fn sees_into_scripts() {
    for (text, want) in [
        ("sh -c 'a; b'", vec!["sh -c a; b", "a", "b"]),
        (
            "bash -euxo pipefail -c \"a \\\"x y\\\" | b\"",
            vec!["bash -euxo pipefail -c a \"x y\" | b", "a x y", "b"],
        ),
        ("bash -lc \"a $X\"", vec!["bash -lc a ?", "a ?"]),
        ("sudo bash -c 'sh -c \"a\"'", vec!["bash -c sh -c \"a\"", "sh -c a", "a"]),
        ("su - app -c 'a b'", vec!["su - app -c a b", "a b"]),
        ("eval 'a' b", vec!["eval a b", "a b"]),
        ("eval \"$(a)\"", vec!["a", "eval ?", "?"]),
        ("sh -c \"$(curl x)\"", vec!["curl x", "sh -c ?", "?"]),
        ("bash script.sh -c x", vec!["bash script.sh -c x"]),
        ("bash -o errexit x.sh", vec!["bash -o errexit x.sh"]),
        ("bash <<< 'a; b'", vec!["bash", "a", "b"]),
        ("xargs sh -c 'a'", vec!["sh -c a", "a"]),
    ] {
        assert_eq!(argvs(&good(text)), want, "{text}");
    }
    // Spans of inner commands are of the outer text.
    let text = "x; sh -c 'aé; rm -rf \"/\"'";
    let script = good(text);
    let commands = script.commands();
    assert_eq!(commands.last().unwrap().span().text(text), "rm -rf \"/\"");
    assert!(commands.last().unwrap().flow.nested);
    let text = "a `b \\`c d\\``";
    let script = good(text);
    assert_eq!(script.commands()[0].span().text(text), "c d");
}

#[test]
fn pipelines_and_sources() {
    let upstream = |text: &str, name: &str| {
        let script = parse(text);
        let commands = script.commands();
        let found = commands.iter().rfind(|c| c.is(name)).unwrap();
        found.upstream.clone().map(|i| commands[i].name().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(upstream("curl x | sh", "sh"), ["curl"]);
    assert_eq!(upstream("curl x | tee f | sudo bash", "bash"), ["curl", "tee"]);
    assert_eq!(upstream("a; curl x | (cd y; sh)", "sh"), ["curl"]);
    assert_eq!(upstream("curl x | { a | sh; }", "sh"), ["a"]);
    assert_eq!(upstream("(curl x || wget y) | sh", "sh"), ["curl", "wget"]);
    assert_eq!(upstream("curl x | sh -c 'bash'", "bash"), ["curl"]);
    assert!(upstream("curl x; sh", "sh").is_empty());
    let script = good("sh -c \"$(curl x)\" && bash <(wget y)");
    let commands = script.commands();
    let inputs = |name: &str| {
        let found = commands.iter().find(|c| c.is(name)).unwrap();
        found.inputs.clone().map(|i| commands[i].name().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(inputs("sh"), ["curl"]);
    assert_eq!(inputs("bash"), ["wget"]);
    let script = good("a | b && c || d; e");
    let places: Vec<_> = script
        .commands()
        .iter()
        .map(|c| (c.chain, c.pipeline, c.position, c.length, c.flow.join, c.flow.or_follows))
        .collect();
    assert_eq!(
        places,
        [
            (0, 0, 0, 2, None, true),
            (0, 0, 1, 2, None, true),
            (0, 1, 0, 1, Some(Join::And), true),
            (0, 2, 0, 1, Some(Join::Or), false),
            (1, 3, 0, 1, None, false),
        ]
    );
}

#[test]
fn circumstances() {
    let flow = |text: &str| good(text).commands().iter().find(|c| c.is("x")).unwrap().flow;
    assert!(flow("a $(x)").substitution);
    assert!(flow("(x)").subshell);
    assert!(flow("if a; then x; fi").branch);
    assert!(flow("if x; then a; fi").condition);
    assert!(flow("f() { x; }").function);
    assert!(flow("x &").background);
    assert!(flow("! x").negated);
    assert!(flow("{ a; x; } || true").or_follows);
    assert_eq!(flow("{ x; }"), Flow::default());
}

#[test]
fn shell_options() {
    for (text, e, pipefail) in [
        ("set -e; a", true, false),
        ("set -euxo pipefail; a", true, true),
        ("set -o pipefail && a", false, true),
        ("set -e -o pipefail; a", true, true),
        ("set -e; set +e; a", false, false),
        ("a", false, false),
    ] {
        let script = good(text);
        let commands = script.commands();
        assert_eq!(Script::sets_option(&commands, None, Some('e'), "errexit"), e, "{text}");
        assert_eq!(Script::sets_option(&commands, None, None, "pipefail"), pipefail, "{text}");
    }
}

#[test]
fn options() {
    let script = good("apt-get -qy --no-install-recommends install -o X=y curl -- -z");
    let commands = script.commands();
    assert!(commands[0].has_option(Some('y'), "yes"));
    assert!(commands[0].has_option(None, "no-install-recommends"));
    assert!(!commands[0].has_option(Some('z'), ""));
    assert!(!commands[0].has_option(None, "no-install"));
}

#[test]
fn dialects() {
    use dialect::*;
    for (text, want) in [
        ("apt-get update && rm -rf /x", Dialect::Posix),
        ("powershell -Command x", Dialect::PowerShell),
        ("Invoke-WebRequest -Uri x -OutFile y; Remove-Item z", Dialect::PowerShell),
        ("$ErrorActionPreference = 'Stop'; x", Dialect::PowerShell),
        ("setx PATH \"%PATH%;C:\\x\"", Dialect::Cmd),
        ("cmd /S /C x", Dialect::Cmd),
        ("echo Hello-World foo-Bar", Dialect::Posix),
        ("", Dialect::Posix),
    ] {
        assert_eq!(guess(text), want, "{text}");
    }
    assert_eq!(
        of_program("C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"),
        Dialect::PowerShell
    );
    assert_eq!(of_program("/bin/bash"), Dialect::Posix);
    assert_eq!(of_program("cmd.exe"), Dialect::Cmd);
    assert_eq!(of_program("python3"), Dialect::Other);
    assert_eq!(of_interpreter("/usr/bin/env -S bash -e"), Dialect::Posix);
    assert_eq!(of_interpreter("/usr/bin/python3"), Dialect::Other);
}
