#!/usr/bin/env bash
# Does to a relay what clients do that mean harm: connections that trickle, 10,000 forged links, requests that are too large,
# while a decent reader asks. Prints what was refused and how much memory the relay held. Ends with 1 if something was let in.
#   usage: relay-attack.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$folder/classpath"
java -Xmx1g -cp "target/test-classes:target/classes:$(cat "$folder/classpath")" app.mailroom.relay.RelayAttack "$folder"
