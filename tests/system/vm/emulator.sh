# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
#
# What "vm" stands on: whether this system can emulate a machine, the machine's image, and running it. Sourced; "here" is
# this folder, "work" the test's own in the build folder.

cache=${ROADSTEAD_VM_CACHE:-/var/cache/roadstead/vm}
mirror=${ROADSTEAD_DEBIAN_MIRROR:-http://deb.debian.org/debian}
started=$SECONDS
step() { printf '[%3d s] %s\n' "$((SECONDS - started))" "$*"; }
skip() {
    echo "SKIP: $*"
    exit 77
}

# requireEmulator MEBIBYTES TOOL...
requireEmulator() {
    local tool memory=$1
    shift
    [ "$(id -u)" -eq 0 ] || skip "making a machine's file system needs root"
    [ "$(uname -m)" = x86_64 ] || skip "the machine is an x86_64 one, and this is $(uname -m)"
    for tool in qemu-system-x86_64 qemu-img mmdebstrap mkfs.ext4 "$@"; do
        command -v "$tool" >/dev/null || skip "$tool is not installed"
    done
    [ "$(awk '/^MemAvailable/ {print int($2 / 1024)}' /proc/meminfo)" -ge $((memory + 600)) ] \
        || skip "the machine needs $memory MiB of memory"
}

# makeImage LATER PACKAGE...: sets "image" to the folder of a fresh machine that has these packages; those in LATER are not
# installed but lie ready for apt. Made once for each list, kept, and never written by a test. One is kept, and one that
# is being used stays, too.
makeImage() {
    local old free
    image=$cache/$({ printf '%s\n' "$@"; cat "$here/make_image"; } | sha256sum | cut -c1-16)
    mkdir -p "$cache"
    exec 9>"$cache/.lock"
    flock 9
    if [ ! -e "$image/made" ]; then
        for old in "$cache"/*/; do
            if [ -d "$old" ] && flock -n "$old" true; then rm -rf --one-file-system "$old"; fi
        done
        free=$(df -Pm "$cache" | awk 'NR==2 {print $4}')
        [ "$free" -ge 9000 ] || skip "$cache has $free MiB free, and making the machine's image needs 9000"
        curl -fsS --max-time 30 -o /dev/null "$mirror/dists/trixie/InRelease" 2>/dev/null \
            || skip "there is no image of the machine yet, and $mirror cannot be reached to make one"
        step "Making the machine's image (once for this list of packages)"
        "$here/make_image" "$image" "$@" >"$work/make_image.log" 2>&1 || { tail -n 40 "$work/make_image.log"; exit 1; }
        touch "$image/made"
    fi
    exec 8<"$image"
    flock --shared 8
    flock -u 9
}

# emulate MEBIBYTES SECONDS [QEMU-OPTION...]: boots the image with work/payload.tar as its second disk, until it turns
# itself off. Ends with 0 when what ran in it said RESULT 0.
emulate() {
    local memory=$1 seconds=$2 status=0
    shift 2
    step "Booting"
    qemu-img create -q -f qcow2 -b "$image/disk.raw" -F raw "$work/disk.qcow2"
    truncate -s %512 "$work/payload.tar"
    # A processor without AVX: emulating it costs more than it saves. Two virtual processors, each a thread.
    timeout --kill-after 5 "$seconds" qemu-system-x86_64 -accel tcg,thread=multi,tb-size=1024 -machine q35 \
        -cpu Nehalem -smp 2 -m "$memory" -display none -nodefaults -no-reboot \
        -kernel "$image/vmlinuz" -initrd "$image/initrd" \
        -append "root=/dev/vda rw console=ttyS0 quiet systemd.show_status=0 mitigations=off" \
        -drive "file=$work/disk.qcow2,if=virtio,cache=unsafe" \
        -drive "file=$work/payload.tar,if=virtio,format=raw,readonly=on" "$@" \
        -serial "file:$work/console.log" -serial "file:$work/test.log" || status=$?
    tr -d '\r' <"$work/test.log"
    step "The machine has ended"
    rm -f "$work/disk.qcow2"
    if [ "$status" -eq 0 ] && tr -d '\r' <"$work/test.log" | grep -qx 'RESULT 0'; then return 0; fi
    echo "FAIL: the machine ended with status $status; the end of its console:"
    tail -n 20 "$work/console.log"
    return 1
}
