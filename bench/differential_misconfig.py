#!/usr/bin/env python3
"""Compares our findings with those of Trivy and Checkov, concept by concept.

    cargo build --release -p cli
    python3 bench/differential_misconfig.py FOLDER... [--holdfast target/release/holdfast]
        [--trivy trivy] [--checkov checkov] [--cache DIR] [--show PATTERN] [--examples N]

A concept is what one or more of their rules and one or more of ours have in common by our aliases (`holdfast
rules`). Findings are counted once for each (file, document, concept), where a Dockerfile is one document. The table
says how many of these both tools found, only theirs, only ours. `unread` are findings of theirs in documents
that we list as not judged (templates, patches), which are no disagreement. Rules of theirs without any counterpart of
ours stand below the table. `--show PATTERN` prints the places behind the numbers of the rules, theirs or ours, that match.

A tool that is not installed is left out, and this is said. With `--cache`, what the other tools say is kept in a
folder for the next run; what we say is always made anew.
"""

import argparse
import collections
import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

KINDS = {"kubernetes", "dockerfile", "docker-compose"}


class Documents:
    """Where the documents of YAML files begin, and what they are called."""

    def __init__(self):
        self.files = {}

    def of(self, path):
        """The texts of the documents of a file, each with its first line; a Dockerfile is one document."""
        if path not in self.files:
            try:
                with open(path, encoding="utf-8", errors="replace") as file:
                    text = file.read()
            except OSError:
                text = ""
            documents, first, lines = [], 1, []
            for number, line in enumerate(text.split("\n"), 1):
                if re.match(r"---(\s|$)", line) and path.endswith((".yaml", ".yml")):
                    documents.append((first, "\n".join(lines)))
                    first, lines = number, []
                lines.append(line)
            documents.append((first, "\n".join(lines)))
            self.files[path] = documents
        return self.files[path]

    def at(self, path, line):
        """The number of the document that a line belongs to."""
        number = 0
        for index, (first, _) in enumerate(self.of(path)):
            if first <= line:
                number = index
        return number

    def of_resource(self, path, first, last, resource):
        """The number of the document in some lines that declares a resource, `Kind.namespace.name`."""
        kind, _, name = resource.partition(".")
        name = name.partition(".")[2].split(" ")[0]
        begin, end = self.at(path, first), self.at(path, last)
        for number in range(begin, end + 1):
            _, text = self.of(path)[number]
            if re.search(rf"^ *kind: *['\"]?{re.escape(kind)}\b", text, re.M) and name in text:
                return number
        return begin

    def named_in(self, path, message):
        """The numbers of the documents whose name a message holds as a word; of all if there is none."""
        documents = self.of(path)
        words = set(re.findall(r"[\w.-]+", message))
        found = []
        for index, (_, text) in enumerate(documents):
            names = re.findall(r"^(?:metadata:|  name:) *['\"]?([\w.-]+)", text, re.M)
            if words & set(names):
                found.append(index)
        return found or [0]


def run(command):
    """What a program prints; a program that fails without printing anything ends the comparison."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        sys.exit(f"{command[0]} printed nothing: {done.stderr.strip()[-500:]}")
    return done.stdout


def cached(folder, name, target, make):
    """The output of another tool for a target, from the cache if it is there."""
    if folder is None:
        return make()
    os.makedirs(folder, exist_ok=True)
    digest = hashlib.sha256(target.encode()).hexdigest()[:12]
    path = os.path.join(folder, f"{name}-{digest}.json")
    if not os.path.exists(path):
        text = make()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    with open(path, encoding="utf-8") as file:
        return file.read()


def ask_holdfast(program, target, documents):
    """Our findings as {rule: {(file, document): message}}, and the files and lines that were not judged."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "report.json")
        command = [program, "scan", "--profile", "all", "--fail-on", "none", "-f", f"json={path}", target]
        subprocess.run(command, capture_output=True, check=False)
        with open(path, encoding="utf-8") as file:
            report = json.load(file)
    found = collections.defaultdict(dict)
    for finding in report["findings"]:
        # Findings are gathered by cause: the other places of one stand beside it.
        places = [finding["location"]] + [
            other["location"] for other in finding.get("places", []) if "location" in other
        ]
        for place in places:
            key = (place["file"], documents.at(place["file"], place["line"]))
            found[finding["rule"]].setdefault(key, f"{place['line']}: {finding['message']}")
    unread = {row["file"].split(":")[0] for row in report["ledger"] if row["status"] not in ("judged",)}
    return found, unread


def ask_trivy(program, target, cache, documents):
    """Trivy's findings on what we read too, and the titles of its rules."""
    command = [program, "config", "--skip-check-update", "--skip-version-check", "-q", "-f", "json", target]
    report = json.loads(cached(cache, "trivy", target, lambda: run(command)))
    found, titles = collections.defaultdict(dict), {}
    for result in report.get("Results", []):
        if result.get("Type") not in KINDS:
            continue
        path = os.path.join(target, result["Target"])
        for fault in result.get("Misconfigurations") or []:
            titles[fault["ID"]] = fault["Title"]
            line = fault.get("CauseMetadata", {}).get("StartLine", 0)
            message = f"{line}: {fault['Message']}"
            numbers = [documents.at(path, line)] if line else documents.named_in(path, fault["Message"])
            for number in numbers:
                found[fault["ID"]].setdefault((path, number), message)
    return found, titles


def ask_checkov(program, target, cache, documents):
    """Checkov's findings, and the titles of its rules."""
    command = [program, "-d", target, "--framework", "kubernetes", "dockerfile"]
    command += ["--skip-download", "--compact", "--quiet", "-o", "json"]
    reports = json.loads(cached(cache, "checkov", target, lambda: run(command)))
    found, titles = collections.defaultdict(dict), {}
    for report in reports if isinstance(reports, list) else [reports]:
        for fault in report.get("results", {}).get("failed_checks", []):
            titles[fault["check_id"]] = fault["check_name"]
            path = os.path.join(target, fault["file_path"].lstrip("/"))
            first, last = fault.get("file_line_range") or [1, 1]
            key = (path, documents.of_resource(path, first, last, fault.get("resource") or ""))
            found[fault["check_id"]].setdefault(key, f"{first}: {fault.get('resource')}")
    return found, titles


def concepts(rules, tool, theirs):
    """The concepts shared with a tool: pairs of (their rules, our rules)."""
    links = collections.defaultdict(set)
    for rule in rules:
        for alias in rule["aliases"]:
            prefix, _, name = alias.partition(":")
            if prefix == tool:
                links[name].add(rule["id"])
    groups = []
    for name, ours in sorted(links.items()):
        joined = ({name}, set(ours))
        apart = []
        for group in groups:
            if group[1] & joined[1]:
                joined = (group[0] | joined[0], group[1] | joined[1])
            else:
                apart.append(group)
        groups = apart + [joined]
    return groups, sorted(set(theirs) - set(links))


def table(tool, rules, ours, unread, theirs, titles, options):
    """Prints the comparison with one tool; returns the sums of agreements and of both kinds of differences."""
    groups, strange = concepts(rules, tool, theirs)
    rows, sums = [], collections.Counter()
    for names, ids in groups:
        they = {key: text for name in sorted(names) for key, text in theirs.get(name, {}).items()}
        we = {key: text for rule in sorted(ids) for key, text in ours.get(rule, {}).items()}
        counts = {
            "both": sorted(set(they) & set(we)),
            "theirs": sorted(key for key in set(they) - set(we) if key[0] not in unread),
            "ours": sorted(set(we) - set(they)),
            "unread": sorted(key for key in set(they) - set(we) if key[0] in unread),
        }
        if not (they or we):
            continue
        rows.append((names, ids, counts))
        for name, keys in counts.items():
            sums[name] += len(keys)
        if options.show and any(fnmatch.fnmatch(name, options.show) for name in names | ids):
            for kind in ("theirs", "ours"):
                for key in counts[kind][: options.examples]:
                    text = they.get(key) or we.get(key)
                    print(f"  only {kind} [{' '.join(sorted(ids))}] {key[0]} #{key[1]}: {text[:160]}")
    print(f"\n{tool}: {'both':>5} {'theirs':>6} {'ours':>5} {'unread':>6}")
    for names, ids, counts in sorted(rows, key=lambda row: -len(row[2]["theirs"])):
        numbers = f"{len(counts['both']):>{len(tool) + 7}} {len(counts['theirs']):>6} {len(counts['ours']):>5}"
        print(f"{numbers} {len(counts['unread']):>6}  {' '.join(sorted(ids))} = {' '.join(sorted(names))}")
    print(f"sum: {dict(sums)}")
    for name in strange:
        print(f"  no counterpart: {name} ({len(theirs[name])}): {titles.get(name, '')}")
        if options.show and fnmatch.fnmatch(name, options.show):
            for key, text in sorted(theirs[name].items())[: options.examples]:
                print(f"    {key[0]} #{key[1]}: {text[:160]}")
    return sums


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--holdfast", default="target/release/holdfast")
    parser.add_argument("--trivy", default="trivy")
    parser.add_argument("--checkov", default="checkov")
    parser.add_argument("--cache")
    parser.add_argument("--show", help="rules, theirs or ours, whose places are printed (* matches anything)")
    parser.add_argument("--examples", type=int, default=10)
    options = parser.parse_args()
    if not shutil.which(options.holdfast):
        sys.exit(f"{options.holdfast} is not there: build it with `cargo build --release -p cli`")
    rules = json.loads(run([options.holdfast, "rules", "--profile", "all", "--format", "json"]))
    documents = Documents()
    targets = [os.path.abspath(folder) for folder in options.folders]
    ours, unread = collections.defaultdict(dict), set()
    for target in targets:
        found, gaps = ask_holdfast(options.holdfast, target, documents)
        for rule, places in found.items():
            ours[rule].update(places)
        unread |= gaps
    for tool, program, ask in (
        ("trivy", options.trivy, ask_trivy),
        ("checkov", options.checkov, ask_checkov),
    ):
        if not shutil.which(program):
            print(f"{tool} is left out: there is no program `{program}`")
            continue
        theirs, titles = collections.defaultdict(dict), {}
        for target in targets:
            found, names = ask(program, target, options.cache, documents)
            titles.update(names)
            for rule, places in found.items():
                theirs[rule].update(places)
        table(tool, rules, ours, unread, theirs, titles, options)


if __name__ == "__main__":
    main()
