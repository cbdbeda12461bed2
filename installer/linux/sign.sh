#!/usr/bin/env bash
# Signs packages with the key that GPG_KEY_ID names in the keyring of gpg: installer/linux/sign.sh FILE…
# A .deb and an .rpm each get a detached signature beside them (.asc); an .rpm is also signed within where rpmsign is.
set -euo pipefail

if [[ -z ${GPG_KEY_ID:-} ]]; then
    echo "The packages are not signed, because GPG_KEY_ID names no key."
    exit
fi
for package in "$@"; do
    [[ $package == *.asc ]] && continue
    if [[ $package == *.rpm ]] && command -v rpmsign >/dev/null; then
        # rpm of Debian looks for gpg where only Red Hat has it.
        rpmsign --define "__gpg $(command -v gpg)" --define "_gpg_name $GPG_KEY_ID" --addsign "$package"
    fi
    if [[ $package == *.deb ]] && command -v dpkg-sig >/dev/null; then
        dpkg-sig -k "$GPG_KEY_ID" --sign builder "$package"
    fi
    # The passphrase comes on a pipe, never on the command line.
    passphrase=()
    [[ -z ${GPG_PASSPHRASE:-} ]] || passphrase=(--pinentry-mode loopback --passphrase-fd 0)
    gpg --batch --yes "${passphrase[@]}" --local-user "$GPG_KEY_ID" --armor --detach-sign "$package" <<<"${GPG_PASSPHRASE:-}"
done
