#!/bin/sh
# Proves what mvnw promises. Usage: mvnw-test.sh path/to/apache-maven-3.9.11-bin.tar.gz
# The archive is served on the loopback address; every case starts with an empty home folder and without mvn.
set -eu

archive=${1:?usage: mvnw-test.sh path/to/apache-maven-3.9.11-bin.tar.gz}
name=apache-maven-3.9.11-bin.tar.gz
project=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || :; fi; rm -rf "$work"' EXIT
trap 'exit 130' HUP INT TERM

jdk=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
mkdir "$work/bin" "$work/good" "$work/bad"
for tool in /usr/bin/* /bin/*; do
    case ${tool##*/} in
        mvn | mvnDebug | java | javac) ;;
        *) ln -s "$tool" "$work/bin/" 2>/dev/null || : ;;
    esac
done
cp "$archive" "$work/good/$name"
cp "$archive" "$work/bad/$name"
printf 'x' >>"$work/bad/$name"

python3 -u -m http.server --bind 127.0.0.1 --directory "$work" 0 >"$work/server.out" 2>"$work/requests" &
server=$!
port=
tries=0
while [ -z "$port" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 100 ] || { echo "the file server did not start" >&2; exit 1; }
    sleep 0.1
    port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$work/server.out")
done
url=http://127.0.0.1:$port

failures=0
say() { printf '%s\n' "$*"; }
check() { # what, then the command that must succeed
    what=$1
    shift
    if "$@"; then say "ok      $what"; else say "FAILED  $what"; failures=$((failures + 1)); sed 's/^/        | /' "$work/out"; fi
}
fresh() { rm -rf "$work/home"; mkdir "$work/home"; : >"$work/requests"; }
# Runs mvnw from elsewhere, as a person would whose machine has only what is named here.
run() { # path, base, arguments
    run_path=$1 run_base=$2
    shift 2
    status=0
    (cd / && env -i HOME="$work/home" PATH="$run_path" JAVA_HOME="$java_home" MAILROOM_MAVEN_BASE="$run_base" \
        "$project/mvnw" "$@") >"$work/out" 2>&1 || status=$?
}
passed() { [ "$status" -eq 0 ]; }
refused() { [ "$status" -ne 0 ]; }
says() { grep -q -- "$1" "$work/out"; }
fetched() { [ "$(grep -c "GET .*$name" "$work/requests")" -eq "$1" ]; }
leaves_nothing() { [ -z "$(find "$work/home" ! -type d)" ] && [ -z "$(find "$work/home" -name '*part*')" ]; }
leaves_only_maven() { [ "$(ls -A "$work/home/.m2/mailroom")" = apache-maven-3.9.11 ]; }
fake_maven() { # folder, version
    mkdir -p "$work/$1"
    cat >"$work/$1/mvn" <<END
#!/bin/sh
case "\$*" in -v) echo "Apache Maven $2 (a fake)" ;; *) echo "fake $2 in \$PWD with \$#: \$*" ;; esac
END
    chmod +x "$work/$1/mvn"
}

java_home=$jdk
bare=$work/bin

fresh
run "$bare" "$url/good" -v
check "without Maven, one is fetched and run" passed
check "  it is 3.9.11" says "Apache Maven 3\.9\.11"
check "  by one download" fetched 1
check "  which leaves nothing else behind" leaves_only_maven
run "$bare" "$url/nowhere" -v
check "the second start runs it" says "Apache Maven 3\.9\.11"
check "  without a download" fetched 1

fresh
run "$bare" "$url/bad" -v
check "a tampered archive is refused" refused
check "  with the reason" says "wrong SHA-512"
check "  and nothing of it remains" leaves_nothing

fresh
run "$bare" "$url/nowhere" -v
check "an archive that is not there is refused" refused
check "  with the address" says "could not fetch $url/nowhere/$name"
check "  and nothing remains" leaves_nothing

fresh
mkdir -p "$work/home/.m2/mailroom/.part.killed/apache-maven-3.9.11/bin"
run "$bare" "$url/good" -v
check "what a killed start left does not disturb the next" says "Apache Maven 3\.9\.11"

fresh
for n in 1 2 3; do
    (
        env -i HOME="$work/home" PATH="$bare" JAVA_HOME="$jdk" MAILROOM_MAVEN_BASE="$url/good" "$project/mvnw" -v \
            >"$work/at-once-$n" 2>&1 || :
    ) &
    eval "start$n=$!"
done
# shellcheck disable=SC2154 # set by eval
wait "$start1" "$start2" "$start3"
cat "$work"/at-once-* >"$work/out"
check "three starts at once all run" [ "$(grep -c 'Apache Maven 3\.9\.11' "$work/out")" -eq 3 ]
check "  and leave one Maven" leaves_only_maven
check "  with none inside it" [ ! -e "$work/home/.m2/mailroom/apache-maven-3.9.11/apache-maven-3.9.11" ]

fake_maven old 3.6.3
fresh
run "$work/old:$bare" "$url/good" -v
check "an installed 3.6.3 is passed over" says "Apache Maven 3\.9\.11"
fake_maven nearly 3.8.5
run "$work/nearly:$bare" "$url/good" -v
check "an installed 3.8.5 is passed over" says "Apache Maven 3\.9\.11"

for installed in 3.8.6 3.10.0 4.0.1; do
    fake_maven "v$installed" "$installed"
    fresh
    run "$work/v$installed:$bare" "$url/good" -q "-Dwords=two words" verify
    check "an installed $installed is used, in the project folder, with every argument" \
        says "^fake $installed in $project with 3: -q -Dwords=two words verify$"
    check "  without a download" fetched 0
done

fresh
mkdir "$work/spare"
cp -P "$bare"/* "$work/spare/"
rm -f "$work/spare/curl" "$work/spare/sha512sum"
if [ -e "$work/spare/wget" ] && [ -e "$work/spare/shasum" ]; then
    run "$work/spare" "$url/good" -v
    check "wget and shasum do as well as curl and sha512sum" says "Apache Maven 3\.9\.11"
fi
rm -f "$work/spare/wget"
fresh
run "$work/spare" "$url/good" -v
check "without curl and wget it says so" says "neither curl nor wget"

java_home=
run "$bare" "$url/good" -v
check "without Java it says so" says "no JDK 17 or newer found"
check "  and stops" refused
mkdir -p "$work/java8/bin"
printf '#!/bin/sh\necho '\''openjdk version "1.8.0_412"'\'' >&2\n' >"$work/java8/bin/java"
cp "$work/java8/bin/java" "$work/java8/bin/javac"
chmod +x "$work/java8/bin/java" "$work/java8/bin/javac"
java_home=$work/java8
run "$bare" "$url/good" -v
check "with Java 8 it says so" says "no JDK 17 or newer found"
fresh
run "$jdk/bin:$bare" "$url/good" -v
check "an old JAVA_HOME gives way to a newer JDK on the PATH" says "Apache Maven 3\.9\.11"

[ "$failures" -eq 0 ] || { say "$failures failed"; exit 1; }
say "all passed"
