#!/usr/bin/env bash
# Runs every test suite; --all adds the long ones. Installs what the tests need, and leaves nothing running.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/.." && pwd)
long=false
[ "${1:-}" = --all ] && long=true
results=$(mktemp -d)
finish() { "$here/engine/engine.sh" stop-all --delete >/dev/null 2>&1; "$here/engine/registry.sh" stop-all >/dev/null 2>&1; rm -rf "$results"; }
trap finish EXIT

# A broken build or a wrong format is a failed test with a name.
failed=0
passed=0
step() { # NAME COMMAND...
  local name=$1
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'FAILED: %s\n' "$name"; fi
}

cd "$repo" || exit 1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
step "engine setup" "$here/engine/setup.sh"
step "build" dotnet build BuildKit.Tasks.sln -nologo -v:m
step "format" dotnet format BuildKit.Tasks.sln --verify-no-changes --no-restore
for project in "$here"/BuildKit.*Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  filter=()
  $long || filter=(--filter "TestCategory!=Long")
  printf '\n== %s\n' "$name"
  dotnet test "$project" --no-build -nologo "${filter[@]}" --logger "trx;LogFileName=$name.trx" --results-directory "$results" ||
    printf 'FAILED: %s\n' "$name"
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null)
  if [ -z "$counters" ]; then
    failed=$((failed + 1))
    continue
  fi
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
done
if $long; then
  step "windows setup" "$here/windows/setup.sh"
  step "windows" "$here/windows/run.sh" all
fi
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
