#!/usr/bin/env bash
# Publishes the sample Shop as a container image with BuildKit: packs the package, runs a plain "dotnet publish", runs
# the image and shows its answer. A Docker that is here is used as it is; without one, an engine, a registry and one base
# image are set up for this checkout. What that needs from the network is kept, so a second run works without one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/.." && pwd)
home=${BUILDKIT_TASKS_ENGINE_HOME:-$repo/.engine}
work=$home/try
base=mcr.microsoft.com/dotnet/aspnet:10.0

say() { printf '\n== %s\n' "$*"; }

# Packages that are known to be vulnerable are the business of CI; asking for them needs the network each time.
export NuGetAudit=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# The compiler of this run serves both the package and the sample, and ends with it.
export SharedCompilationId=buildkit-tasks-try-$$

container='' pack=''
finish() {
  [ -z "$container" ] || docker rm --force "$container" >/dev/null
  [ -z "$pack" ] || kill "$pack" 2>/dev/null || true
  pkill -f "pipename:$SharedCompilationId" 2>/dev/null || true
}
trap finish EXIT

# Takes a minute of one processor, in which the setup below waits for the network.
version=1.0.0-try.$(date +%s)
mkdir -p "$work"
rm -rf "$work/feed" "$work/Shop" "$work/packages/buildkit.tasks"
say "Packing BuildKit.Tasks (in the background; a minute the first time, then a few seconds)"
dotnet pack "$repo/nuget" -c Release -o "$work/feed" -p:Version="$version" -p:RunAnalyzers=false -nologo -v:q >"$work/pack.log" 2>&1 &
pack=$!

set_up() { # an engine or a registry of our own, and the base image
  "$here/engine/setup.sh" --try || return 1
  registry=$("$here/engine/registry.sh" start try --seed)
}

registry=
if docker buildx version >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
  own_engine=false
  say "Using the Docker that is here: $(docker version --format '{{.Server.Version}}')"
  # The base image is the only thing that Shop needs from elsewhere.
  if ! docker image inspect "$base" >/dev/null 2>&1 && ! timeout 300 docker pull --quiet "$base"; then
    say "$base cannot be pulled, so an image like it is made here, for a registry of this checkout"
    set_up || exit 1
    if ! printf 'FROM %s/dotnet/aspnet:10.0\n' "$registry" | docker buildx build --quiet --output type=cacheonly - >/dev/null 2>&1; then
      "$here/engine/registry.sh" stop try
      echo "This engine refuses the plain http registry at $registry, so it has no base image for Shop." >&2
      exit 1
    fi
  fi
else
  own_engine=true
  say "No Docker engine here: setting one up for this checkout (one to three minutes the first time, then a second)"
  set_up || exit 1
  "$here/engine/engine.sh" start try
  eval "$("$here/engine/engine.sh" env try)"
fi

wait "$pack" || { pack=''; cat "$work/pack.log" >&2; exit 1; }
pack=''

say "dotnet publish of samples/Shop"
cp -r "$repo/samples/Shop" "$work/Shop"
# Only the package under test comes from the feed, so that a feed that cannot be reached is not asked for it.
cat >"$work/Shop/NuGet.config" <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  <packageSources><add key="local" value="$work/feed" /></packageSources>
</configuration>
CONFIG
export BuildKitTasksVersion=$version
if [ -n "$registry" ]; then
  # The sample's base image is made of this machine's own SDK, so that nothing has to be pulled from far away.
  export ContainerRegistry=$registry ContainerBaseImage=$registry/dotnet/aspnet:10.0
fi
(cd "$work/Shop" && dotnet publish)
digest=$(cd "$work/Shop/Shop.Api" && dotnet publish -getProperty:GeneratedContainerDigest)
image=${registry:+$registry/}shop-api
reference=$image@$digest
[ -n "$registry" ] || reference=$image:latest

say "Running $reference"
container=$(docker run --quiet --detach --publish 127.0.0.1::8080 "$reference")
address=$(docker port "$container" 8080/tcp | head -n1)
get() { # the body of the answer; bash speaks enough HTTP, so that curl need not be here
  exec 3<>"/dev/tcp/${address%:*}/${address##*:}" || return 1
  printf 'GET / HTTP/1.0\r\nHost: %s\r\n\r\n' "$address" >&3
  sed '1,/^\r$/d' <&3
  exec 3>&-
}
answer=
for _ in $(seq 50); do
  # Outside the parentheses: a connection that is closed too early ends the inner shell.
  answer=$(get 2>/dev/null) || true
  [ -z "$answer" ] || break
  sleep 0.2
done
[ -n "$answer" ] || { echo "The container does not answer at http://$address/:" >&2; docker logs "$container" >&2; exit 1; }
printf 'image:  %s\nGET /:  %s\n' "$image@$digest" "$answer"
if $own_engine; then say "Engine and registry go on running; stop them with: tests/engine/engine.sh stop try; tests/engine/registry.sh stop try"; fi
