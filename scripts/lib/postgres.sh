# A private PostgreSQL cluster in a folder of its own. Sourced. PostgreSQL refuses to run as root, so root
# runs it as the user "postgres" that Debian's package made; the files of the cluster belong to that user.

pg_bin=/usr/lib/postgresql/15/bin

# as_pg_user COMMAND…: with the capability to walk through folders only root may enter (a checkout below /root).
as_pg_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; return; fi
  if runuser -u postgres -- test -x "$PWD" 2>/dev/null; then runuser -u postgres -- "$@"; return; fi
  setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override -- "$@"
}

free_port() { node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

pg_running() { as_pg_user "$pg_bin/pg_ctl" -D "$1/data" status >/dev/null 2>&1; }

# pg_create FOLDER: a cluster with a database "guichet" whose owner may create roles (one per plugin).
pg_create() {
  local folder=$1 password owner_password
  password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
  owner_password=$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')
  rm -rf "$folder" && mkdir -p "$folder"
  (umask 077 && printf '%s' "$password" >"$folder/superuser.password" && printf '%s' "$owner_password" >"$folder/owner.password")
  if [ "$(id -u)" -eq 0 ]; then chown -R postgres:postgres "$folder"; fi
  as_pg_user "$pg_bin/initdb" -D "$folder/data" -U postgres --pwfile="$folder/superuser.password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; return 1; }
  as_pg_user bash -c "cat >>'$folder/data/postgresql.conf'" <<'CONF'
jit = off
shared_buffers = 256MB
effective_cache_size = 1GB
random_page_cost = 1.1
max_wal_size = 2GB
checkpoint_timeout = 15min
max_connections = 60
log_min_messages = warning
CONF
}

# pg_address FOLDER: by socket, or by TCP where the socket's path would be longer than its 107 bytes.
pg_address() {
  if [ ${#1} -lt 80 ]; then echo "host=$1"; else echo "host=127.0.0.1 port=$(cat "$1/port")"; fi
}

pg_try_start() {
  local folder=$1 where
  if [ ${#folder} -lt 80 ]; then
    where="-c listen_addresses= -c unix_socket_directories=$folder"
  else
    free_port >"$folder/port"
    where="-c listen_addresses=127.0.0.1 -c port=$(cat "$folder/port") -c unix_socket_directories="
  fi
  as_pg_user "$pg_bin/pg_ctl" -D "$folder/data" -l "$folder/postgres.log" -w -t 60 -o "$where" start >/dev/null 2>&1
}

# pg_start FOLDER: starts it and writes the connection string of the database's owner to FOLDER/url (0600).
# After a kill -9 the pid file, and for a moment the server's children, are still there: it tries again.
pg_start() {
  local folder address try
  folder=$(cd "$1" && pwd)
  for try in $(seq 50); do
    if pg_running "$folder" || pg_try_start "$folder"; then
      address=$(pg_address "$folder")
      if "$pg_bin/pg_isready" -q -t 2 -d "$address dbname=postgres"; then break; fi
    fi
    if [ "$try" -eq 50 ]; then
      tail -n 20 "$folder/postgres.log" >&2
      return 1
    fi
    sleep 0.2
  done
  if [ ! -e "$folder/url" ]; then
    PGPASSWORD=$(cat "$folder/superuser.password") psql -X -q -v ON_ERROR_STOP=1 "$address user=postgres dbname=postgres" \
      -v password="$(cat "$folder/owner.password")" <<'SQL'
create role guichet login createrole password :'password';
create database guichet owner guichet;
\c guichet
revoke all on schema public from public;
SQL
  fi
  (umask 077 && printf '%s user=guichet dbname=guichet password=%s' "$address" "$(cat "$folder/owner.password")" >"$folder/url")
}

pg_stop() { pg_running "$1" && as_pg_user "$pg_bin/pg_ctl" -D "$1/data" -m fast -w -t 60 stop >/dev/null; }
