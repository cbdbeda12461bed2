#!/usr/bin/env bash
# Makes the disk image for macOS: installer/macos/build.sh [VERSION], after ./mvnw -DskipTests package. It is in
# target/packages. Needs a JDK 17 and Apple's command line tools; only notarising uses the network. See installer/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

image=target/installer/image/Mailroom.app
packages=target/packages
bin=
[[ -z ${JAVA_HOME:-} ]] || bin=$JAVA_HOME/bin/

"${bin}java" installer/BuildImage.java "$@"
version=$(sed -n 's/.*jpackage.app-version=//p' $image/Contents/app/Mailroom.cfg)
"${bin}java" installer/RecordClasses.java $image/Contents/MacOS/Mailroom $image/Contents/app

# The archive of classes fits only the place for which it is made, and nothing may be written into a signed program later: so
# it is made at the usual place, where nothing else may be, and packed. Elsewhere the program starts without it.
if [[ -e /Applications/Mailroom.app ]]; then
    echo "/Applications/Mailroom.app is there already, so the archive of classes is not made."
elif cp -Rp $image /Applications/Mailroom.app; then
    /Applications/Mailroom.app/Contents/MacOS/mailroom-prepare || echo "The archive of classes could not be made."
    cp -p /Applications/Mailroom.app/Contents/app/start.jsa $image/Contents/app/start.jsa
    rm -rf /Applications/Mailroom.app
fi

# From the inside out, as Apple asks: libraries, launchers, the whole.
if [[ -n ${APPLE_SIGNING_IDENTITY:-} ]]; then
    sign=(codesign --force --timestamp --options runtime --entitlements installer/macos/entitlements.plist
        --sign "$APPLE_SIGNING_IDENTITY")
    find $image -type f \( -name '*.dylib' -o -name '*.jnilib' \) -exec "${sign[@]}" {} \;
    find $image/Contents/MacOS -type f -exec "${sign[@]}" {} \;
    "${sign[@]}" $image/Contents/runtime
    "${sign[@]}" $image
    codesign --verify --deep --strict $image
else
    echo "Not signed, because APPLE_SIGNING_IDENTITY names no certificate."
fi

mkdir -p $packages
"${bin}jpackage" @installer/macos/package.args --name Mailroom --app-version "$version" --app-image $image --dest $packages
package=$packages/Mailroom-$version.dmg

if [[ -n ${APPLE_SIGNING_IDENTITY:-} && -n ${APPLE_NOTARY_PROFILE:-} ]]; then
    codesign --force --timestamp --sign "$APPLE_SIGNING_IDENTITY" "$package"
    # The profile lies in the keychain: xcrun notarytool store-credentials put it there.
    xcrun notarytool submit "$package" --keychain-profile "$APPLE_NOTARY_PROFILE" --wait
    xcrun stapler staple "$package"
else
    echo "Not notarised, because APPLE_SIGNING_IDENTITY and APPLE_NOTARY_PROFILE are not both set."
fi
(cd $packages && shasum -a 256 "Mailroom-$version.dmg" >SHA256SUMS-macos)
echo "Done: $package"
