#!/usr/bin/env bash
# Gives the tests a Windows .NET SDK on a bare Debian 12, out of Debian and NuGet packages alone: Wine 10 in a folder of its
# own, a prefix, and the SDK. All of it is in the engine's home (2.9 GB). Run it again at any time: it does only what is missing.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

command -v dotnet >/dev/null || die "there is no dotnet" "the Windows SDK is made from this machine's SDK" "install the .NET 10 SDK"
# The program itself knows where its SDK is; the one on PATH may only lead to it.
read -r version dotnet < <(dotnet --list-sdks | grep '^10\.' | sort -V | tail -n 1) || true
read -r _ runtime _ < <(dotnet --list-runtimes | grep '^Microsoft.NETCore.App 10\.' | sort -V | tail -n 1) || true
dotnet=${dotnet#[} dotnet=${dotnet%/sdk]}
[ -n "${version:-}" ] && [ -n "${runtime:-}" ] && [ -d "$dotnet/sdk/$version" ] ||
  die "there is no complete .NET 10 SDK" "dotnet tells SDK '${version:-}', runtime '${runtime:-}' in '${dotnet:-}'" "install the .NET 10 SDK"
stamp="$version $runtime $(cat "$windows_tests"/{setup.sh,lib.sh,dotnet.c,docker.c,start.c,il.py,packs.proj} | cksum)"
[ "$(cat "$wine/stamp" 2>/dev/null)" = "$stamp" ] && exit 0

need_root
for i in mmdebstrap unshare python3 flock; do
  command -v "$i" >/dev/null || die "'$i' is missing" "the set-up uses it" "install mmdebstrap, util-linux and python3 (tests/engine/setup.sh installs the first)"
done
mkdir -p "$wine" "$wine/run" "$wine/user"
exec 6>"$wine/setup.lock"
flock 6
[ "$(cat "$wine/stamp" 2>/dev/null)" = "$stamp" ] && exit 0
rm -f "$wine/stamp"

# --- Wine: Debian 12's own does not know DOS wildcards, without which the SDK finds no packs -----------------------------
if [ ! -e "$root/usr/bin/wine-stable" ] || [ ! -e "$root/usr/bin/x86_64-w64-mingw32-gcc-win32" ]; then
  say "making a Debian with Wine (about 4 minutes)"
  # shellcheck disable=SC2016 # apt fills these in
  mirror=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    awk '$2 == "bookworm" && $3 == "main" { print $1; exit }')
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -n "$mirror" ] && [ -r "$keyring" ] || die "no Debian mirror found" "Wine comes from Debian, and this machine's apt sources name no mirror" "run this on Debian 12"
  rm -rf "$root" "$root.new"
  mmdebstrap --variant=minbase --include=wine,wine64,ca-certificates,gcc-mingw-w64-x86-64-win32 \
    --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    trixie "$root.new" "deb [signed-by=$keyring] $mirror trixie main" >"$wine/mmdebstrap.log" 2>&1 ||
    die "mmdebstrap failed" "$(grep -E '^(E|Err|error):' "$wine/mmdebstrap.log" | tail -n 3)" \
      "if a package of trixie was renamed or removed, change the list in setup.sh; else read $wine/mmdebstrap.log"
  mv "$root.new" "$root"
fi
# Wine takes its authorities from there; without the hosts "localhost" is nobody.
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp /etc/hosts /etc/resolv.conf "$root/etc/"
trap wine_stop EXIT

# --- the prefix: without winecfg .NET says that this is Windows 7 --------------------------------------------------------
if [ ! -f "$prefix/ready" ]; then
  say "making Wine's drive C: (about a minute)"
  rm -rf "$prefix"
  {
    inside wineboot -i
    inside wine winecfg -v win10
    # A program that crashes ends, and no debugger waits for somebody.
    inside wine reg add 'HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug' /v Auto /t REG_SZ /d 0 /f
    inside wineserver -w
  } >"$wine/prefix.log" 2>&1 || die "Wine made no prefix" "$(tail -n 3 "$wine/prefix.log")" "read $wine/prefix.log"
  touch "$prefix/ready"
fi

# --- the SDK -----------------------------------------------------------------------------------------------------------
say "making the Windows SDK $version (runtime $runtime)"
packages=$wine/packages
dotnet restore "$windows_tests/packs.proj" --packages "$packages" "-p:Runtime=$runtime" "-p:MSBuildProjectExtensionsPath=$wine/obj/" -v:q >"$wine/restore.log" 2>&1 ||
  die "the packs of Windows cannot be had" "$(grep -m1 -o 'error.*' "$wine/restore.log")" "see whether NuGet has Microsoft.NETCore.App.Runtime.win-x64 $runtime"
pack() { echo "$packages/microsoft.$1/$runtime/runtimes/win-x64"; }
rm -rf "$sdk"
mkdir -p "$sdk/host/fxr/$runtime" "$sdk/shared/Microsoft.NETCore.App/$runtime" "$sdk/shared/Microsoft.AspNetCore.App/$runtime"
cp -r "$(pack netcore.app.runtime.win-x64)"/{lib/net10.0/.,native/.} "$sdk/shared/Microsoft.NETCore.App/$runtime/"
cp -r "$(pack aspnetcore.app.runtime.win-x64)"/lib/net10.0/. "$sdk/shared/Microsoft.AspNetCore.App/$runtime/"
cp -r "$(pack aspnetcore.app.runtime.win-x64)"/native/. "$sdk/shared/Microsoft.AspNetCore.App/$runtime/" 2>/dev/null || true
cp "$(pack netcore.app.runtime.win-x64)/native/hostfxr.dll" "$sdk/host/fxr/$runtime/"
for i in sdk packs sdk-manifests templates metadata; do
  [ ! -d "$dotnet/$i" ] || cp -r "$dotnet/$i" "$sdk/"
done
# The machine's assemblies hold code compiled for Linux, which a Windows loader refuses.
python3 "$windows_tests/il.py" "$sdk/sdk/$version" >"$wine/il.log" || die "the SDK's assemblies could not be made plain" "$(tail -n 1 "$wine/il.log")" "read il.py"
mkdir -p "$sdk/packs/Microsoft.NETCore.App.Host.win-x64"
cp -r "$packages/microsoft.netcore.app.host.win-x64/$runtime" "$sdk/packs/Microsoft.NETCore.App.Host.win-x64/"
cp "$(pack netcore.app.host.win-x64)/native/apphost.exe" "$sdk/sdk/$version/AppHostTemplate/apphost.exe"
sed -i -E 's#(<NETCoreSdk(Portable)?RuntimeIdentifier>)[^<]*#\1win-x64#' "$sdk/sdk/$version/Microsoft.NETCoreSdk.BundledVersions.props"
printf 'win-x64\nwin\nany\nbase\n' >"$sdk/sdk/$version/NETCoreSdkRuntimeIdentifierChain.txt"

compile() { inside x86_64-w64-mingw32-gcc -O1 -municode -s -o "$1" "${@:2}" -lws2_32 >>"$wine/compile.log" 2>&1 || die "mingw could not make $1" "$(tail -n 2 "$wine/compile.log")" "read $wine/compile.log"; }
: >"$wine/compile.log"
compile "$sdk/dotnet.exe" "-DVERSION=L\"$runtime\"" "$windows_tests/dotnet.c"
mkdir -p "$wine/standin/cli-plugins"
compile "$wine/standin/docker.exe" "$windows_tests/docker.c"
cp "$wine/standin/docker.exe" "$wine/standin/cli-plugins/docker-buildx.exe"
compile "$wine/start.exe" "$windows_tests/start.c"

found=$(inside wine "$sdk/dotnet.exe" --version 2>/dev/null | tr -d '\r') || true
[ "$found" = "$version" ] || die "dotnet.exe does not run under Wine" "it says '$found' and not '$version'" "run: tests/windows/run.sh wine dotnet --info"
echo "$stamp" >"$wine/stamp"
say "ready: $(du -sh "$wine" | cut -f1) in $wine"
