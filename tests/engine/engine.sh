#!/usr/bin/env bash
# Starts and stops Docker engines that belong to the tests alone.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat >&2 <<'TEXT'
usage: engine.sh start NAME [--graph-driver] [--root DIR] [--insecure HOST:PORT]... [--ca HOST:PORT=FILE]...
                                          DIR: where its images and caches go (DIR/NAME)
       engine.sh stop NAME [--delete]     end it; --delete forgets its images and caches too
       engine.sh stop-all [--delete]
       engine.sh env NAME                 lines for eval: DOCKER_HOST, DOCKER_CONFIG, PATH
       engine.sh list
TEXT
  exit 2
}

# First two numbers of the addresses given out: engine N of 16 gets a /20 of them.
net=${BUILDKIT_TASKS_ENGINE_NET:-10.87}

dir_of() { dir=$home/engines/$1; exec_dir=$run/$1; sock=$exec_dir/docker.sock; }

# --- network ---------------------------------------------------------------------------
# Every engine gets a bridge of its own. dockerd must not manage one here: a daemon which
# does so owns docker0 and the DOCKER chains of the whole machine, and a second one takes
# them away from the first (or from the user's Docker).

rules() { # -A|-D BLOCK: address translation, and a way past a FORWARD policy of DROP
  local block=$2 tag=(-m comment --comment "bkt-engine $2")
  local add=-I
  [ "$1" = -A ] || add=-D
  iptables -w -t nat "$1" POSTROUTING -s "$block" ! -d "$block" "${tag[@]}" -j MASQUERADE
  iptables -w "$add" FORWARD -s "$block" "${tag[@]}" -j ACCEPT
  iptables -w "$add" FORWARD -d "$block" "${tag[@]}" -j ACCEPT
}

# A link's alias holds 255 characters.
alias_of() { local end=$1; [ ${#end} -le 200 ] || end=${end: -200}; echo "$net $end"; }

# Sets n and mtu. An engine keeps its number over a restart when nobody took it.
make_bridge() {
  local want dev
  dev=$(ip -4 route show default | sed -n 's/.* dev \([^ ]*\).*/\1/p' | head -n1)
  # A bridge wider than the way out loses large packets (TLS handshakes hang).
  mtu=$(cat "/sys/class/net/${dev:-lo}/mtu")
  [ "$mtu" -le 1500 ] || mtu=1500
  exec 8>"$machine_lock"
  flock 8
  for want in $(cat "$dir/bridge" 2>/dev/null || true) $(seq 0 15); do
    n=$want
    [ -z "$(ip -4 route show root "$net.$((16 * n)).0/20")" ] || continue
    ip link add "bkt$n" type bridge 2>/dev/null || continue
    # The shim image finds the bridge of the engine it runs in by this text.
    ip link set "bkt$n" alias "$(alias_of "$data")"
    ip addr add "$net.$((16 * n)).1/21" dev "bkt$n"
    ip link set "bkt$n" mtu "$mtu" up
    echo "$n" >"$dir/bridge"
    rules -A "$net.$((16 * n)).0/20"
    if [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ]; then
      echo 1 >/proc/sys/net/ipv4/ip_forward
      : >/run/bkt-engine/forward-was-off
    fi
    exec 8>&-
    return
  done
  die "no free network for the engine" \
    "all 16 blocks of $net.0.0/16 are in use on this machine" \
    "engine.sh stop-all, or set BUILDKIT_TASKS_ENGINE_NET to another private range, e.g. 10.99"
}

remove_bridge() {
  local n block dev
  [ -f "$dir/bridge" ] || return 0
  n=$(cat "$dir/bridge")
  [ "$(cat "/sys/class/net/bkt$n/ifalias" 2>/dev/null)" = "$(alias_of "$(cat "$dir/data-root")")" ] || return 0
  block=$net.$((16 * n)).0/20
  exec 8>"$machine_lock"
  flock 8
  # bktN, and the bridges of networks which were created in the engine.
  for dev in $(ip -o -4 addr show to "$block" | awk '{print $2}' | sort -u); do
    ip link del "$dev" 2>/dev/null || true
  done
  rules -D "$block" 2>/dev/null || true
  # Put the switch back after the last engine, unless somebody else's Docker needs it now.
  if [ -f /run/bkt-engine/forward-was-off ] && ! compgen -G '/sys/class/net/bkt*' >/dev/null; then
    [ -e /sys/class/net/docker0 ] || echo 0 >/proc/sys/net/ipv4/ip_forward
    rm -f /run/bkt-engine/forward-was-off
  fi
  exec 8>&-
}

# --- start -----------------------------------------------------------------------------

list_json() { local s='' x; for x; do s+="${s:+,}\"$x\""; done; printf '[%s]' "$s"; }

start() {
  check_name "${1:-}"
  need_root
  local name=$1 args="${*:2}" snapshotter=true data='' insecure=() cas=() i n mtu
  shift
  dir_of "$name"
  while [ $# -gt 0 ]; do
    case $1 in
      --graph-driver) snapshotter=false; shift ;;
      --root) data=${2:?--root needs a folder}; shift 2 ;;
      --insecure) insecure+=("${2:?--insecure needs HOST:PORT}"); shift 2 ;;
      --ca) cas+=("${2:?--ca needs HOST:PORT=FILE}"); shift 2 ;;
      *) usage ;;
    esac
  done
  for i in dockerd docker containerd runc iptables ip; do
    command -v "$i" >/dev/null || die "the program '$i' is missing" "the machine is not set up yet" "run tests/engine/setup.sh"
  done
  mkdir -p "$dir" "$exec_dir"
  exec 7>"$dir/lock"
  flock 7 # a second start of the same engine waits, then finds it running

  if alive "$dir/pid" "$dir/daemon.json" && docker -H "unix://$sock" version >/dev/null 2>&1; then
    [ "$args" = "$(cat "$dir/args")" ] || die "engine '$name' runs already, with other options" \
      "it was started with '$(cat "$dir/args")', now '$args' is wanted" "engine.sh stop $name first"
    return 0
  fi
  clean_up # after a crash or a reboot
  # Below DIR, not DIR itself: stop --delete deletes it.
  if [ -n "$data" ]; then data=$data/$name; else data=$dir/data; fi
  mkdir -p "$data" "$exec_dir"
  data=$(cd "$data" && pwd)
  echo "$data" >"$dir/data-root"
  echo "$args" >"$dir/args"
  make_config
  make_trust
  make_bridge

  # A containerd of its own: dockerd would join a containerd which runs on the machine
  # already, in the same namespace as the user's Docker, and clean up there.
  cat >"$dir/containerd.toml" <<TEXT
version = 2
root = "$data/containerd"
state = "$exec_dir/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "$exec_dir/containerd.sock"
TEXT
  # Registries on localhost need no entry: the daemon takes 127.0.0.0/8 as insecure.
  cat >"$dir/daemon.json" <<TEXT
{
  "features": { "containerd-snapshotter": $snapshotter },
  "containerd": "$exec_dir/containerd.sock",
  "data-root": "$data",
  "exec-root": "$exec_dir/exec",
  "pidfile": "$dir/pid",
  "hosts": ["unix://$sock"],
  "insecure-registries": $(list_json ${insecure[@]+"${insecure[@]}"}),
  "bridge": "bkt$n",
  "fixed-cidr": "$net.$((16 * n)).0/24",
  "default-address-pools": [{ "base": "$net.$((16 * n + 8)).0/21", "size": 26 }],
  "mtu": $mtu,
  "iptables": false,
  "ip6tables": false,
  "shutdown-timeout": 3
}
TEXT
  # 7>&-: a daemon must not inherit the lock. setsid: it outlives the caller and its terminal.
  rm -f "$dir/pid" "$dir/containerd.pid"
  setsid containerd --config "$dir/containerd.toml" >"$dir/containerd.log" 2>&1 </dev/null 7>&- &
  echo $! >"$dir/containerd.pid"
  for ((i = 0; i < 100; i++)); do
    [ -S "$exec_dir/containerd.sock" ] && break
    sleep 0.02
  done
  setsid dockerd --config-file "$dir/daemon.json" >"$dir/log" 2>&1 </dev/null 7>&- &
  local pid=$!
  for ((i = 0; i < 600; i++)); do
    if docker -H "unix://$sock" version >/dev/null 2>&1; then return 0; fi
    running "$pid" || break
    sleep 0.05
  done
  local why
  why=$(grep -E 'level=(error|fatal)|^failed|unable' "$dir/log" | tail -n 3)
  clean_up
  die "engine '$name' did not start" "${why:-it gave no reason within 30 s}" "read $dir/log and $dir/containerd.log"
}

# The tests' docker commands use this configuration, never the user's.
make_config() {
  local plugin
  mkdir -p "$dir/config/cli-plugins"
  plugin=$(buildx_plugin) || die "buildx is missing" "the machine is not set up yet" "run tests/engine/setup.sh"
  ln -sfn "$plugin" "$dir/config/cli-plugins/docker-buildx"
}

# dockerd reads extra authorities from /etc/docker/certs.d, which may be a user's. A bundle
# in its own environment does the same for this daemon alone.
make_trust() {
  local ca bundle=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
  [ ${#cas[@]} -gt 0 ] || return 0
  cat "$bundle" >"$dir/ca-bundle.crt"
  for ca in "${cas[@]}"; do
    [ -r "${ca#*=}" ] || die "no certificate file '${ca#*=}'" "--ca wants HOST:PORT=FILE" "give the path that registry.sh printed"
    cat "${ca#*=}" >>"$dir/ca-bundle.crt"
  done
  export SSL_CERT_FILE=$dir/ca-bundle.crt
}

# --- stop ------------------------------------------------------------------------------

shims() { pgrep -f -- "-address $exec_dir/containerd.sock" || true; }

# The processes of our containers; a container whose first process ignores TERM would
# keep dockerd waiting for ten seconds.
kill_containers() {
  local pid
  for pid in $(shims); do pkill -9 -P "$pid" 2>/dev/null || true; done
}

# Ends what is left of an engine, whether it still runs or crashed.
clean_up() {
  local pid i from mount data
  if alive "$dir/pid" "$dir/daemon.json"; then
    pid=$(cat "$dir/pid")
    kill "$pid" 2>/dev/null || true
    for ((i = 0; i < 40; i++)); do
      running "$pid" || break
      sleep 0.05
    done
    kill_containers
    end "$pid" 15
  fi
  if alive "$dir/containerd.pid" "$dir/containerd.toml"; then end "$(cat "$dir/containerd.pid")" 5; fi
  # After a crash the containers and their shims are still there.
  kill_containers
  for pid in $(shims); do end "$pid" 1; done
  data=$(cat "$dir/data-root" 2>/dev/null || echo "$dir/data")
  # Innermost first. dockerd binds its data-root to itself; a disk which the caller mounted
  # there is another matter, and shows its own root.
  while read -r from mount; do
    case $mount in
      "$data") [ "$from" != / ] || continue ;;
      "$data"/* | "$exec_dir"/*) ;;
      *) continue ;;
    esac
    umount -l "$mount" 2>/dev/null || true
  done < <(awk '{print $4, $5}' /proc/self/mountinfo | tac)
  remove_bridge
  rm -rf "$exec_dir" "$dir/pid" "$dir/containerd.pid"
  rmdir "$run" /run/bkt-engine 2>/dev/null || true # when this was the last one
}

stop() {
  check_name "${1:-}"
  need_root
  dir_of "$1"
  case ${2:-} in '' | --delete) ;; *) usage ;; esac
  [ -d "$dir" ] || return 0
  exec 7>"$dir/lock"
  flock 7
  clean_up
  if [ "${2:-}" = --delete ]; then rm -rf "$(cat "$dir/data-root" 2>/dev/null || echo "$dir/data")" "$dir"; fi
  exec 7>&-
}

print_env() {
  check_name "${1:-}"
  dir_of "$1"
  [ -S "$sock" ] || die "engine '$1' does not run" "there is no $sock" "engine.sh start $1"
  printf 'export DOCKER_HOST=%q\nexport DOCKER_CONFIG=%q\n' "unix://$sock" "$dir/config"
  # A user's choice of a builder must not reach the tests.
  printf 'export BUILDX_CONFIG=%q\nunset BUILDX_BUILDER DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH\n' "$dir/config/buildx"
  # shellcheck disable=SC2016 # the caller's PATH, when the line is evaluated
  printf 'export PATH=%q:"$PATH"\n' "$programs/usr/bin:$programs/usr/sbin"
}

names() { local d; for d in "$home"/engines/*/; do [ ! -d "$d" ] || basename "$d"; done; }

case ${1:-} in
  start) shift; start "$@" ;;
  stop) shift; stop "$@" ;;
  stop-all) for name in $(names); do stop "$name" ${2:+"$2"}; done ;;
  env) shift; print_env "$@" ;;
  list)
    for name in $(names); do
      dir_of "$name"
      if alive "$dir/pid" "$dir/daemon.json"; then echo "$name running"; else echo "$name stopped"; fi
    done
    ;;
  *) usage ;;
esac
