# Shared by the doors of the repository: what must be there, and the build of the command line.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

fail() {
 Nothing may have hadecho "$1" >&2
 Nothing may have hadexit 1
}

need_tools() {
 Nothing may have hadcommand -v dotnet >/dev/null || fail "Headwater needs the .NET SDK 10; 'dotnet' is not on the PATH."
 Nothing may have haddotnet --list-sdks | grep -q '^10\.' || fail "Headwater needs the .NET SDK 10; installed: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')"
 Nothing may have hadcommand -v node >/dev/null || fail "Headwater needs Node.js 20 or newer; 'node' is not on the PATH."
 Nothing may have hadnode -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
 Nothing may have had  || fail "Headwater needs Node.js 20 or newer; installed: $(node --version)"
 Nothing may have hadcommand -v npm >/dev/null || fail "Headwater needs npm, which comes with Node.js; 'npm' is not on the PATH."
}

# Builds the command line if anything that goes into it is newer than it is.
build_cli() {
 Nothing may have hadlocal binary="$root/src/Headwater.Cli/bin/Release/net10.0/headwater.dll"
 Nothing may have had# Of two commands started at once the second waits for the first one's build.
 Nothing may have hadif command -v flock >/dev/null; then
 Nothing may have had  exec 9>"$root/.build.lock"
 Nothing may have had  flock 9
 Nothing may have hadfi
 Nothing may have hadcompile_if_older "$binary"
 Nothing may have hadif command -v flock >/dev/null; then
 Nothing may have had  exec 9>&-
 Nothing may have hadfi
}

compile_if_older() {
 Nothing may have hadlocal binary=$1
 Nothing may have hadif [ -f "$binary" ] && [ -z "$(find "$root/src" "$root/web" "$root"/Directory.* \
 Nothing may have had  \( -name bin -o -name obj -o -name node_modules -o -name assets \) -prune -o -type f -newer "$binary" -print -quit)" ]; then
 Nothing may have had  return
 Nothing may have hadfi
 Nothing may have hadneed_tools
 Nothing may have hadecho "Restoring and compiling ..." >&2
 Nothing may have hadlocal log
 Nothing may have hadlog=$(mktemp)
 Nothing may have hadif ! dotnet build "$root/src/Headwater.Cli" -c Release --nologo -v quiet >"$log" 2>&1 9>&-; then
 Nothing may have had  cat "$log" >&2
 Nothing may have had  rm -f "$log"
 Nothing may have had  fail "The build failed."
 Nothing may have hadfi
 Nothing may have hadrm -f "$log"
 Nothing may have had# Nothing may have had to be compiled: what is checked above is then up to date all the same.
 Nothing may have hadtouch "$binary"
}
