# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# The build environment, whether it is this very system or the Debian 13 root, and as whom things are
# done in it: what compiles runs as the person whose project this is, what needs root as root.
# What the entry points source.

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=packages.sh
. "$installerDir/lib/packages.sh"
# shellcheck source=root.sh
. "$installerDir/lib/root.sh"

environmentKind=$(distributionKind)

# The person: who types, or for root (behind sudo or not) the owner of the project folder.
if [ "$(id -u)" -ne 0 ]; then
    personUid=$(id -u) personGid=$(id -g)
else
    personUid=$(stat -c %u "$projectDir") personGid=$(stat -c %g "$projectDir")
fi
personName=$(getent passwd "$personUid" | cut -d: -f1) || true
personName=${personName:-builder}

# The person's home; of an account without one, the build folder stands for it.
personHome() {
    local home
    home=$(getent passwd "$personUid" | cut -d: -f6) || true
    [ -d "$home" ] || home=$projectDir/build
    printf '%s\n' "$home"
}

# ccache's folder on this system is the person's own: root's cache folder, also behind sudo, is closed to others.
nativeCcache() {
    if [ -n "${ROADSTEAD_CACHE_DIR:-}" ] || [ "$(id -u)" -eq "$personUid" ]; then
        printf '%s\n' "$cacheDir/ccache"
    else
        printf '%s\n' "$(personHome)/.cache/roadstead/ccache"
    fi
}

ccacheSloppiness=CCACHE_SLOPPINESS=pch_defines,time_macros

# What a command leaves in the build folder, and ccache beside it; entry points that do more say so.
buildNeedsMiB=2500

# What is still needed for that: a build folder that is there already has most of it.
buildStillNeedsMiB() {
    local need
    need=$((buildNeedsMiB - $(sizeOf "$projectDir/build")))
    [ "$need" -ge 500 ] || need=500
    echo "$need"
}

# prepareEnvironment FRESH(0|1) GROUP...: installs what the dependency table names for these groups.
prepareEnvironment() {
    local fresh=$1
    shift
    [ -w "$projectDir" ] \
        || fail "The folder $projectDir cannot be written by $(id -un). Take ownership of it, or run this as its owner."
    if [ "$environmentKind" = root ]; then
        ensureRoot "$fresh" "$@"
    else
        requireDisk "$projectDir" "$(buildStillNeedsMiB)"
        installNative "$environmentKind" "$@"
    fi
    exec 6<"$projectDir"
    flock --shared 6
    usesBuildFolder=1
}

# prepareMeanwhile GROUP...: installs what is needed later beside what this command does next, for a package manager
# keeps one processor busy at most. awaitEnvironment waits for it, and says what it said if it failed.
meanwhile='' meanwhileLog=''
prepareMeanwhile() {
    meanwhileLog=$(mktemp)
    (
        trap - EXIT
        exec 6<&-
        if [ "$environmentKind" = root ]; then ensureRoot 0 "$@"; else installNative "$environmentKind" "$@"; fi
    ) </dev/null >"$meanwhileLog" 2>&1 &
    meanwhile=$!
}

awaitEnvironment() {
    local status=0
    [ -n "$meanwhile" ] || return 0
    wait "$meanwhile" || status=$?
    meanwhile=''
    [ "$status" -eq 0 ] || cat "$meanwhileLog" >&2
    rm -f "$meanwhileLog"
    [ "$status" -eq 0 ] || exit "$status"
}

# asPerson COMMAND...: in the build environment, as the person.
asPerson() {
    if [ "$environmentKind" = root ]; then
        enterRootFor "$personUid:$personGid:$personName" person "$@"
    elif [ "$(id -u)" -eq 0 ] && [ "$personUid" -ne 0 ]; then
        # A folder that was named may lie where the person can make none.
        [ -z "${ROADSTEAD_CACHE_DIR:-}" ] || install -d -o "$personUid" -g "$personGid" "$(nativeCcache)"
        env "HOME=$(personHome)" "CCACHE_DIR=$(nativeCcache)" "$ccacheSloppiness" \
            setpriv --reuid "$personUid" --regid "$personGid" --init-groups "$@"
    else
        env "CCACHE_DIR=$(nativeCcache)" "$ccacheSloppiness" "$@"
    fi
}

# asSuperuser COMMAND...: in the build environment, as root.
asSuperuser() {
    if [ "$environmentKind" = root ]; then
        enterRootFor "$personUid:$personGid:$personName" root "$@"
    else
        asRoot "$@"
    fi
}

# The window belongs to who typed: behind sudo that is somebody else than the owner of a root-owned project.
personForDisplay() {
    if [ "$personUid" -eq 0 ] && [ -n "${SUDO_UID:-}" ] && [ "$SUDO_UID" -ne 0 ]; then
        # shellcheck disable=SC2153
        personUid=$SUDO_UID personGid=$SUDO_GID personName=$SUDO_USER
    fi
}

# leaveBuildFolder: what root and the users of test machines left in the build folder becomes the person's again, so that
# the next build can replace it. A command that has not ended, such as the tour, writes there as others than the person:
# then it is left to that one to give back.
usesBuildFolder=0
leaveBuildFolder() {
    [ "$usesBuildFolder" -eq 1 ] || return 0
    usesBuildFolder=0
    if flock --nonblock 6 && [ -d "$projectDir/build" ] && [ -n "$(find "$projectDir/build" -xdev ! -uid "$personUid" -print -quit)" ]; then
        asRoot find "$projectDir/build" -xdev ! -uid "$personUid" -exec chown -h "$personUid:$personGid" {} +
    fi
    exec 6<&-
}

# finish: what every entry point does at its end, however it ends.
finish() {
    [ -z "$meanwhile" ] || wait "$meanwhile" || true # a package manager is not left behind, nor cut off
    rm -f ${meanwhileLog:+"$meanwhileLog"}
    leaveBuildFolder
    [ -z "$sudoKeeper" ] || kill "$sudoKeeper" 2>/dev/null || true
}

# configurePreset NAME: where that was not done, or the presets have changed since; as the person. For all else that a
# configuration depends on the build itself looks.
configurePreset() {
    [ ! "build/$1/build.ninja" -nt CMakePresets.json ] || return 0
    # shellcheck disable=SC2016
    asPerson bash -c '
        mkdir -p build
        compilers=()
        if [ "$1" = asan ] && ! command -v clang++-19 >/dev/null; then # other distributions have one Clang, unnumbered
            compilers=(-DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_COMPILER=clang)
        fi
        cmake -Werror=dev --preset "$1" ${compilers[@]+"${compilers[@]}"} >"build/$1.configure.log" 2>&1 || { cat "build/$1.configure.log"; exit 1; }' configure "$1" >&2
}

# buildPreset NAME [--target TARGET]...: configures and builds it, as the person.
buildPreset() {
    configurePreset "$1"
    asPerson cmake --build --preset "$@" >&2
}

# makePackages KINDS [PRESET]: packages (deb, rpm, arch) of the release that was built, in build/packages. The time in
# them is the time of the last change, so the same source gives the same package; one that is there already, of the
# same files, recipes and time, stays.
makePackages() {
    # shellcheck disable=SC2016
    asPerson bash -euc '
        SOURCE_DATE_EPOCH=$(git -c safe.directory="*" log -1 --format=%ct 2>/dev/null || stat -c %Y CMakeLists.txt)
        export SOURCE_DATE_EPOCH
        mkdir -p build/packages
        stage=$(mktemp -d)
        DESTDIR=$stage cmake --install "build/$2" >/dev/null
        sum() { xargs -0 sha256sum | sort | sha256sum; }
        content=$(echo "$SOURCE_DATE_EPOCH"; cd "$stage"; find . -type f -print0 | sum; find . -type l -printf "%p %l\n" | sort)
        content+=$(find installer/packaging "build/$2/CPackConfig.cmake" "build/$2/installer/debian" -type f -print0 2>/dev/null | sum)
        rm -rf "$stage"
        for kind in $1; do
            case $kind in
                deb) tool=dpkg-shlibdeps files="build/packages/roadstead_*.deb" make="cpack --config build/$2/CPackConfig.cmake -G DEB" ;;
                rpm) tool=rpmbuild files="build/packages/roadstead-*.rpm" make="cpack --config build/$2/CPackConfig.cmake -G RPM" ;;
                arch) tool=makepkg files="build/packages/roadstead-*.pkg.tar*" make="installer/packaging/arch/make $2" ;;
            esac
            # Of several kinds those that can be made here; one that was asked for has to be.
            if ! command -v "$tool" >/dev/null; then
                [ "$kind" != "$1" ] || { echo "$tool is not installed, which makes the package."; exit 1; }
                continue
            fi
            if [ "$(cat "build/packages/$kind.made" 2>/dev/null)" != "$content" ] || ! ls $files >/dev/null 2>&1; then
                rm -f $files "build/packages/$kind.made"
                $make >"build/packages/$kind.log" 2>&1 || { cat "build/packages/$kind.log"; exit 1; }
                echo "$content" >"build/packages/$kind.made"
            fi
            ls $files
        done' packages "$1" "${2:-release}" >&2
}
