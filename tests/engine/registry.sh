#!/usr/bin/env bash
# Starts and stops registries on this machine for the tests; prints localhost:PORT.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() {
  cat >&2 <<'TEXT'
usage: registry.sh start NAME [--port N] [--seed] [--tls] [--user U --password P] [--address IP]
       registry.sh stop NAME        end it and delete what it stores
       registry.sh stop-all
       registry.sh list
  --seed   the base images which setup.sh made are in it: localhost:PORT/dotnet/aspnet:10.0
  --tls    https; the path of the authority's certificate goes to stderr
  --address  an address of this machine instead of 127.0.0.1; prints IP:PORT
TEXT
  exit 2
}

# Ports are looked for here: below the range from which the kernel picks ports of its own.
first_port=${BUILDKIT_TASKS_REGISTRY_PORT:-5500}

dir_of() { dir=$home/registries/$1; }

# A registry replaces its small link files in place, so these are copied; blobs are only
# ever renamed into place or deleted, so they can share the seed's disk space.
copy_seed() {
  [ -d "$seed/docker" ] || die "there are no base images yet" "$seed is empty" "run tests/engine/setup.sh"
  local v2=docker/registry/v2
  mkdir -p "$dir/data/$v2"
  exec 9>"$home/seed.lock"
  flock -s 9 # setup.sh may be about to replace it
  cp -a "$seed/$v2/repositories" "$dir/data/$v2/"
  cp -al "$seed/$v2/blobs" "$dir/data/$v2/" 2>/dev/null || cp -a --reflink=auto "$seed/$v2/blobs" "$dir/data/$v2/"
  exec 9>&-
}

make_certificate() {
  [ ! -f "$dir/tls.crt" ] || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=test registry CA" \
    -keyout "$dir/ca.key" -out "$dir/ca.crt" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
    -keyout "$dir/tls.key" -out "$dir/tls.csr" 2>/dev/null
  openssl x509 -req -in "$dir/tls.csr" -CA "$dir/ca.crt" -CAkey "$dir/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:$address") -out "$dir/tls.crt" 2>/dev/null
}

listening() { [ -n "$(ss -Hltn "sport = :$1")" ]; }

# True when the registry on $port answers; https is not spoken here, a connection will do.
answers() { (exec 3<>"/dev/tcp/$address/$1") 2>/dev/null; }

start() {
  check_name "${1:-}"
  local name=$1 args="${*:2}" address=127.0.0.1 port='' use_seed='' tls='' user='' password='' i
  shift
  dir_of "$name"
  while [ $# -gt 0 ]; do
    case $1 in
      --port) port=${2:?--port needs a number}; shift 2 ;;
      --seed) use_seed=1; shift ;;
      --tls) tls=1; shift ;;
      --user) user=${2:?--user needs a name}; shift 2 ;;
      --address) address=${2:?--address needs an IP address}; shift 2 ;;
      --password) password=${2:?--password needs a text}; shift 2 ;;
      *) usage ;;
    esac
  done
  command -v docker-registry >/dev/null || die "the program 'docker-registry' is missing" "the machine is not set up yet" "run tests/engine/setup.sh"
  mkdir -p "$dir"
  exec 7>"$dir/lock"
  flock 7
  if alive "$dir/pid" "$dir/config.yml"; then
    [ "$args" = "$(cat "$dir/args")" ] || die "registry '$name' runs already, with other options" \
      "it was started with '$(cat "$dir/args")', now '$args' is wanted" "registry.sh stop $name first"
    report
    return 0
  fi
  rm -rf "$dir/data"
  mkdir -p "$dir/data"
  [ -z "$use_seed" ] || copy_seed
  [ -z "$tls" ] || make_certificate
  [ -z "$user" ] || htpasswd -Bbn "$user" "$password" >"$dir/htpasswd"
  echo "$args" >"$dir/args"

  # Nobody else may take the port between looking and listening.
  exec 8>"$machine_lock"
  flock 8
  if [ -n "$port" ]; then
    ! listening "$port" || die "registry '$name' did not start" "another program listens on port $port" "leave --port out"
  else
    port=$first_port
    while listening "$port"; do port=$((port + 1)); done
  fi
  {
    cat <<TEXT
version: 0.1
log:
  level: warn
  accesslog: { disabled: true }
storage:
  filesystem: { rootdirectory: "$dir/data" }
  delete: { enabled: true }
http:
  addr: $address:$port
TEXT
    [ -z "$tls" ] || printf '  tls: { certificate: "%s", key: "%s" }\n' "$dir/tls.crt" "$dir/tls.key"
    [ -z "$user" ] || printf 'auth:\n  htpasswd: { realm: tests, path: "%s" }\n' "$dir/htpasswd"
  } >"$dir/config.yml"
  setsid docker-registry serve "$dir/config.yml" >"$dir/log" 2>&1 </dev/null 7>&- 8>&- &
  local pid=$!
  echo "$pid" >"$dir/pid"
  for ((i = 0; i < 500; i++)); do
    if answers "$port"; then
      echo "$port" >"$dir/port"
      echo "$address" >"$dir/address"
      report
      return 0
    fi
    running "$pid" || break
    sleep 0.02
  done
  rm -f "$dir/pid"
  die "registry '$name' did not start" "$(grep -v '^$' "$dir/log" | tail -n 2)" "read $dir/log"
}

report() {
  [ ! -f "$dir/ca.crt" ] || say "$dir/ca.crt"
  where
}

where() {
  local address
  address=$(cat "$dir/address" 2>/dev/null || echo 127.0.0.1)
  echo "${address/#127.0.0.1/localhost}:$(cat "$dir/port")"
}

stop() {
  check_name "${1:-}"
  dir_of "$1"
  [ -d "$dir" ] || return 0
  exec 7>"$dir/lock"
  flock 7
  if alive "$dir/pid" "$dir/config.yml"; then end "$(cat "$dir/pid")" 3; fi
  rm -rf "$dir"
  exec 7>&-
}

names() { local d; for d in "$home"/registries/*/; do [ ! -d "$d" ] || basename "$d"; done; }

case ${1:-} in
  start) shift; start "$@" ;;
  stop) shift; stop "$@" ;;
  stop-all) for name in $(names); do stop "$name"; done ;;
  list)
    for name in $(names); do
      dir_of "$name"
      if alive "$dir/pid" "$dir/config.yml"; then echo "$name $(where)"; fi
    done
    ;;
  *) usage ;;
esac
