#!/usr/bin/env bash
# Looks for stories that fail now and then: runs engine stories again and again, and says which failed how often.
#   loop.sh [--times N] [--load N] [FILTER]
# N is 10 times and, for --load, the number of programs that keep a processor busy (as many as there are processors);
# FILTER is one of "dotnet test", such as FullyQualifiedName~CancelStory; without one all stories but the long ones run.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suite=$here/BuildKit.Tasks.EngineTests
times=10
load=$(nproc)
while [ $# -gt 0 ]; do
  case $1 in
    --times) times=${2:?--times needs a number}; shift 2 ;;
    --load) load=${2:?--load needs a number}; shift 2 ;;
    -*) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
    *) break ;;
  esac
done
filter="TestCategory!=Long${1:+&($1)}"

export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=$(mktemp -d)
busy=()
finish() {
  [ ${#busy[@]} = 0 ] || kill "${busy[@]}" 2>/dev/null
  rm -rf "$results"
}
trap finish EXIT

"$here/engine/setup.sh" && dotnet build "$suite" -c Release -nologo -v:q || exit 1
for ((i = 0; i < load; i++)); do
  (while :; do :; done) &
  busy+=($!)
done

broken=0
for ((round = 1; round <= times; round++)); do
  since=$SECONDS
  dotnet test "$suite" -c Release --no-build -nologo --filter "$filter" --logger "trx;LogFileName=$round.trx" --results-directory "$results" >"$results/$round.log" 2>&1
  counters=$(grep -o '<Counters [^>]*>' "$results/$round.trx" 2>/dev/null)
  if [ -z "$counters" ]; then
    broken=$((broken + 1))
    echo "round $round: no result" && tail -n 20 "$results/$round.log"
    continue
  fi
  printf 'round %d: %s, %d s\n' "$round" "$(sed -n 's/.* passed="\([0-9]*\)" failed="\([0-9]*\)".*/\1 passed, \2 failed/p' <<<"$counters")" $((SECONDS - since))
  # The first lines of a failure say what was expected; the rest is in the binary log that the story kept.
  grep -oE '<UnitTestResult [^>]*outcome="Failed"[^>]*>' "$results/$round.trx" | sed 's/.* testName="\([^"]*\)".*/\1/' | tee -a "$results/failed" | sed 's/^/  failed: /'
  grep -E -A 6 'Error Message:' "$results/$round.log" | sed 's/^/    /' || true
done

if [ -s "$results/failed" ] || [ "$broken" -gt 0 ]; then
  printf '\nFailed in %d rounds:\n' "$times"
  sort "$results/failed" 2>/dev/null | uniq -c | sort -rn
  exit 1
fi
printf '\nNo story failed in %d rounds\n' "$times"
