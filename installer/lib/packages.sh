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

# firstKnown KIND ROW: of alternatives the first that the distribution has; not every one has all.
firstKnown() {
    local name
    if [ "$1" = debian ]; then
        for name in ${2//|/ }; do
            if [ "$2" = "$name" ] || apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
                echo "$name"
                return
            fi
        done
    fi
    echo "${2%%|*}"
}

# withQuietServices PACKAGE... -- COMMAND...: COMMAND installs these packages. Those of which the tests need the program
# start no service on this system, now or when it boots; a service that somebody had before stays as it is.
withQuietServices() {
    local quiet=() status=0
    while [ "$1" != -- ]; do
        case $1 in docker-registry) ! command -v systemctl >/dev/null 2>&1 || quiet+=("$1.service") ;; esac
        shift
    done
    shift
    [ ${#quiet[@]} -eq 0 ] || asRoot systemctl --quiet mask "${quiet[@]}" >/dev/null 2>&1
    "$@" || status=$?
    if [ ${#quiet[@]} -gt 0 ]; then
        asRoot systemctl --quiet unmask "${quiet[@]}" >&2
        asRoot systemctl --quiet disable "${quiet[@]}" >&2 || true
    fi
    return "$status"
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
        firstKnown "$kind" "$row"
    done < <(packageRows "$column" "$@")
}

# installNative KIND GROUP...: what is missing of these groups, on this very system.
installNative() {
    local kind=$1 missing
    mapfile -t missing < <(missingNative "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    requireRootOrSudo
    requireDisk /var 4000 "$projectDir" "$(buildStillNeedsMiB)"
    say "Installing ${#missing[@]} packages: ${missing[*]}"
    case $kind in
        debian)
            # By itself apt says that it could not fetch a list, and ends as if it had.
            asRoot env DEBIAN_FRONTEND=noninteractive apt-get -q -o APT::Update::Error-Mode=any update >&2 \
                || fail "Some package lists could not be fetched; the lines above say which. Check the network or that source, and run this again."
            withQuietServices "${missing[@]}" -- \
                asRoot env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >&2 ;;
        fedora) asRoot dnf install -y --setopt=install_weak_deps=False "${missing[@]}" >&2 ;;
        arch) asRoot pacman -S --noconfirm --needed "${missing[@]}" >&2 ;;
    esac || fail "Some packages could not be installed; the lines above say which. Repair that and run this again."
}
