# Shared by the doors of the repository: what must be there, and the build of the command line.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

fail() {
  echo "$1" >&2
  exit 1
}

# Programs that are started by themselves look for the runtime beside the SDK, wherever that is.
if [ -z "${DOTNET_ROOT:-}" ] && command -v dotnet >/dev/null; then
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT
fi

need_tools() {
  command -v dotnet >/dev/null || fail "Headwater needs the .NET SDK 10; 'dotnet' is not on the PATH."
  dotnet --list-sdks | grep -q '^10\.' || fail "Headwater needs the .NET SDK 10; installed: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
  command -v node >/dev/null || fail "Headwater needs Node.js 20 or newer; 'node' is not on the PATH."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
    || fail "Headwater needs Node.js 20 or newer; installed: $(node --version)"
  command -v npm >/dev/null || fail "Headwater needs npm, which comes with Node.js; 'npm' is not on the PATH."
}

# Builds the command line if anything that goes into it is newer than it is.
build_cli() {
  local binary="$root/src/Headwater.Cli/bin/Release/net10.0/headwater.dll"
  if is_current "$binary"; then
    return
  fi
  need_tools
  # Of two commands started at once the second waits for the first one's build.
  if command -v flock >/dev/null; then
    exec 9>"$root/.build.lock"
    flock 9
  fi
  is_current "$binary" || compile "$binary"
  if command -v flock >/dev/null; then
    exec 9>&-
  fi
}

is_current() {
  [ -f "$1" ] && [ -z "$(find "$root/src" "$root/web" "$root"/Directory.* \
    \( -name bin -o -name obj -o -name node_modules -o -name assets \) -prune -o -type f -newer "$1" -print -quit)" ]
}

compile() {
  echo "Restoring and compiling ..." >&2
  local log
  log=$(mktemp)
  # The compiler's servers outlive the build: they must not hold its lock.
  # Without the ahead-of-time compiler, where its package is not to be had, commands only start later.
  if ! dotnet build "$root/src/Headwater.Cli" -c Release --nologo -v quiet >"$log" 2>&1 9>&- \
    && ! dotnet build "$root/src/Headwater.Cli" -c Release --nologo -v quiet -p:AheadOfTime=false >"$log" 2>&1 9>&-; then
    cat "$log" >&2
    rm -f "$log"
    fail "The build failed."
  fi
  rm -f "$log"
  # Nothing may have had to be compiled: what is checked above is then up to date all the same.
  touch "$1"
}
