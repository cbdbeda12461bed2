#!/usr/bin/env bash
# How long a person waits for the window: the installed program, the image that build.sh left ("unarchived": the same without its
# archive of classes), the program by Maven, and a bare JavaFX window of the same theme, in turn, in one run:
# installer/linux/measure.sh [ROUNDS]; KINDS chooses among them. Needs the installed program, a compiled project with its tests
# (./mvnw -DskipTests package) and xvfb-run or a display. Prints milliseconds from the start of the process: the first start of
# each, in a fresh workspace ("cold"; with FORGET_FILES=yes, as root, the file cache of the whole computer is emptied before it),
# and the median of the following.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${1:-5}
if [[ -z ${DISPLAY:-} ]]; then
    exec xvfb-run -a -s "-screen 0 1400x900x24" "${BASH_SOURCE[0]}" "$rounds"
fi
mailroom=${MAILROOM:-/opt/mailroom/bin/mailroom}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

./mvnw -q -B -o dependency:build-classpath -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test >/dev/null
bare=(java -Dprism.order=sw -cp "target/test-classes:target/classes:$(cat "$work/classpath")" 'app.mailroom.app.BareWindow$Launcher')

now() {
    date +%s%3N
}

# Runs a command until a line is in its output or in the workspace's log, prints the milliseconds, and ends it.
until_there() {
    local line=$1 workspace=$2 before begin process
    shift 2
    before=$(cat "$workspace"/logs/*.log 2>/dev/null | grep -c "$line" || true)
    : >"$work/output"
    begin=$(now)
    MAILROOM_WORKSPACE=$workspace setsid "$@" >"$work/output" 2>&1 &
    process=$!
    while (($(cat "$work/output" "$workspace"/logs/*.log 2>/dev/null | grep -c "$line" || true) <= before)); do
        if (($(now) - begin > 180000)) || ! kill -0 $process 2>/dev/null; then
            cat "$work/output" >&2
            return 1
        fi
        sleep 0.02
    done
    echo $(($(now) - begin))
    # Maven starts the program as a process of its own; all of the group end.
    kill -TERM -- -$process 2>/dev/null || true
    wait $process 2>/dev/null || true
}

once() {
    case $1 in
    installed) until_there "The window was there" "$work/ws-$1" "$mailroom" ;;
    unarchived) until_there "The window was there" "$work/ws-$1" target/installer/image/mailroom/bin/mailroom ;;
    maven) until_there "The window was there" "$work/ws-$1" ./mvnw -q -o javafx:run ;;
    bare) until_there "The window is there" "$work/ws-$1" "${bare[@]}" ;;
    esac
}

forget_files() {
    sync
    if [[ ${FORGET_FILES:-no} == yes ]]; then echo 3 >/proc/sys/vm/drop_caches; fi
}

read -ra kinds <<<"${KINDS:-installed unarchived maven bare}"
for kind in "${kinds[@]}"; do
    forget_files
    printf '%s cold: %s ms\n' "$kind" "$(once "$kind")"
done
for _ in $(seq "$rounds"); do
    for kind in "${kinds[@]}"; do
        once "$kind" >>"$work/$kind.times"
    done
done
for kind in "${kinds[@]}"; do
    printf '%s warm, median of %s: %s ms (%s)\n' "$kind" "$rounds" \
        "$(sort -n "$work/$kind.times" | sed -n "$(((rounds + 1) / 2))p")" "$(tr '\n' ' ' <"$work/$kind.times" | sed 's/ $//')"
done
