#!/usr/bin/env bash
# Asks the relay for pictures as fast as wrk can, in turn with a bare handler of Jetty that answers the same picture, and
# prints hits per second, the 99th percentile and the ratio of both. The relay hands its hits to ElasticMQ, which runs in
# another process and at the lowest priority, since Amazon's queue would not run on this machine. Needs wrk (Debian: wrk).
#   usage: relay-benchmark.sh [seconds of each run]
set -euo pipefail
cd "$(dirname "$0")/../../.."
seconds=${1:-10}
command -v wrk >/dev/null || { echo "wrk is not here (apt-get install wrk)" >&2; exit 1; }
folder=$(mktemp -d)
mkfifo "$folder/end"
trap 'exec 3>&-; rm -rf "$folder"' EXIT
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$folder/classpath"
classpath="target/test-classes:target/classes:$(cat "$folder/classpath")"
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
# The queue ends when nobody holds the other end of its input any more.
nice -n 19 java -Xmx1g -cp "$classpath" app.mailroom.relay.RelayBenchmark queue <"$folder/end" >"$folder/queue.txt" &
queue=$!
exec 3>"$folder/end"
until grep -q hits "$folder/queue.txt"; do
    kill -0 "$queue"
    sleep 0.2
done
java -Xmx512m -cp "$classpath" app.mailroom.relay.RelayBenchmark "$seconds" src/test/sh/relay-benchmark.lua "$folder"
