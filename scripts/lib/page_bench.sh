# Rates of pages over HTTP beside what pgbench reaches with the very statements they send. Sourced by scripts/bench*, after
# packages.sh, postgres.sh and build.sh.

# bench_build: $build, a build of the host and its packages: BUILD as it is when it is given, else build/ brought up to date.
bench_build() {
  build=${BUILD:-build}
  install_packages "${build_packages[@]}" wrk
  [ -z "${BUILD:-}" ] || return 0
  mkdir -p build
  build "$build" -DGUICHET_TESTS=OFF >build/bench-build.log || { tail -n 40 build/bench-build.log; exit 1; }
}

# bench_desk BUILD TICKETS: a cluster, the demo with so many tickets, and the host of BUILD on it; all gone at exit. Sets $folder, $server,
# $cookie (of the administrator) and exports what the command line needs. A function bench_fill, when there is one, adds rows before the start.
bench_desk() {
  local build=$1 jar token
  folder=$(mktemp -d)
  chmod 755 "$folder"
  server=
  trap bench_stop EXIT
  pg_create "$folder/pg"
  pg_start "$folder/pg"
  GUICHET_DATABASE_URL=$(cat "$folder/pg/url")
  export GUICHET_DATABASE_URL GUICHET_STATE=$folder/state GUICHET_ADMIN_PASSWORD=mot-de-passe-de-mesure GUICHET_PACKAGES=$build/packages
  GUICHET_LISTEN=127.0.0.1:$(free_port)
  export GUICHET_LISTEN
  echo "Filling the database with $2 tickets"
  "$build/guichet" demo --tickets "$2" >/dev/null
  if declare -F bench_fill >/dev/null; then bench_fill; fi
  psql -X -q "$GUICHET_DATABASE_URL" -c 'set client_min_messages = error' -c 'vacuum analyze'
  bench_start "$build"
  bench_wait_for_jobs
  jar=$folder/cookies
  token=$(curl -s -c "$jar" "http://$GUICHET_LISTEN/login" | sed -n 's/.*name="_csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
  curl -s -o /dev/null -b "$jar" -c "$jar" --data-urlencode "_csrf=$token" --data-urlencode login=admin \
    --data-urlencode "password=$GUICHET_ADMIN_PASSWORD" "http://$GUICHET_LISTEN/login"
  cookie="Cookie: __Host-sid=$(awk '$6 == "__Host-sid" { print $7 }' "$jar")"
}

bench_start() { # BUILD; sets $ready_ms
  local start
  start=$(date +%s%N)
  "$1/guichet" serve >>"$folder/serve.log" 2>&1 &
  server=$!
  until curl -fs -o /dev/null "http://$GUICHET_LISTEN/health/ready"; do sleep 0.01; done
  ready_ms=$((($(date +%s%N) - start) / 1000000))
}

# Until no job is left that the new rows have given the host.
bench_wait_for_jobs() {
  until [ "$(psql -X -At "$GUICHET_DATABASE_URL" -c "select count(*) from core.job_run where state = 'leased' or state = 'ready' and not_before <= clock_timestamp()")" = 0 ]; do sleep 0.5; done
}

bench_stop_server() {
  [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  server=
}

bench_stop() {
  bench_stop_server
  pg_stop "$folder/pg" || true
  rm -rf "$folder"
}

page_answers() { # PATH
  local status
  status=$(curl -s -o /dev/null -w '%{http_code}' -H "$cookie" "http://$GUICHET_LISTEN$1")
  [ "$status" = 200 ] || { echo "$1 answers $status" >&2; exit 1; }
}

log_statements() { # set log_min_duration_statement = 0 | reset log_min_duration_statement
  as_pg_user psql -X -q "$(pg_address "$(cd "$folder/pg" && pwd)") user=postgres dbname=guichet password=$(cat "$folder/pg/superuser.password")" \
    -c "alter system $1" -c "select pg_reload_conf()" >/dev/null
  sleep 0.5
}

# The statements of one page, taken from the server's own log, as a pgbench script with its parameters; SCRIPT.path says with which search
# path they begin.
statements_of() { # PATH SCRIPT
  local from
  curl -s -o /dev/null -H "$cookie" "http://$GUICHET_LISTEN$1"
  log_statements "set log_min_duration_statement = 0"
  from=$(wc -c <"$folder/pg/postgres.log")
  curl -s -o /dev/null -H "$cookie" "http://$GUICHET_LISTEN$1"
  sleep 0.5
  tail -c "+$((from + 1))" "$folder/pg/postgres.log" >"$2.log"
  log_statements "reset log_min_duration_statement"
  node scripts/lib/log_to_pgbench.mjs "$2" <"$2.log" >"$2.path"
}

pgbench_rate() { # SCRIPT CONNECTIONS SECONDS
  local out
  out=$(PGOPTIONS="-c search_path=$(tr -d ' ' <"$1.path")" pgbench -n -M prepared -f "$1" -c "$2" -j 2 -T "$3" "$GUICHET_DATABASE_URL" 2>&1) ||
    { echo "$out" >&2; exit 1; }
  if grep -q 'aborted' <<<"$out"; then echo "$out" >&2; exit 1; fi
  sed -n 's/^tps = \([0-9.]*\).*/\1/p' <<<"$out"
}

wrk_page() { # PATH CONNECTIONS SECONDS: wrk's report
  local threads=$(($2 < 2 ? 1 : 2))
  wrk -t "$threads" -c "$2" -d 1s -H "$cookie" "http://$GUICHET_LISTEN$1" >/dev/null
  wrk -t "$threads" -c "$2" -d "${3}s" --latency -H "$cookie" "http://$GUICHET_LISTEN$1" >"$folder/wrk.txt"
  if grep -q 'Non-2xx' "$folder/wrk.txt"; then grep 'Non-2xx' "$folder/wrk.txt" >&2; exit 1; fi
  cat "$folder/wrk.txt"
}

# One row for each number of connections.
page_head() { printf '%-12s %11s %12s %9s %9s %14s %7s\n' page connections requests/s p50_ms p99_ms pgbench/s ratio; }
page_rows() { # NAME PATH SECONDS CONNECTIONS…
  local name=$1 path=$2 seconds=$3 connections
  shift 3
  page_answers "$path"
  statements_of "$path" "$folder/$name.sql"
  for connections in "$@"; do
    wrk_page "$path" "$connections" "$seconds" >"$folder/row.txt"
    node scripts/lib/bench_row.mjs "$name" "$connections" "$(pgbench_rate "$folder/$name.sql" "$connections" "$seconds")" <"$folder/row.txt"
  done
}
