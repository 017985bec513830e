#!/usr/bin/env bash
# Publishes the sample Shop as a container image with BuildKit: sets up an engine where there is none, packs the
# package, runs a plain "dotnet publish", runs the image and shows its answer.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/.." && pwd)
home=${BUILDKIT_TASKS_ENGINE_HOME:-$repo/.engine}
work=$home/try

say() { printf '\n== %s\n' "$*"; }

# A Docker that is here already is used as it is; nothing of it is changed.
if docker buildx version >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
  say "Using the Docker that is here: $(docker version --format '{{.Server.Version}}')"
  own_engine=false
else
  say "No Docker engine here: setting one up for this checkout (a minute, the first time)"
  "$here/engine/setup.sh"
  "$here/engine/engine.sh" start try
  eval "$("$here/engine/engine.sh" env try)"
  own_engine=true
fi

# A registry of our own on the loopback interface. An engine that refuses it gets the image into its own store instead.
registry=
if $own_engine || "$here/engine/setup.sh"; then
  registry=$("$here/engine/registry.sh" start try --seed)
  if ! $own_engine && ! printf 'FROM %s/debian:bookworm\n' "$registry" |
    docker buildx build --quiet --output type=cacheonly - >/dev/null 2>&1; then
    say "This engine refuses the plain http registry at $registry, so the image goes into the engine itself"
    "$here/engine/registry.sh" stop try
    registry=
  fi
fi

say "Packing BuildKit.Tasks"
version=1.0.0-try.$(date +%s)
rm -rf "$work"
mkdir -p "$work"
dotnet pack "$repo/nuget" -c Release -o "$work/feed" -p:Version="$version" -nologo -v:q

say "dotnet publish of tests/samples/Shop"
cp -r "$here/samples/Shop" "$work/Shop"
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
trap 'docker rm --force "$container" >/dev/null' EXIT
address=$(docker port "$container" 8080/tcp | head -n1)
for _ in $(seq 50); do
  answer=$(curl --silent --fail "http://$address/" || true)
  [ -z "$answer" ] || break
  sleep 0.2
done
[ -n "$answer" ] || { echo "The container does not answer at http://$address/:" >&2; docker logs "$container" >&2; exit 1; }
printf 'image:  %s\nGET /:  %s\n' "$image@$digest" "$answer"
$own_engine && say "Engine and registry go on running; stop them with: tests/engine/engine.sh stop try; tests/engine/registry.sh stop try" || true
