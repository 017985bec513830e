#!/usr/bin/env bash
# Runs the test suites. Installs what the tests need, and leaves nothing running.
#   run.sh             all suites without the long tests
#   run.sh --all       all suites
#   run.sh --unit      the suites that need no engine, less the tests that pack the package or open a browser; installs nothing
#   run.sh --story X   the stories of engines and faults with X in their names, such as PublishTwiceStory or Second_publish; long ones too
# BUILDKIT_TASKS_TEST_WORKERS is the number of stories at a time; BUILDKIT_TASKS_TEST_RESULTS a folder that keeps the result files.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/.." && pwd)
# Their stories have an engine.
engine_suites=(BuildKit.Tasks.EngineTests BuildKit.Tasks.FaultTests)
filter="TestCategory!=Long&TestCategory!=Windows" long=false
suites=()
for project in "$here"/BuildKit.*Tests/*.csproj; do suites+=("$(basename "$project" .csproj)"); done
case ${1:-} in
  '') mode=default ;;
  --all) mode=all filter='TestCategory!=Windows' long=true ;;
  --unit)
    mode=unit filter+="&TestCategory!=Packs&TestCategory!=Browser"
    suites=(BuildKit.Core.Tests BuildKit.Tasks.Tests)
    ;;
  --story) mode=story filter="FullyQualifiedName~${2:?--story needs a part of a name}" suites=("${engine_suites[@]}") ;;
  *) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

cd "$repo" || exit 1
# The projects of this run share a compiler; nothing outlives the run.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export SharedCompilationId=buildkit-tasks-run-$$ BUILDKIT_TASKS_TEST_CONFIGURATION=Release
unset UseSharedCompilation
scratch=$(mktemp -d)
results=${BUILDKIT_TASKS_TEST_RESULTS:-$scratch}
finish() {
  if [ "$mode" = default ] || [ "$mode" = all ]; then
    "$here/engine/engine.sh" stop-all --delete >/dev/null 2>&1
    "$here/engine/registry.sh" stop-all >/dev/null 2>&1
  fi
  pkill -f "pipename:$SharedCompilationId" 2>/dev/null
  rm -rf "$scratch"
}
trap finish EXIT

failed=0
passed=0
times=()
took() { times+=("$(printf '%5d:%02d  %s' $(((SECONDS - $1) / 60)) $(((SECONDS - $1) % 60)) "$2")"); } # SINCE NAME

# A broken build or a wrong format is a failed test with a name.
count_step() { # NAME EXIT-CODE
  if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'FAILED: %s\n' "$1"; fi
}
step() { # NAME COMMAND...
  local name=$1 since=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  "$@"
  count_step "$name" $?
  took "$since" "$name"
}

has_engine() { [[ " ${engine_suites[*]} " == *" $1 "* ]]; } # NAME

test_suite() { # NAME
  local name=$1 since=$SECONDS counters options=()
  [ -z "$filter" ] || options+=(--filter "$filter")
  # A story waits for the engine for a part of its time.
  ! has_engine "$name" || options+=(-- "NUnit.NumberOfTestWorkers=${BUILDKIT_TASKS_TEST_WORKERS:-$(($(nproc) + 1))}")
  printf '\n== %s\n' "$name"
  dotnet test "$here/$name" -c Release --no-build -nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" ${options[@]+"${options[@]}"} ||
    printf 'FAILED: %s\n' "$name"
  took "$since" "$name"
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null)
  if [ -z "$counters" ]; then
    failed=$((failed + 1))
    return
  fi
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
}

[ "$mode" = unit ] || step "engine setup" "$here/engine/setup.sh"
case $mode in
  unit | story)
    for name in "${suites[@]}"; do step "build of $name" dotnet build "$here/$name" -c Release -nologo -v:q; done
    ;;
  *)
    # Release, which is what the stories pack.
    step "build" dotnet build BuildKit.Tasks.sln -c Release -nologo -v:m
    format_kind=(whitespace)
    $long && format_kind=()
    # The build has checked style. This takes one processor, of which the unit tests leave enough.
    dotnet format "${format_kind[@]}" BuildKit.Tasks.sln --verify-no-changes --no-restore >"$scratch/format.log" 2>&1 &
    format=$!
    format_since=$SECONDS
    ;;
esac
for name in "${suites[@]}"; do
  if has_engine "$name" && [ -n "${format:-}" ]; then
    # Stories that share a processor with it take longer than it does.
    wait "$format"
    code=$?
    printf '\n== format\n'
    cat "$scratch/format.log"
    count_step format "$code"
    took "$format_since" "format, beside the unit tests"
    format=
  fi
  test_suite "$name"
done

if $long; then
  step "windows setup" "$here/windows/setup.sh"
  step "windows" "$here/windows/run.sh" all
fi

printf '\n== The slowest twenty\n'
"$here/slowest.sh" 20 "$results"/*.trx
printf '\n== Minutes\n'
printf '%s\n' "${times[@]}"
printf '%5d:%02d  all\n' $((SECONDS / 60)) $((SECONDS % 60))
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
