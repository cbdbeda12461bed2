#!/usr/bin/env bash
# Imports and plans a large list with 512 MB of heap, and imports the same file with the sqlite3 shell in the same run.
# Prints seconds and their ratio. Needs the sqlite3 shell and a built target/ (./mvnw package -DskipTests).
#   usage: import-benchmark.sh [rows]
set -euo pipefail
cd "$(dirname "$0")/../../.."
rows=${1:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
csv=$folder/recipients.csv

awk -v rows="$rows" 'BEGIN {
    srand(7); print "email,name,city,amount,coupon,tier"
    for (i = 0; i < rows; i++) {
        # A multiplier without a common factor visits every number once, in an order that no index likes.
        n = (i * 7368787) % rows
        printf "user%07d@example.com,김민준 %d,\"New York, NY\",%.2f,C-%08d,%s\n",
            n, i % 97, rand() * 100000, rand() * 100000000, (i % 3 ? "gold" : "")
    }
}' >"$csv"

seconds() { local from to; from=$(date +%s.%N); "$@" >"$folder/output" 2>&1 || { cat "$folder/output"; exit 1; }; to=$(date +%s.%N); awk "BEGIN { printf \"%.2f\", $to - $from }"; }
by_sqlite() {
    sqlite3 "$folder/plain.sqlite" \
        "PRAGMA journal_mode=WAL" \
        "CREATE TABLE rows (email TEXT, name TEXT, city TEXT, amount TEXT, coupon TEXT, tier TEXT)" \
        "CREATE UNIQUE INDEX rows_address ON rows (email)" \
        ".import --csv --skip 1 $csv rows"
}
mailroom() { java -Xmx512m -jar target/mailroom.jar --workspace "$folder/workspace" "$@"; }

echo '<p>Hello {{name}} of {{city}}</p>' >"$folder/letter.html"
mailroom template add letter --subject 'Hello {{name}}' --html "$folder/letter.html" >"$folder/output"

shell=$(seconds by_sqlite)
ours=$(seconds mailroom recipients import "$csv" --list million)
plan=$(seconds mailroom plan create Million --template letter --list million --from shop@example.com)
echo "rows                                  $rows"
echo "sqlite3 .import, unique index         $shell s"
echo "mailroom recipients import (-Xmx512m) $ours s, $(awk "BEGIN { printf \"%.2f\", $ours / $shell }") times"
echo "mailroom plan create, every row checked $plan s"
