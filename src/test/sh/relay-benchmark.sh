#!/usr/bin/env bash
# Asks the relay for pictures as fast as wrk can, in turn with a bare handler of Jetty that answers the same picture, and
# prints hits per second, the 99th percentile, the ratio, and what took the processor. The relay hands its hits to ElasticMQ,
# which runs in another process and at the lowest priority, since Amazon's queue would not run on this machine. Takes some
# three minutes once everything is compiled. Needs wrk (Debian: wrk) and Linux.
#   usage: relay-benchmark.sh [seconds of each run [milliseconds by which the queue is farther away]]
set -euo pipefail
cd "$(dirname "$0")/../../.."
seconds=${1:-5}
distance=${2:-0}
command -v wrk >/dev/null || { echo "wrk is not here (apt-get install wrk)" >&2; exit 1; }
folder=$(mktemp -d)
queue=
tidy() {
    exec 3>&-
    [[ -z $queue ]] || kill "$queue" 2>/dev/null || true
    rm -rf "$folder"
}
trap tidy EXIT
./mvnw -q -B -ntp test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$folder/classpath"
classpath="target/test-classes:target/classes:$(cat "$folder/classpath")"
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
# The queue ends when nobody holds the other end of its input any more, also if this script is killed.
mkfifo "$folder/end"
nice -n 19 java -Xmx1g -XX:+UseSerialGC -cp "$classpath" \
    app.mailroom.relay.RelayBenchmark queue <"$folder/end" >"$folder/queue.txt" 2>"$folder/queue.log" &
queue=$!
exec 3>"$folder/end"
until grep -q hits "$folder/queue.txt"; do
    kill -0 "$queue" 2>/dev/null || { cat "$folder/queue.log" >&2; exit 1; }
    sleep 0.2
done
# Not handed on, so that nobody else keeps the queue.
java -Xmx512m -cp "$classpath" app.mailroom.relay.RelayBenchmark \
    "$seconds" src/test/sh/relay-benchmark.lua "$folder" "$distance" 3>&-
