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

# What a desktop finds the program by. jpackage packs what lies with the program; from there each package moves it to where a
# desktop looks.
share=$image/lib/app/share
rm -rf $share
mkdir -p $share
cp -r installer/linux/share/. $share/
for size in 16 22 24 32 48 64 128 256 512; do
    install -D -m 644 installer/icons/mailroom-$size.png $share/icons/hicolor/${size}x$size/apps/mailroom.png
done
install -D -m 644 installer/icons/mailroom.svg $share/icons/hicolor/scalable/apps/mailroom.svg

# Packs the image for one kind of packages.
pack() {
    say "The .$1"
    "$jpackage" --type "$1" @installer/linux/package.args --name mailroom --app-version "$version" \
        --app-image $image --resource-dir $resources --dest $packages \
        --description "Write, send and follow mailings" --license-file LICENSE
}

# jpackage's package has nothing outside of /opt, so it is opened once.
rm -f $packages/mailroom_"$version"*.deb
DPKG_DEB_COMPRESSOR_TYPE=none pack deb
opened=target/installer/deb
rm -rf $opened
deb=$(echo $packages/mailroom_"$version"*.deb)
dpkg-deb --raw-extract "$deb" $opened
mkdir -p $opened/usr/bin
mv $opened/opt/mailroom/lib/app/share $opened/usr/share
ln -s /opt/mailroom/bin/mailroom $opened/usr/bin/mailroom
dpkg-deb --root-owner-group --build $opened "$deb"
if command -v rpmbuild >/dev/null; then
    pack rpm
else
    echo "There is no rpmbuild, so no .rpm was made."
fi
installer/linux/sign.sh $packages/mailroom*"$version"*
(cd $packages && sha256sum mailroom*"$version"* >SHA256SUMS-linux)
say "Done"
ls -l $packages
