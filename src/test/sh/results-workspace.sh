#!/usr/bin/env bash
# Makes a workspace with a million messages and three million events, always the same for the same seed, counts it anew,
# and prints how long its results take to read. Then how fast events are settled.
#   usage: results-workspace.sh [folder [messages [seed]]]     the folder must not exist; it is kept if it is named
set -euo pipefail
cd "$(dirname "$0")/../../.."
classpath=$(mktemp)
made=$(mktemp -d)
trap 'rm -rf "$classpath" "$made"' EXIT
folder=${1:-$made/workspace}
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
run() { java -Xmx2g -cp "target/test-classes:target/classes:$(cat "$classpath")" "$@"; }
run app.mailroom.store.ResultsWorkspace "$folder" "${2:-1000000}" "${3:-7}"
run app.mailroom.store.ResultsTimes "$folder" recount
run app.mailroom.store.SettlingTimes "$made/settling" 100000
