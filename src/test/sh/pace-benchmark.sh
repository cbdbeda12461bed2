#!/usr/bin/env bash
# Sends through the live pipeline to a local server that answers as SES does after 50 ms, at several rates, and prints
# the share of each rate that was used and the highest count in any sliding second, both as measured at that server.
#   usage: pace-benchmark.sh [seconds [rate...]]
set -euo pipefail
cd "$(dirname "$0")/../../.."
seconds=${1:-40}
shift || true
rates=("$@")
[[ ${#rates[@]} -gt 0 ]] || rates=(14 200 1000)
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
java -Xmx1g -cp "target/test-classes:target/classes:$(cat "$classpath")" app.mailroom.app.PaceBenchmark "$seconds" "${rates[@]}"
