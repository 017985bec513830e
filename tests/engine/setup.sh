#!/usr/bin/env bash
# Gives a bare Debian 12 an engine, a registry and base images: Docker's programs in a
# folder of their own, and a few packages. Run it again at any time: it does only what is
# missing.
#   setup.sh --try    what publishing a web application needs
#   setup.sh          what the tests need
#   setup.sh --all    python, node and nginx images too
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

set=tests
case ${1:-} in
  '') ;;
  --try | --all) set=${1#--} ;;
  *) say "usage: setup.sh [--try | --all]"; exit 2 ;;
esac

newest() { { find "$1" -mindepth 1 -maxdepth 1 -name '10.*' -printf '%f\n' 2>/dev/null || true; } | sort -V | tail -n 1; }

has_engine() { # a set of programs which fit together, with buildx; 25 has the containerd store
  local i
  for i in dockerd docker docker-init containerd containerd-shim-runc-v2; do command -v "$i" >/dev/null || return 1; done
  buildx_plugin >/dev/null || return 1
  # Ours needs no question, which would cost the time of starting dockerd.
  [ -x "$programs/usr/sbin/dockerd" ] || [ "$(dockerd --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')" -ge 25 ]
}

# --- what is missing? (this is all that happens on later runs) ---------------------------

packages=()
need() { command -v "$1" >/dev/null || [[ " ${packages[*]} " == *" $2 "* ]] || packages+=("$2"); }
need runc runc
need iptables iptables
need ip iproute2
need ss iproute2
need mmdebstrap mmdebstrap
need pgrep procps
if [ "$set" != try ]; then
  need htpasswd apache2-utils
  need openssl openssl
  need ssh openssh-client
  need socat socat
  need tmux tmux
  # A browser for the tests of the report's page.
  need chromium chromium
fi

downloads=()
has_engine || downloads=(docker.io docker-cli docker-buildx containerd tini-static)
command -v docker-registry >/dev/null || downloads+=(docker-registry)

command -v dotnet >/dev/null || die "there is no dotnet" "the base images are made from this machine's .NET SDK" "install the .NET 10 SDK"
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
# A wrapper on PATH lies elsewhere than what it starts.
[ -d "$dotnet/sdk" ] || dotnet=$(dotnet --list-sdks | sed -n 's/^10\..* \[\(.*\)\/sdk\]$/\1/p' | tail -n 1)
sdk=$(newest "$dotnet/sdk") runtime=$(newest "$dotnet/shared/Microsoft.NETCore.App") aspnet=$(newest "$dotnet/shared/Microsoft.AspNetCore.App")
for i in "$sdk" "$runtime" "$aspnet"; do
  [ -n "$i" ] || die "no complete .NET 10 SDK in $dotnet" \
    "the base images are made from it (sdk '$sdk', runtime '$runtime', ASP.NET '$aspnet')" "install the .NET 10 SDK"
done
# The images are made again when one of these changes.
stamp="$sdk $runtime $aspnet $(cat "$here/base-images.Dockerfile" "$here"/shim/* /etc/ssl/certs/ca-certificates.crt 2>/dev/null | cksum)"
# What .NET needs, as in Microsoft's images. usr-is-merged: otherwise a converter is installed, and all of perl with it.
rootfs=$home/rootfs
rootfs_packages=ca-certificates,libicu72,libssl3,zlib1g,libstdc++6,libgcc-s1,tzdata,usr-is-merged
rootfs_done() { [ "$(cat "$rootfs/stamp" 2>/dev/null)" = "bookworm $rootfs_packages" ]; }
# A second line says that fewer (try) or more (all) images were made than the tests need.
made() { sed -n 2p "$home/seed.stamp" 2>/dev/null; }
images_done() {
  [ "$(head -n1 "$home/seed.stamp" 2>/dev/null)" = "$stamp" ] && rootfs_done || return 1
  case $set in
    try) ;;
    tests) [ "$(made)" != try ] ;;
    all) [ "$(made)" = all ] ;;
  esac
}

if [ ${#packages[@]} = 0 ] && [ ${#downloads[@]} = 0 ] && images_done; then exit 0; fi

need_root
exec 6>"$home/setup.lock"
flock 6
# Another setup may have made the images while this one waited.
if [ ${#packages[@]} = 0 ] && [ ${#downloads[@]} = 0 ] && images_done; then exit 0; fi

# --- programs ----------------------------------------------------------------------------

# Mirrors fail now and then.
retry() {
  local try
  for try in 1 2 3; do
    if "$@" >"$home/apt.log" 2>&1; then return 0; fi
    [ "$try" = 3 ] || sleep $((try * 2))
  done
  return 1
}
apt_errors() { grep -E '^(E|Err|W):' "$home/apt.log" | sort -u | head -n 4; }

if [ ${#packages[@]} -gt 0 ]; then
  say "installing ${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  retry apt-get update || die "apt-get update failed" "$(apt_errors)" "check the network and the machine's apt sources"
  retry apt-get install -y --no-install-recommends "${packages[@]}" ||
    die "could not install ${packages[*]}" "$(apt_errors)" "install them by hand, then run this again"
fi

# The machine's own Debian mirrors: "URI suite" a line.
# shellcheck disable=SC2016 # apt fills these in
sources() { apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | awk '$3 == "main" { print $1, $2 }' | sort -u; }
# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(sources | awk -v s="$codename" '$2 == s { print $1; exit }')
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -z "$mirror" ] || [ ! -r "$keyring" ]; then
  die "no Debian mirror found" \
    "the programs and images come from Debian, and this machine's apt sources name no mirror for '$codename' (or $keyring is missing)" \
    "run this on Debian 12"
fi

# Debian 12's docker.io is too old and has no buildx. The newer suite's programs run here as
# they are, so they are unpacked beside the system instead of being installed into it.
download_programs() {
  local work=$home/apt suite got='' deb i opts
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$programs"
  opts=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none)
  fetch() { rm -rf "$work/debs" && mkdir "$work/debs" && cd "$work/debs" && apt-get "${opts[@]}" download "${downloads[@]}"; }
  for suite in forky sid; do
    say "downloading ${downloads[*]} ($suite)"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/sources.list"
    if retry apt-get "${opts[@]}" update && (retry fetch); then got=1; break; fi
    say "  $suite does not have them all: $(apt_errors)"
  done
  [ -n "$got" ] || die "Docker's programs could not be downloaded" "$(apt_errors)" \
    "if a package was renamed or removed, change the list in setup.sh; otherwise check the network"
  for deb in "$work"/debs/*.deb; do
    dpkg -x "$deb" "$programs"
    echo "$(dpkg-deb -f "$deb" Package) $(dpkg-deb -f "$deb" Version) ($suite)"
  done >"$home/versions.downloaded.txt"
  rm -rf "$work"
  # A newer suite may one day need a newer C library than this machine has.
  for i in dockerd docker containerd docker-registry; do
    "$i" --version >/dev/null 2>"$home/apt.log" || die "'$i' of the newer suite does not run here" "$(head -n2 "$home/apt.log")" \
      "take the packages from an older suite: change 'forky sid' in setup.sh"
  done
}

make_rootfs() {
  say "making a Debian file system"
  mkdir -p "$rootfs"
  # Without documentation and translations. The hook belongs to usr-is-merged.
  mmdebstrap --variant=minbase --include="$rootfs_packages" \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --aptopt='Acquire::Languages "none"' \
    bookworm "$rootfs/new.tar" \
    "$(sources | awk -v m="$mirror" -v k="$keyring" '$2 ~ /^bookworm/ { print "deb [signed-by=" k "]", $1, $2, "main" } END { if (!NR) print m }')" \
    >"$home/mmdebstrap.log" 2>&1 || die "mmdebstrap failed" "$(tail -n 3 "$home/mmdebstrap.log")" "read $home/mmdebstrap.log"
  mv "$rootfs/new.tar" "$rootfs/rootfs.tar"
  echo "bookworm $rootfs_packages" >"$rootfs/stamp"
}

# Both wait for mirrors most of the time, so they do it together.
rootfs_process=
if ! rootfs_done; then
  make_rootfs &
  rootfs_process=$!
  trap 'kill "$rootfs_process" 2>/dev/null || true' EXIT
fi
if [ ${#downloads[@]} -gt 0 ]; then download_programs; fi
if [ -n "$rootfs_process" ]; then wait "$rootfs_process" || exit 1; fi
trap - EXIT

{
  cat "$home/versions.downloaded.txt" 2>/dev/null || true
  dpkg-query -W -f '${Package} ${Version} (machine)\n' runc iptables iproute2 mmdebstrap apache2-utils openssl socat tmux 2>/dev/null || true
  echo "dotnet-sdk $sdk"
  echo "dotnet-runtime $runtime"
  echo "aspnetcore-runtime $aspnet"
} >"$home/versions.txt"

# --- base images -------------------------------------------------------------------------

images_done && exit 0
# Once asked for, they stay.
if [ "$(made)" = all ]; then set=all; elif [ "$set" = try ] && [ -f "$home/seed.stamp" ] && [ "$(made)" != try ]; then set=tests; fi

# Contexts of the build: the certificates of this machine (a proxy's may be among them), and
# the programs which make up the builder's stand-in.
bin=$home/shim-bin
rm -rf "$bin"
mkdir -p "$bin/plugins"
cp /etc/ssl/certs/ca-certificates.crt "$rootfs/ca-certificates.crt"
for i in dockerd docker docker-init containerd containerd-shim-runc-v2 runc; do cp -L "$(command -v "$i")" "$bin/"; done
cp -L "$(buildx_plugin)" "$bin/plugins/docker-buildx"

say "making the images"
"$here/engine.sh" stop setup --delete
"$here/registry.sh" stop setup
trap '"$here/engine.sh" stop setup --delete; "$here/registry.sh" stop setup; rm -rf "$bin"' EXIT
"$here/engine.sh" start setup
eval "$("$here/engine.sh" env setup)"
registry=$("$here/registry.sh" start setup)

image() { # TARGET NAME...
  local target=$1 tags=() name
  shift
  for name; do tags+=(-t "$registry/$name"); done
  say "  $*"
  # Level 1: the registry is on this machine, so time counts for more than size.
  docker buildx build --progress plain --provenance=false --output type=registry,compression=gzip,compression-level=1 \
    --target "$target" "${tags[@]}" \
    --build-arg SDK="$sdk" --build-arg RUNTIME="$runtime" --build-arg ASPNET="$aspnet" \
    --build-context dotnet="$dotnet" --build-context bin="$bin" --build-context shim="$here/shim" \
    ${contexts[@]+"${contexts[@]}"} -f "$here/base-images.Dockerfile" "$rootfs" >"$home/images.log" 2>&1 ||
    die "the image $1 could not be made" "$(grep -E 'ERROR|error' "$home/images.log" | tail -n 3)" "read $home/images.log"
}
contexts=()
image aspnet dotnet/aspnet:10.0
if [ "$set" != try ]; then
  image debian debian:bookworm debian:bookworm-slim
  image runtime-deps dotnet/runtime-deps:10.0
  image runtime dotnet/runtime:10.0
  image sdk dotnet/sdk:10.0
  image buildkit-shim buildkit-shim:1
  image remote-machine remote-machine:1
fi
if [ "$set" = all ]; then
  image python python:3
  image nginx nginx:1
  # The machine's own Node is newer than Debian 12's.
  if npm=$(command -v npm) && npm=$(dirname "$(dirname "$(readlink -f "$npm")")") && [ -d "$npm/../npm" ]; then
    mkdir -p "$bin/node"
    cp -L "$(command -v node)" "$bin/node/node"
    contexts=(--build-context machine-node="$bin/node" --build-context machine-npm="$npm")
    image node node:20
  else
    image node-debian node:20
  fi
fi

exec 9>"$home/seed.lock"
flock 9 # registry.sh start --seed may be copying it
rm -rf "$seed"
mv "$home/registries/setup/data" "$seed"
{ echo "$stamp"; [ "$set" = tests ] || echo "$set"; } >"$home/seed.stamp"
