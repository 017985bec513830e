#!/usr/bin/env bash
# Runs something under the Windows SDK that setup.sh made; sets it up first when it is not there.
#   run.sh suite PROJECT [FILTER]   a suite of tests that was built on Linux, for example BuildKit.Core.Tests
#   run.sh publish                  a project with the packed package: what the product asks of docker.exe (a stand-in)
#   run.sh wine COMMAND...          any Windows program; "dotnet" is the SDK's
#   run.sh start FOLDER [NAME=VALUE]... -- PROGRAM...   a Windows program for a story, in a folder of Windows; START_PATH is its Path
#   run.sh stop                     ends what Wine keeps running after start
#   run.sh all                      both suites without what Wine cannot show, and publish
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
[ "${1:-}" = start ] || [ "${1:-}" = stop ] || "$windows_tests/setup.sh"
[ "${1:-}" = start ] || trap wine_stop EXIT

windows_path() { printf 'Z:%s' "${1//\//\\}"; }
run_dotnet() { inside wine "$sdk/dotnet.exe" "$@"; }

# What Wine cannot show, by category: README.md says why. Fuzz tests say the same on every system and take minutes here.
without='TestCategory!=Long&TestCategory!=NotUnderWine'

suite() { # PROJECT [FILTER]
  local dll=$repo/tests/$1/bin/${BUILDKIT_TASKS_TEST_CONFIGURATION:-Debug}/net10.0/$1.dll results=$wine/results
  [ -f "$dll" ] || die "$1 is not built" "its tests run as they were built on Linux" "dotnet build tests/$1"
  mkdir -p "$results"
  run_dotnet vstest "$(windows_path "$dll")" "--TestCaseFilter:$without${2:+&($2)}" \
    "--logger:trx;LogFileName=$1.trx" "--ResultsDirectory:$(windows_path "$results")"
}

publish() {
  local work log
  work=$(mktemp -d) log=$(windows_path "$work/asked.txt")
  mkdir -p "$work/feed" "$work/web" "$work/config"
  dotnet pack "$repo/nuget/BuildKit.Tasks.Package.csproj" -o "$work/feed" -v:q --nologo -p:Version=0.0.1-windows >"$work/pack.log" 2>&1 ||
    die "the package could not be packed" "$(tail -n 2 "$work/pack.log")" "dotnet pack nuget/BuildKit.Tasks.Package.csproj"
  cat >"$work/NuGet.Config" <<CONFIG
<configuration><packageSources><add key="here" value="feed" /></packageSources></configuration>
CONFIG
  cat >"$work/web/web.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <UseAppHost>false</UseAppHost>
    <ImplicitUsings>enable</ImplicitUsings>
    <BuildKitEnabled>true</BuildKitEnabled>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="BuildKit.Tasks" Version="0.0.1-windows" /></ItemGroup>
</Project>
PROJECT
  echo 'System.Console.WriteLine("hello");' >"$work/web/Program.cs"
  # The way that Windows spells the variable, a quoted entry with a space, and docker.exe in it.
  mkdir -p "$work/my docker/cli-plugins"
  cp "$wine/standin/docker.exe" "$work/my docker/"
  cp "$wine/standin/cli-plugins/docker-buildx.exe" "$work/my docker/cli-plugins/"
  printf '@echo off\r\nset PATH=\r\nset "Path=C:\\windows\\system32;"%s""\r\nset DOCKER_CONFIG=%s\r\nset DOCKER_STANDIN_LOG=%s\r\n"%s" publish "%s" -v:m -p:NuGetAudit=false\r\n' \
    "$(windows_path "$work/my docker")" "$(windows_path "$work/config")" "$log" "$(windows_path "$sdk/dotnet.exe")" "$(windows_path "$work/web/web.csproj")" >"$work/publish.cmd"
  inside wine cmd /c "$(windows_path "$work/publish.cmd")" 2>&1 | tee "$work/publish.log" || true
  # Nothing answers on the pipe, and that is what the product has to say, with the remedy of Windows.
  if grep -q 'BK1003' "$work/publish.log" && grep -q 'buildx.version' <(tr '\t' ' ' <"$work/asked.txt"); then
    echo "publish: docker.exe was found and asked, and the missing engine is BK1003"
    rm -rf "$work"
  else
    die "the publish under Wine did not come to BK1003" "$(grep -m1 -o 'error.*' "$work/publish.log")" "see $work"
  fi
}

case ${1:-} in
  suite) shift; suite "$@" ;;
  publish) publish ;;
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
    publish || failed=1
    exit $failed
    ;;
  *) die "usage: run.sh suite PROJECT [FILTER] | publish | wine COMMAND... | all" ;;
esac
