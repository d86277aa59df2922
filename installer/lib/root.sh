# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
#
# The Debian 13 root: a folder under the user's cache in which Roadstead is built and run where the
# distribution is too old for KDE Frameworks 6. Sourced after common.sh.

rootDir=$cacheDir/debian-13
rootMirror=${ROADSTEAD_DEBIAN_MIRROR:-http://deb.debian.org/debian}
rootNeedsMiB=4000

# ensureRoot FRESH(0|1) GROUP...: makes the root, or adds to it what the dependency table has in these groups and it has
# not. Where the program is to run, all that it can use is wanted, too.
ensureRoot() {
    local fresh=$1 missing made=$rootDir/var/lib/roadstead-root.stamp
    rootGroups=("${@:2}")
    case " $* " in *' run '*) rootGroups+=(recommend root) ;; esac
    requireRootOrSudo
    requireNamespaces
    makeCacheFolder
    exec 9<>"$cacheDir/.lock"
    flock 9
    exec 7<>"$cacheDir/.in-use"
    if [ "$fresh" -eq 1 ] && [ -d "$rootDir" ]; then
        # What is needed to make it again is checked before the old one goes.
        flock --nonblock 7 \
            || fail "The Debian 13 root is in use: another command of Roadstead's has not ended. Wait for that, and run this again."
        requireRootDisk $((rootNeedsMiB - $(sizeOf "$rootDir")))
        requireNetwork
        say "Removing the old Debian 13 root."
        asRoot rm -rf --one-file-system "$rootDir"
    fi
    if [ ! -e "$made" ]; then
        makeRoot
    else
        requireRootDisk 300
        missing=$(missingInRoot)
        [ -z "$missing" ] || updateRoot "$missing"
    fi
    # For as long as this command lasts nobody takes the root away. What others add to it meanwhile does no harm.
    flock --shared 7
    exec 9>&-
}

# requireRootDisk MEBIBYTES: for the root, and for what is built in it.
requireRootDisk() { requireDisk "$cacheDir" "$1" "$projectDir" "$(buildStillNeedsMiB)"; }

requireNamespaces() {
    unshare --help 2>/dev/null | grep -q -- --kill-child \
        || fail "The unshare command of util-linux is missing or too old. Install util-linux and run this again."
    asRoot unshare --mount --pid --fork true 2>/dev/null \
        || fail "This kernel or container gives no private namespaces, which the Debian 13 root needs. Run this on a system that allows unshare, or on Debian 13."
}

# The folder belongs to the person, also when sudo makes the rest of it.
makeCacheFolder() {
    [ -d "$cacheDir" ] || mkdir -p "$cacheDir" 2>/dev/null || asRoot mkdir -p "$cacheDir"
    local file
    for file in .lock .in-use; do
        [ -e "$cacheDir/$file" ] || asRoot install -m 666 /dev/null "$cacheDir/$file"
    done
}

# The packages that the table names and the root has not, one a line. Looked up in the root's own
# package database: another checkout with other needs may use the same root.
missingInRoot() {
    packageNames 2 "${rootGroups[@]}" | awk -v database="$rootDir/var/lib/dpkg/status" '
        BEGIN {
            while ((getline line < database) > 0) {
                if (line ~ /^Package: /) name = substr(line, 10)
                else if (line ~ /^Status: install ok (installed|triggers)/) installed[name] = 1
            }
        }
        !($0 in installed)'
}

updateRoot() { # PACKAGES, one a line
    local names
    mapfile -t names <<<"$1"
    say "Adding to the Debian 13 root: ${names[*]}"
    requireRootDisk 1000
    forbidServices "$rootDir"
    enterRoot sh -c 'apt-get -q -o APT::Update::Error-Mode=any update >&2 && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >&2' \
        sh "${names[@]}" \
        || fail "The Debian 13 root could not be updated; the lines above say why. Check the network and run this again."
}

makeRoot() {
    local partial=$rootDir.partial include
    requireRootDisk "$rootNeedsMiB"
    requireNetwork
    ensureBootstrapTool
    say "This system is older than Debian 13, so a Debian 13 root is made in $rootDir (once, about two minutes). Nothing outside that folder is changed by it."
    [ ! -d "$rootDir" ] || asRoot rm -rf --one-file-system "$rootDir"
    [ ! -d "$partial" ] || asRoot rm -rf --one-file-system "$partial"
    mapfile -t include < <(packageNames 2 "${rootGroups[@]}")
    if ! bootstrapInto "$partial" "${include[@]}"; then
        asRoot rm -rf --one-file-system "$partial"
        fail "The Debian 13 root could not be made; the lines above say why. Check the network and run this again."
    fi
    forbidServices "$partial"
    asRoot sh -c "date -u +%FT%TZ >'$partial/var/lib/roadstead-root.stamp'"
    asRoot mv "$partial" "$rootDir"
}

# forbidServices FOLDER: no package of this root starts a service when it is installed. mmdebstrap and debootstrap see
# to that for their own time only.
forbidServices() {
    # shellcheck disable=SC2016
    asRoot sh -c 'mkdir -p "$1/usr/sbin" && printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d" \
        && chmod 755 "$1/usr/sbin/policy-rc.d"' sh "$1"
}

bootstrapInto() { # FOLDER PACKAGE...
    local folder=$1
    shift
    if [ "$(basename "$bootstrapTool")" = mmdebstrap ]; then
        # mmdebstrap looks for its mmtarfilter on the path, where a fetched one is not. Nothing waits for the disk after each
        # package (unsafe-io): a root that a power cut spoils is remade with --fresh.
        asRoot "$installerDir/lib/without-descriptors" env PATH="$PATH:$toolsDir/usr/bin" "$bootstrapTool" \
            --mode=root --variant=apt ${keyringOption[@]+"${keyringOption[@]}"} \
            --include="ca-certificates,$(IFS=,; echo "$*")" \
            --aptopt='Acquire::Languages "none"' \
            --dpkgopt=force-unsafe-io \
            --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/info/*' \
            trixie "$folder" "$rootMirror" >&2
    else
        asRoot debootstrap --variant=minbase ${keyringOption[@]+"${keyringOption[@]}"} trixie "$folder" "$rootMirror" >&2 \
            && forbidServices "$folder" \
            && asRoot env DEBIAN_FRONTEND=noninteractive chroot "$folder" sh -c \
                'apt-get -q -o APT::Update::Error-Mode=any update && apt-get -qq install -y --no-install-recommends ca-certificates "$@"' sh "$@" >&2
    fi
}

# ensureBootstrapTool: sets what makes the root, and the keyring option it needs. Where neither tool is here, mmdebstrap
# is unpacked in the cache folder and runs from there; it is installed only where that does not do.
bootstrapTool='' keyringOption=()
ensureBootstrapTool() {
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    for bootstrapTool in mmdebstrap debootstrap ''; do
        if [ -n "$bootstrapTool" ] && command -v "$bootstrapTool" >/dev/null 2>&1; then break; fi
    done
    if [ -z "$bootstrapTool" ]; then
        command -v apt-get >/dev/null 2>&1 \
            || fail "Making the Debian 13 root needs mmdebstrap or debootstrap. Install one of them and run this again."
        say "Fetching mmdebstrap, which makes the Debian 13 root, into the cache folder."
        bootstrapTool=$toolsDir/usr/bin/mmdebstrap
        unpackTool mmdebstrap || true
        "$bootstrapTool" --version >/dev/null 2>&1 || installBootstrapTool
    fi
    # Other distributions' apt does not trust Debian's keys by itself.
    if ! compgen -G "${ROADSTEAD_TRUSTED_KEYS:-/etc/apt/trusted.gpg.d}/debian-archive-*" >/dev/null; then
        [ -e "$keyring" ] || { unpackTool debian-archive-keyring && keyring=$toolsDir$keyring; } \
            || fail "Debian's keys could not be fetched. Install debian-archive-keyring and run this again."
        keyringOption=("--keyring=$keyring")
    fi
}

# unpackTool PACKAGE: unpacks a package of this distribution in the cache folder, with lists of packages of its own.
toolsDir=$cacheDir/tools
unpackTool() (
    command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 1
    mkdir -p "$toolsDir/apt/lists/partial" "$toolsDir/apt/cache/archives/partial"
    cd "$toolsDir/apt" || exit 1
    settings=(-qq -o "Dir::State::lists=$toolsDir/apt/lists" -o "Dir::Cache=$toolsDir/apt/cache" -o APT::Sandbox::User=root)
    apt-get "${settings[@]}" update >&2 && apt-get "${settings[@]}" download "$1" >&2 && dpkg-deb -x "$1"_*.deb "$toolsDir"
    status=$?
    rm -rf "$toolsDir/apt"
    exit "$status"
)

installBootstrapTool() {
    bootstrapTool=mmdebstrap
    say "It does not run from there: the package mmdebstrap is installed on this system, and what it depends on."
    asRoot apt-get -q update >&2 || fail "Debian's package lists could not be fetched. Check the network and run this again."
    asRoot env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends mmdebstrap >&2 \
        || fail "mmdebstrap could not be installed. Install mmdebstrap or debootstrap and run this again."
}

# requireNetwork: the mirror answers. Where nothing can ask it, the tools that fetch say so themselves.
requireNetwork() {
    local file=$rootMirror/dists/trixie/InRelease ask
    if command -v curl >/dev/null 2>&1; then
        ask=(curl -fsS --max-time 30 -o /dev/null "$file")
    elif command -v wget >/dev/null 2>&1; then
        ask=(wget -q --timeout=30 --tries=1 -O /dev/null "$file")
    else
        return 0
    fi
    "${ask[@]}" 2>/dev/null \
        || fail "Debian's packages cannot be reached at $rootMirror. Check the network (or the proxy settings) and run this again."
}

# enterRoot COMMAND...: runs it as root inside the root, in mount and process namespaces of its own.
enterRoot() { enterRootFor 0:0:root root "$@"; }

# enterRootFor UID:GID:NAME person|root COMMAND...: PERSON has an account there; as whom COMMAND runs.
enterRootFor() {
    local settings=("ROADSTEAD_PERSON=$1" "ROADSTEAD_AS=$2")
    shift 2
    [ -z "${ROADSTEAD_VECTORS_DIR:-}" ] || settings+=("ROADSTEAD_VECTORS_DIR=$ROADSTEAD_VECTORS_DIR")
    asRoot env "${settings[@]}" \
        unshare --mount --pid --fork --kill-child --propagation private \
        "$installerDir/lib/enter-root" "$rootDir" "$projectDir" "$cacheDir/ccache" "$@"
}
