#!/usr/bin/env bash
# Runs something under the Windows SDK that setup.sh made; sets it up first when it is not there.
#   run.sh suite PROJECT [FILTER]   a suite of tests that was built on Linux, for example BuildKit.Core.Tests
#   run.sh stories [FILTER]         the packed package in the Windows SDK (BuildKit.Tasks.EngineTests/Windows), built before
#   run.sh wine COMMAND...          any Windows program; "dotnet" is the SDK's
#   run.sh start FOLDER [NAME=VALUE]... -- PROGRAM...   a Windows program for a story, in a folder of Windows; START_PATH is its Path
#   run.sh stop                     ends what Wine keeps running after start
#   run.sh all                      both suites without what Wine cannot show, and the stories
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ "${1:-}" = start ] || [ "${1:-}" = stop ] || "$windows_tests/setup.sh"
[ "${1:-}" = start ] || trap wine_stop EXIT

windows_path() { printf 'Z:%s' "${1//\//\\}"; }
run_dotnet() { inside wine "$sdk/dotnet.exe" "$@"; }

# What Wine cannot show, by category: README.md says why. Long tests say the same on every system and take minutes here.
without='TestCategory!=Long&TestCategory!=NotUnderWine'

suite() { # PROJECT [FILTER]
  local dll=$repo/tests/$1/bin/${BUILDKIT_TASKS_TEST_CONFIGURATION:-Debug}/net10.0/$1.dll results=$wine/results
  [ -f "$dll" ] || die "$1 is not built" "its tests run as they were built on Linux" "dotnet build tests/$1"
  mkdir -p "$results"
  run_dotnet vstest "$(windows_path "$dll")" "--TestCaseFilter:$without${2:+&($2)}" \
    "--logger:trx;LogFileName=$1.trx" "--ResultsDirectory:$(windows_path "$results")"
}

stories() { # [FILTER]
  "$windows_tests/../engine/setup.sh"
  dotnet test "$repo/tests/BuildKit.Tasks.EngineTests" -c "${BUILDKIT_TASKS_TEST_CONFIGURATION:-Debug}" --no-build --nologo \
    --filter "TestCategory=Windows${1:+&($1)}"
}

case ${1:-} in
  suite) shift; suite "$@" ;;
  stories) shift; stories "$@" ;;
  wine)
    shift
    if [ "${1:-}" = dotnet ]; then shift; run_dotnet "$@"; else inside wine "$@"; fi
    ;;
  start)
    folder=${2:?start needs a folder}
    shift 2
    variables=()
    while [ "${1:-}" != -- ]; do variables+=("${1:?start needs -- and a program}"); shift; done
    shift
    inside "${variables[@]}" wine "$wine/start.exe" "$folder" "$@"
    ;;
  stop) ;;
  all)
    failed=0
    suite BuildKit.Core.Tests || failed=1
    suite BuildKit.Tasks.Tests || failed=1
    stories || failed=1
    exit $failed
    ;;
  *) die "usage: run.sh suite PROJECT [FILTER] | stories [FILTER] | wine COMMAND... | all" ;;
esac
