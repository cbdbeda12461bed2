#!/usr/bin/env bash
# Asks a relay as fast as it answers, with its queue stopped for a third of the time in the middle, takes all events out of
# the queue, and prints what was answered, what arrived, and how large spool and memory grew. Ends with 1 if they differ.
#   usage: relay-outage.sh [seconds]
set -euo pipefail
cd "$(dirname "$0")/../../.."
classpath=$(mktemp)
folder=$(mktemp -d)
trap 'rm -rf "$classpath" "$folder"' EXIT
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
java -Xmx1g -cp "target/test-classes:target/classes:$(cat "$classpath")" app.mailroom.relay.RelayOutage "$folder" "${1:-60}"
