//! Commands in a language that is not looked into leave a gap, never a pass.

use check::Settings;

const WINDOWS: &str = "\
# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL [\"powershell\", \"-Command\"]
RUN Install-Module Thing; Set-Content C:\\app\\x.txt 'y'
CMD [\"C:\\\\app\\\\x.exe\"]
";

#[test]
fn powershell_is_not_passed() {
    for id in [
        "account-password-set",
        "build-argument-secret-in-run",
        "package-key-unverified",
        "package-signature-unchecked",
        "root-for-everyone",
        "root-on-start",
        "secret-in-run",
        "secret-removed-too-late",
        "setuid-bit-set",
        "ssh-server-in-image",
        "sudo-used",
        "tls-verification-off",
        "world-writable-files",
    ] {
        let check = checks::all().find(|c| c.meta.id == id).unwrap_or_else(|| panic!("no rule {id}"));
        let verdicts = testkit::judge(&[check], "dockerfile", WINDOWS, &Settings::default());
        let tally = &verdicts.tallies[0];
        assert_eq!((tally.passed, tally.failed, tally.not_evaluated), (0, 0, 1), "{id}");
        assert_eq!(verdicts.gaps[0].rules, [id]);
    }
}
