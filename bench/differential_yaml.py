#!/usr/bin/env python3
"""Compares our YAML reader with PyYAML's on every YAML file below a folder.

    cargo build --release -p syntax --example dump
    python3 bench/differential_yaml.py FOLDER [--dump target/release/examples/dump] [--show N]

PyYAML does the syntax; the types are resolved here as go-yaml resolves them, which is what Kubernetes
uses: YAML 1.1's booleans and octals, no sexagesimal numbers, no dates. Documents are compared one by one.
Exits with 1 if a difference is found. In a collection of real manifests there should be none; broken and
fuzzed texts show these, which are meant:
- ours reads on after a document that is refused, and refuses only the document with a control character
  in it, where theirs stops, or refuses the whole text;
- a document followed by text that can belong to no document is refused as a whole by ours, while theirs
  hands it out before it stops;
- ours follows the YAML 1.2 specification where libyaml is narrower: keys that are left out (`: value`), any
  characters in anchors (so that `&a:` is an anchor `a:`), a tab between `-` or `?` and a scalar or before a
  comment, a literal text in column 1 of a document;
- ours wants white space before a comment (`> #`), as the specification does.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys

try:
    import yaml
except ImportError:
    print("skipped: PyYAML is not installed")
    sys.exit(0)

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

BOOL = {w: v for v, words in ((True, "y yes on true"), (False, "n no off false"))
        for word in words.split() for w in (word, word.capitalize(), word.upper())}
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?\Z")
CORE = "tag:yaml.org,2002:"


def go_int(text):
    """strconv.ParseInt(text, 0, 64), as go-yaml calls it."""
    body = text.lstrip("+-") if text[:1] in "+-" else text
    if text[:2] in ("++", "--", "+-", "-+") or not body[:1].isdigit():
        return None
    body = body.replace("_", "")
    try:
        low = body.lower()
        if low.startswith(("0x", "0o", "0b")):
            value = int(body[2:], {"x": 16, "o": 8, "b": 2}[low[1]])
        elif len(body) > 1 and body[0] == "0":
            value = int(body, 8)
        else:
            value = int(body)
    except ValueError:
        return None
    value = -value if text[0] == "-" else value
    return value if -2**63 <= value < 2**63 else None


def plain(text):
    """The value of a plain scalar."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in BOOL:
        return BOOL[text]
    if text[0] in "0123456789+-.":
        number = go_int(text)
        if number is not None:
            return number
        if FLOAT.match(text) or re.match(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z", text):
            return {"float": text}
    return text


def value(node):
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("'", '"', "|", ">") or node.tag not in ("", "?", None, CORE + "str"):
            return node.value
        return plain(node.value) if node.tag != "!" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [value(n) for n in node.value]
    own, merged = {}, []
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            # PyYAML's composer accepts `{{ x }}: y`; neither its constructor nor go-yaml does.
            raise yaml.YAMLError("a collection as a key, as template expressions look like")
        if key.value == "<<" and not key.style:
            merged += [m for m in (item.value if isinstance(item, yaml.SequenceNode) else [item])]
            continue
        name = key.value
        own.pop(name, None)
        own[name] = value(item)
    for source in merged:
        for name, item in value(source)["map"]:
            own.setdefault(name, item)
    return {"map": [[k, v] for k, v in own.items()]}


def theirs(path):
    """Their documents, and the mistake they stopped at."""
    documents = []
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        for node in yaml.compose_all(text, Loader=Loader):
            empty = (isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style)
            documents.append(None if empty else value(node))
    except UnicodeDecodeError:
        return None, None
    except (yaml.YAMLError, RecursionError) as error:
        return documents, " ".join(str(error).split())
    return documents, None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder")
    arguments.add_argument("--dump", default="target/release/examples/dump")
    arguments.add_argument("--show", type=int, default=10)
    options = arguments.parse_args()
    if not os.path.exists(options.dump):
        print(f"skipped: no {options.dump}; build it with cargo build --release -p syntax --example dump")
        return 0
    paths = sorted(os.path.join(at, name) for at, _, names in os.walk(options.folder)
                   for name in names if name.endswith((".yaml", ".yml")))
    run = subprocess.run([options.dump], input="\n".join(paths), capture_output=True, text=True, check=True)
    counts = collections.Counter()
    shown = collections.Counter()

    def note(kind, path, detail):
        counts[kind] += 1
        if shown[kind] < options.show:
            shown[kind] += 1
            print(f"{kind}: {path}: {detail}")

    for path, line in zip(paths, run.stdout.splitlines(), strict=True):
        ours = json.loads(line)
        wanted, stopped = theirs(path)
        if wanted is None:
            counts["file not UTF-8"] += 1
            continue
        broken = [d == {"broken": True} for d in ours["documents"]]
        counts["files"] += 1
        # Theirs has no document for a text without content, and stops at the first mistake.
        if not wanted and not stopped and ours["documents"] == [None]:
            counts["files empty for both"] += 1
            continue
        for i, document in enumerate(wanted):
            if i >= len(ours["documents"]):
                note("DIFFERENT number of documents", path, f"{len(wanted)} and {len(ours['documents'])}")
            elif broken[i]:
                note("DIFFERENT: only ours refuses", path, f"document {i}: {ours['errors'][:1]}")
            elif ours["documents"][i] != document:
                note("DIFFERENT value", path, f"document {i}: {first_difference(ours['documents'][i], document)}")
            else:
                counts["documents equal"] += 1
        rest = broken[len(wanted):]
        if stopped:
            if rest[:1] == [True]:
                counts["documents refused by both"] += 1
                counts["documents read after one that stopped theirs"] += len(rest) - 1
            else:
                note("DIFFERENT: only theirs refuses", path, stopped)
        elif rest:
            note("DIFFERENT number of documents", path, f"{len(wanted)} and {len(broken)}")
    for kind in sorted(counts):
        print(f"{counts[kind]:8} {kind}")
    return int(any(kind.startswith("DIFFERENT") for kind in counts))


def first_difference(a, b, at=""):
    if isinstance(a, dict) and isinstance(b, dict) and "map" in a and "map" in b:
        return first_difference(a["map"], b["map"], at)
    if isinstance(a, list) and isinstance(b, list):
        for i, (x, y) in enumerate(zip(a, b)):
            if x != y:
                return first_difference(x, y, f"{at}/{i}")
        return f"{at}: lengths {len(a)} and {len(b)}"
    return f"{at}: ours {str(a)[:200]!r}, theirs {str(b)[:200]!r}"


if __name__ == "__main__":
    sys.exit(main())
