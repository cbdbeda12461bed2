#!/usr/bin/env bash
# Starts the program as it is installed and fails if anything of it is missing: installer/linux/smoke.sh [LAUNCHER].
# Needs xvfb-run or a display. Works in a temporary folder; nothing leaves the computer.
set -euo pipefail

mailroom=${1:-/opt/mailroom/bin/mailroom}
if [[ -z ${DISPLAY:-} ]]; then
    exec xvfb-run -a -s "-screen 0 1400x900x24" "${BASH_SOURCE[0]}" "$mailroom"
fi
work=$(mktemp -d)
waiting=
trap '[[ -z $waiting ]] || kill "$waiting" 2>/dev/null || true; rm -rf "$work"' EXIT
export MAILROOM_WORKSPACE=$work/workspace
# Whatever a module or a library would be missed by.
missed='NoClassDefFound|ClassNotFound|NoSuchMethod|UnsatisfiedLink|IllegalAccess|InaccessibleObject|ServiceConfiguration|UnsupportedCharset|NoSuchAlgorithm|MissingResource|ExceptionInInitializer'

fail() {
    echo "SMOKE TEST FAILED: $*" >&2
    cat "$work"/*.txt >&2
    exit 1
}

# Runs a command of the program; its exit code has to be the one named first.
try() {
    local wanted=$1 code=0
    shift
    echo "> mailroom $*"
    timeout 180 "$mailroom" "$@" >"$work/output.txt" 2>&1 || code=$?
    [[ $code == "$wanted" ]] || fail "ended with $code: $*"
    if grep -Eq "$missed|\[warning\]" "$work/output.txt"; then fail "$*"; fi
}

try 0 --version
grep -q '^mailroom [0-9]' "$work/output.txt" || fail "no version"

# A database, its native part, Korean text in the encoding of Korean Excel, rendering, sending in practice, and files.
cat >"$work/letter.html" <<'HTML'
<html><head><title>Letter</title><style>p { color: #333 }</style></head><body><p>Hello {{name|friend}}</p></body></html>
HTML
printf 'email,name\nkim@example.com,\xb1\xe8\xb9\xce\xbc\xf6\nlee@example.com,Lee\n' >"$work/guests.csv"
try 0 template add letter --subject 'To {{name|friend}}' --html "$work/letter.html"
try 0 template export letter --to "$work/letter.mailroom"
try 0 recipients import "$work/guests.csv" --list guests
try 0 recipients export guests --to "$work/guests.xlsx"
try 0 recipients export guests --to "$work/read.csv"
grep -q 김민수 "$work/read.csv" || fail "Korean text was not read"
try 0 plan create Smoke --template letter --list guests --from shop@example.com
try 0 plan start 1
try 0 run --quiet
try 0 results 1
try 0 messages export 1 --out "$work/messages.csv"
try 0 practice mail 1 --out "$work/first.eml"
try 0 backup list

# Amazon's client with its TLS: it gets as far as a connection, to a port where nobody is.
code=0
AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_REGION=eu-central-1 AWS_ENDPOINT_URL=https://127.0.0.1:9 \
    timeout 180 "$mailroom" aws check >"$work/aws.txt" 2>&1 || code=$?
[[ $code != 0 ]] || fail "aws check reached nobody and was content"
if grep -Eq "$missed" "$work/aws.txt"; then fail "aws check"; fi

echo "> mailroom (the window)"
"$mailroom" >"$work/window.txt" 2>&1 &
waiting=$!
for _ in $(seq 110); do
    if cat "$MAILROOM_WORKSPACE"/logs/*.log 2>/dev/null | grep -q 'The window was there'; then break; fi
    kill -0 $waiting 2>/dev/null || fail "the window's program ended"
    sleep 1
done
grep -h 'The window was there' "$MAILROOM_WORKSPACE"/logs/*.log || fail "no window came"
# The editor is got ready behind the window.
sleep 8
kill -TERM $waiting 2>/dev/null || true
wait $waiting 2>/dev/null || true
if grep -Eq "$missed" "$work/window.txt" "$MAILROOM_WORKSPACE"/logs/*.log; then
    cat "$MAILROOM_WORKSPACE"/logs/*.log >&2
    fail "something is missing behind the window"
fi
echo "The installed program works."
