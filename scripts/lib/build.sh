# build FOLDER [CMAKE OPTION…]: configures once, builds what changed. Sourced.
build() {
  local folder=$1
  shift
  if [ ! -e "$folder/build.ninja" ] || [ $# -gt 0 ]; then cmake -S . -B "$folder" -G Ninja "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; return 1; }; fi
  ninja -C "$folder" ${targets:-all}
}
