# shellcheck shell=bash disable=SC2034 # the scripts which source this use the names
# Shared by setup.sh and run.sh; sourced, never run.

windows_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$windows_tests/../engine/lib.sh"

wine=$home/windows
root=$wine/root     # a Debian with Wine
prefix=$wine/prefix # Wine's drive C:
sdk=$wine/sdk       # the Windows SDK
export WINEDEBUG=-all

# Runs a command in the Debian with Wine, without TMPDIR, of which Wine 10 dies. The mounts are those of this command alone and go with it.
# The checkout, the engine's home and /tmp have the same paths inside, and are on drive Z:.
inside() {
  unshare --mount --propagation private bash -euc '
    root=$1 repo=$2 home=$3 here=$4; shift 4
    for i in /proc /sys /dev /tmp "$repo" "$home"; do
      mkdir -p "$root$i"
      mount --rbind "$i" "$root$i"
    done
    exec chroot "$root" /bin/sh -c "cd \"\$1\" && shift && exec \"\$@\"" sh "$here" "$@"
  ' bash "$root" "$repo" "$home" "$PWD" env -i \
    PATH=/usr/bin:/bin HOME="$wine/user" LANG=C.UTF-8 WINEPREFIX="$prefix" WINEDEBUG=-all XDG_RUNTIME_DIR="$wine/run" \
    DisableTransitiveFrameworkReferenceDownloads=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 UseSharedCompilation=false \
    MSBUILDDISABLENODEREUSE=1 NUGET_CERT_REVOCATION_MODE=offline DOTNET_TieredPGO=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_ROOT="Z:${sdk//\//\\}" "$@"
}

# Ends the prefix's own processes; others' are left alone.
wine_stop() { inside wineserver -k >/dev/null 2>&1 || true; }
