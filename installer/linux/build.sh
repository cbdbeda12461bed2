#!/usr/bin/env bash
# Makes the packages for Linux: installer/linux/build.sh [VERSION], after ./mvnw -DskipTests package. They are in
# target/packages: a .deb, and an .rpm where rpmbuild is. No network is used. What is needed beside a JDK 17: fakeroot and
# dpkg-deb, and for the archive of classes and the smoke test a display or xvfb-run. See installer/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

image=target/installer/image/mailroom
packages=target/packages

say() {
    printf '\n==> %s\n' "$*"
}

java=java
[[ -z ${JAVA_HOME:-} ]] || java=$JAVA_HOME/bin/java
jpackage=jpackage
[[ -z ${JAVA_HOME:-} ]] || jpackage=$JAVA_HOME/bin/jpackage

say "The image"
"$java" installer/BuildImage.java "$@"
version=$(sed -n 's/.*jpackage.app-version=//p' $image/lib/app/mailroom.cfg)

say "The classes of a start"
screen=()
[[ -n ${DISPLAY:-} ]] || screen=(xvfb-run -a -s "-screen 0 1400x900x24")
if [[ -n ${DISPLAY:-} ]] || command -v xvfb-run >/dev/null; then
    "${screen[@]}" "$java" installer/RecordClasses.java $image/bin/mailroom $image/lib/app
    [[ ${SMOKE:-yes} == no ]] || installer/linux/smoke.sh $image/bin/mailroom
else
    echo "There is no display and no xvfb-run: without the archive of classes and without the smoke test."
fi

# A JDK of Debian takes some libraries from the system that others carry in themselves; then the package asks for them.
needed() {
    if grep -aqF "$1" $image/lib/runtime/lib/*.so; then printf ', %s' "$2"; fi
}
depends=$(needed libharfbuzz.so.0 libharfbuzz0b
    needed libjpeg.so.62 libjpeg62-turbo
    needed liblcms2.so.2 liblcms2-2
    needed libgif.so.7 libgif7)

resources=target/installer/resources
rm -rf $resources
mkdir -p $resources $packages
cp installer/linux/debian/* installer/linux/rpm/* $resources/
sed -i "s/@JDK_DEPENDS@/$depends/" $resources/control
cp installer/icons/mailroom-512.png $resources/mailroom.png

# Packs the image for one kind of packages.
pack() {
    say "The .$1"
    "$jpackage" --type "$1" @installer/linux/package.args --name mailroom --app-version "$version" \
        --app-image $image --resource-dir $resources --dest $packages \
        --description "Write, send and follow mailings" --license-file LICENSE
}

pack deb
if command -v rpmbuild >/dev/null; then
    pack rpm
else
    echo "There is no rpmbuild, so no .rpm was made."
fi
installer/linux/sign.sh $packages/mailroom*"$version"*
(cd $packages && sha256sum mailroom*"$version"* >SHA256SUMS-linux)
say "Done"
ls -l $packages
