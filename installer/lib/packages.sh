# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
#
# Installs the dependency table's packages with the distribution's own tool. Sourced after common.sh.

isInstalled() { # KIND PACKAGE
    case $1 in
        debian) dpkg-query -W -f '${db:Status-Status}\n' "$2" 2>/dev/null | grep -qx installed ;;
        fedora) rpm -q --whatprovides "$2" >/dev/null 2>&1 ;;
        arch) pacman -Qq "$2" >/dev/null 2>&1 ;;
    esac
}

# missingNative KIND GROUP...: the packages of these groups that are not here, one a line.
missingNative() {
    local kind=$1 column row name
    shift
    case $kind in debian) column=2 ;; fedora) column=3 ;; arch) column=4 ;; esac
    while read -r row; do
        for name in ${row//|/ }; do
            if isInstalled "$kind" "$name"; then continue 2; fi
        done
        echo "${row%%|*}"
    done < <(packageRows "$column" "$@")
}

# installNative KIND GROUP...: what is missing of these groups, on this very system.
installNative() {
    local kind=$1 missing
    mapfile -t missing < <(missingNative "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    requireRootOrSudo
    requireDisk /var 4000
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    case $kind in
        debian)
            # By itself apt says that it could not fetch a list, and ends as if it had.
            asRoot env DEBIAN_FRONTEND=noninteractive apt-get -q -o APT::Update::Error-Mode=any update >&2 \
                || fail "Some package lists could not be fetched; the lines above say which. Check the network or that source, and run this again."
            asRoot env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >&2 ;;
        fedora) asRoot dnf install -y --setopt=install_weak_deps=False "${missing[@]}" >&2 ;;
        arch) asRoot pacman -S --noconfirm --needed "${missing[@]}" >&2 ;;
    esac || fail "Some packages could not be installed; the lines above say which. Repair that and run this again."
}
