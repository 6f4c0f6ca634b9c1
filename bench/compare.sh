#!/usr/bin/env bash
# Whole-process time and peak memory of holdfast beside trivy and checkov, where they are installed, as a Markdown
# table. Cold start is included; each figure is the median of several runs.
#
#   HOLDFAST_CORPORA=DIR bench/compare.sh [RUNS]
#
# DIR holds one folder a corpus. HOLDFAST, TRIVY and CHECKOV name other programs than target/release/holdfast and
# those on the PATH. Folders with Helm charts are judged by holdfast alone: the others would render them.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${1:-5}

if [[ -z ${HOLDFAST_CORPORA:-} || ! -d ${HOLDFAST_CORPORA:-} ]]; then
  echo "skipped: set HOLDFAST_CORPORA to a folder with one folder a corpus" >&2
  exit 0
fi
command -v python3 >/dev/null || { echo "skipped: python3 is needed to measure" >&2; exit 0; }

holdfast=${HOLDFAST:-$top/target/release/holdfast}
if [[ ! -x $holdfast ]]; then
  echo "building $holdfast" >&2
  (cd "$top" && cargo build --release --quiet -p cli)
fi
trivy=${TRIVY:-$(command -v trivy || true)}
checkov=${CHECKOV:-$(command -v checkov || true)}
[[ -n $trivy ]] || echo "skipped: trivy is not installed" >&2
[[ -n $checkov ]] || echo "skipped: checkov is not installed" >&2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# measure COMMAND...: "seconds MiB code", medians over the runs; "- - code" if it failed.
measure() {
  python3 - "$runs" "$work/out" "$@" <<'PYTHON'
import os, statistics, subprocess, sys, time
runs, out, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
times, peaks, code = [], [], 0
for _ in range(runs):
    with open(out, "wb") as sink:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - begun)
    peaks.append(usage.ru_maxrss / 1024)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        break
    # A slow tool is not run for ever.
    if sum(times) > 90:
        break
failed = code not in (0, 1)
print("- -" if failed else f"{statistics.median(times):.4f} {statistics.median(peaks):.1f}", code)
PYTHON
}

ratio() { python3 -c 'import sys; a, b = sys.argv[1:]; print("-" if "-" in (a, b) else f"{float(a) / float(b):.0f}x")' "$1" "$2"; }
shown() { python3 -c 'import sys; a, m, c = sys.argv[1:]; print(f"failed ({c})" if a == "-" else f"{float(a):.3f} s, {float(m):.0f} MB")' "$@"; }

echo "| corpus | files | MB | holdfast | trivy | checkov | trivy / holdfast | checkov / holdfast |"
echo "|---|---|---|---|---|---|---|---|"
row() { # row NAME FOLDER PLAIN
  local name=$1 folder=$2 plain=$3 files bytes mine=(- - -) theirs
  files=$(find "$folder" -type f -not -path '*/.git/*' | wc -l)
  bytes=$(find "$folder" -type f -not -path '*/.git/*' -printf '%s\n' | awk '{n += $1} END {printf "%.1f", n / 1e6}')
  read -r -a mine <<<"$(measure "$holdfast" scan "$folder" --quiet -f json --fail-on none)"
  local cells=() ratios=()
  for tool in trivy checkov; do
    theirs=(- - -)
    if [[ -z ${!tool} || $plain != yes ]]; then
      cells+=("skipped")
      ratios+=("-")
      continue
    fi
    if [[ $tool == trivy ]]; then
      read -r -a theirs <<<"$(measure "$trivy" config --quiet --skip-check-update --misconfig-scanners kubernetes,dockerfile --format json "$folder")"
    else
      read -r -a theirs <<<"$(measure "$checkov" --directory "$folder" --quiet --framework kubernetes dockerfile --skip-download --output json)"
    fi
    cells+=("$(shown "${theirs[@]}")")
    ratios+=("$(ratio "${theirs[0]}" "${mine[0]}")")
  done
  echo "| $name | $files | $bytes | $(shown "${mine[@]}") | ${cells[0]} | ${cells[1]} | ${ratios[0]} | ${ratios[1]} |"
}

for folder in "$HOLDFAST_CORPORA"/*/; do
  folder=${folder%/}
  plain=yes
  charts=$(find "$folder" -name Chart.yaml | wc -l)
  [[ $charts -lt 20 ]] || plain=no
  row "$(basename "$folder")" "$folder" "$plain"
done
row "all of them" "$HOLDFAST_CORPORA" no
