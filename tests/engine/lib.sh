# shellcheck shell=bash disable=SC2034 # the scripts which source this use the names
# Shared by setup.sh, engine.sh and registry.sh; sourced, never run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/../.." && pwd)
home=${BUILDKIT_TASKS_ENGINE_HOME:-$repo/.engine}
mkdir -p "$home"
home=$(cd "$home" && pwd)

# Sockets live under /run: a unix socket's path may have 107 characters only, and a
# checkout can be deep. The checksum keeps two checkouts apart.
run=/run/bkt-engine/$(printf %s "$home" | cksum | cut -d' ' -f1)

# Bridges, firewall rules and ports belong to the whole machine, so does their lock.
machine_lock=/run/lock/bkt-engine.lock

programs=$home/programs
seed=$home/seed-registry
PATH=$programs/usr/bin:$programs/usr/sbin:$PATH:/usr/sbin:/sbin
export PATH

# die WHAT WHY WHAT-TO-DO
die() {
  printf '%s: error: %s\n' "${0##*/}" "$1" >&2
  [ $# -lt 2 ] || printf '  why:  %s\n' "$2" >&2
  [ $# -lt 3 ] || printf '  try:  %s\n' "$3" >&2
  exit 1
}

say() { printf '%s\n' "$*" >&2; }

need_root() {
  [ "$(id -u)" = 0 ] || die "root is needed" \
    "an engine makes bridges, mounts and firewall rules" "run it again as root (sudo -E)"
}

check_name() {
  case ${1:-} in
    '' | *[!a-z0-9-]* | -*) die "'${1:-}' is no name" "names go into paths" "use a-z, 0-9 and '-'" ;;
  esac
}

# The process in a pid file, if it is still the program we started (a pid may be reused).
alive() { # PIDFILE TEXT-IN-COMMAND-LINE
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2"
}

# False for a zombie too: an init that reaps slowly must not make us wait.
running() { grep -q '^State:.[^ZX]' "/proc/$1/status" 2>/dev/null; }

# Ends a process and waits for it: TERM first, KILL when it does not listen.
end() { # PID SECONDS
  local i
  kill "$1" 2>/dev/null || return 0
  for ((i = 0; i < $2 * 20; i++)); do
    running "$1" || return 0
    sleep 0.05
  done
  kill -9 "$1" 2>/dev/null || true
  sleep 0.1
}

# Where buildx is: docker looks for plugins in folders of its own, not on PATH.
buildx_plugin() {
  local folder
  for folder in "$programs"/usr/libexec/docker/cli-plugins /usr/{local/,}{libexec,lib}/docker/cli-plugins ~/.docker/cli-plugins; do
    [ -x "$folder/docker-buildx" ] || continue
    echo "$folder/docker-buildx"
    return 0
  done
  return 1
}
