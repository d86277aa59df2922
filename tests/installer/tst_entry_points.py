#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the entry points do on machines that lack something, with commands that only pretend."""
import fcntl
import os
import shutil
import subprocess
import tempfile
import unittest

from pretended_machine import BOOKWORM, PROJECT, TRIXIE, Machine

class EntryPoints(unittest.TestCase):
    def machine(self, release=BOOKWORM, user=0):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Machine(folder.name, release, user)

    def refuses(self, machine, sentence, *arguments):
        result = machine.run(*(arguments or ["true"]))
        self.assertEqual(result.returncode, 1, result.stderr)
        said = [line for line in result.stderr.splitlines() if line.startswith("roadstead: ")]
        self.assertIn(sentence, said[-1])
        self.assertEqual(result.stderr.splitlines()[-1], said[-1], "the sentence is the last word")
        return said

    def test_no_root_and_no_sudo(self):
        machine = self.machine(user=1000)
        said = self.refuses(machine, "needs root, and neither root nor sudo is here")
        self.assertEqual(len(said), 1)
        self.assertFalse(os.path.exists(machine.cache), "nothing is half done")

    def test_no_root_and_no_sudo_where_packages_are_native(self):
        machine = self.machine(TRIXIE, user=1000)
        machine.fake("dpkg-query", "exit 1")
        machine.fake("apt-get", "exit 0")
        said = self.refuses(machine, "needs root, and neither root nor sudo is here")
        self.assertEqual((len(said), machine.calls("apt-get")), (1, []))

    def test_no_root_and_no_sudo_where_every_package_is_there(self):
        for command in ("run", "test"):
            machine = self.machine(TRIXIE, user=1000)
            machine.fake("dpkg-query", "echo installed")
            machine.fake("cmake", "exit 0")
            result = machine.run(command=command)
            self.assertEqual(result.returncode, 1)
            self.assertIn("needs root, and neither root nor sudo is here", result.stderr.splitlines()[-1])
            self.assertEqual(machine.calls("cmake"), [], "it is said before the build")
        self.assertEqual(machine.run("true").returncode, 0, "building alone needs no root")

    def test_sudo_that_refuses(self):
        for release in (BOOKWORM, TRIXIE):
            machine = self.machine(release, user=1000)
            machine.fake("dpkg-query", "exit 1")
            machine.fake("apt-get", "exit 0")
            machine.fake("sudo", "echo 'somebody is not in the sudoers file.' >&2; exit 1")
            said = self.refuses(machine, "sudo does not let somebody become root")
            self.assertEqual((len(said), machine.calls("apt-get")), (1, []))
            self.assertEqual(machine.calls("sudo")[-1], "sudo -v", "sudo may say why, and ask")
            self.assertFalse(os.path.exists(machine.cache), "nothing is half done")

    def test_sudo_is_asked_once(self):
        machine = self.machine(TRIXIE, user=1000)
        machine.fake("dpkg-query", "exit 1")
        machine.fake("apt-get", "exit 0")
        machine.fake("sudo", 'case $1 in -n) exit 1 ;; -v) exit 0 ;; esac; while [ "$1" != -- ]; do shift; done; shift; "$@"')
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(machine.calls("sudo").count("sudo -v"), 1)

    def test_no_namespaces(self):
        machine = self.machine()
        machine.fake("unshare", "case $1 in --help) echo --kill-child ;; *) exit 1 ;; esac")
        said = self.refuses(machine, "gives no private namespaces")
        self.assertEqual((len(said), machine.calls("mmdebstrap")), (1, []))
        self.assertFalse(os.path.exists(machine.cache), "nothing is half done")

    def test_unshare_too_old(self):
        machine = self.machine()
        machine.fake("unshare", "exit 0")
        self.assertEqual(len(self.refuses(machine, "unshare command of util-linux is missing or too old")), 1)

    def test_no_disk_for_the_root(self):
        machine = self.machine()
        machine.fake("df", "printf 'x\\n/dev/x 9 9 3000 9%% /\\n'")
        said = self.refuses(machine, "has 3000 MiB free and 6500 MiB are needed")
        self.assertEqual((len(said), machine.calls("mmdebstrap")), (1, []))

    def test_no_disk_for_packages(self):
        machine = self.machine(TRIXIE)
        machine.fake("df", "printf 'x\\n/dev/x 9 9 3000 9%% /\\n'")
        machine.fake("dpkg-query", "exit 1")
        machine.fake("apt-get", "exit 0")
        said = self.refuses(machine, "has 3000 MiB free and 6500 MiB are needed")
        self.assertEqual((len(said), machine.calls("apt-get")), (1, []))

    def test_disks_are_counted_by_themselves(self):
        machine = self.machine()
        # 5000 MiB are enough for the root and for the build, each on a disk of its own.
        machine.fake("df", """
            printf 'x\\n/dev/x 9 9 5000 9%% %s\\n' "$(case $2 in */project*) echo /a ;; *) echo /b ;; esac)" """)
        self.assertEqual(machine.run("true").returncode, 0)

    def test_no_disk_for_the_build(self):
        for release in (BOOKWORM, TRIXIE):
            machine = self.machine(release)
            machine.fake("dpkg-query", "echo installed")
            machine.run("true")
            machine.fake("df", "printf 'x\\n/dev/x 9 9 1000 9%% /\\n'")
            said = self.refuses(machine, "MiB free and 2")
            self.assertEqual(len(said), 1)
            machine.fake("du", "echo 9000 x")
            os.mkdir(os.path.join(machine.project, "build"))
            self.assertEqual(machine.run("true").returncode, 0, "what is built already needs no more room")

    def test_fresh_takes_no_root_that_is_in_use(self):
        machine = self.machine()
        machine.run("true")
        with open(os.path.join(machine.cache, ".in-use"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.refuses(machine, "root is in use", "--fresh", "true")
            self.assertEqual(machine.calls("mmdebstrap"), [])
            self.assertEqual(machine.run("true").returncode, 0, "using it together is no harm")
        machine.fake("unshare", 'case "$*" in --help) echo --kill-child ;; *enter-root*) flock --nonblock ../cache/roadstead/.in-use true || echo held ;; esac')
        self.assertIn("held", machine.run("true", cwd=machine.project).stdout, "it is held while something runs in it")
        self.assertEqual(machine.run("--fresh", "true").returncode, 0)

    def test_no_network_for_the_root(self):
        machine = self.machine()
        machine.fake("curl", "exit 6")
        said = self.refuses(machine, "cannot be reached")
        self.assertEqual((len(said), machine.calls("mmdebstrap")), (1, []))

    def test_no_network_keeps_the_old_root_on_fresh(self):
        machine = self.machine()
        self.assertEqual(machine.run("true").returncode, 0)
        machine.fake("curl", "exit 6")
        self.refuses(machine, "cannot be reached", "--fresh", "true")
        self.assertTrue(os.path.exists(os.path.join(machine.cache, "debian-13", "var", "lib", "dpkg", "status")))

    def test_no_network_for_packages(self):
        machine = self.machine(TRIXIE)
        machine.fake("dpkg-query", "exit 1")
        # Without a network apt warns and ends with 0, unless it is told that any failure is one.
        machine.fake("apt-get", 'case "$*" in *Error-Mode=any*update*) exit 100 ;; esac')
        self.refuses(machine, "package lists could not be fetched")
        self.assertFalse([call for call in machine.calls("apt-get") if "install" in call])

    def test_a_failed_root_leaves_nothing(self):
        machine = self.machine()
        machine.fake("mmdebstrap", 'for word; do case $word in */debian-13.partial) mkdir -p "$word" ;; esac; done; exit 1')
        self.refuses(machine, "root could not be made")
        self.assertEqual([name for name in os.listdir(machine.cache) if "debian" in name], [])

    def test_the_root_is_made_once(self):
        machine = self.machine()
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(len(machine.calls("mmdebstrap")), 1)
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(machine.calls("mmdebstrap"), [])
        self.assertEqual([call for call in machine.calls("unshare") if "apt-get" in call], [])

    def starts_services(self, root):
        policy = os.path.join(root, "usr", "sbin", "policy-rc.d")
        return not os.path.exists(policy) or subprocess.run([policy], check=False).returncode != 101

    def test_packages_of_the_root_start_no_services(self):
        machine = self.machine()
        root = os.path.join(machine.cache, "debian-13")
        machine.run("true")
        self.assertFalse(self.starts_services(root))
        os.remove(os.path.join(root, "usr", "sbin", "policy-rc.d"))
        with open(os.path.join(machine.project, "installer", "dependencies.tsv"), "a", encoding="utf-8") as table:
            table.write("build\tnewcomer\t-\t-\tfor this test\n")
        machine.run("true")
        self.assertFalse(self.starts_services(root), "a root from before is mended when it is updated")

    def test_nor_do_those_that_debootstrap_leaves_to_apt(self):
        machine = self.machine()
        os.remove(os.path.join(machine.bin, "mmdebstrap"))
        machine.fake("debootstrap", 'mkdir -p "${@: -2:1}/var/lib"')
        machine.fake("chroot", 'test -x "$1/usr/sbin/policy-rc.d"')
        machine.run("true")
        self.assertEqual(len(machine.calls("chroot")), 1)
        self.assertFalse(self.starts_services(os.path.join(machine.cache, "debian-13")))

    def without_mmdebstrap(self, runs):
        """A machine whose distribution has mmdebstrap; it runs where it was unpacked, or only where it is installed."""
        machine = self.machine()
        kept = os.path.join(machine.folder, "mmdebstrap")
        os.rename(os.path.join(machine.bin, "mmdebstrap"), kept)
        filter_kept = os.path.join(machine.folder, "mmtarfilter")
        os.rename(os.path.join(machine.bin, "mmtarfilter"), filter_kept)
        machine.fake("apt-get", f'''case "$*" in
            *download*) echo >"${{@: -1}}_1_all.deb" ;;
            *install*) ln -s {kept} {filter_kept} {machine.bin} ;;
        esac''')
        machine.fake("dpkg-deb", f'''case $2 in
            mmdebstrap_*) mkdir -p "$3/usr/bin"; ln -s {kept if runs else "/nowhere"} "$3/usr/bin/mmdebstrap"
                          ln -s {filter_kept} "$3/usr/bin" ;;
        esac''')
        return machine

    def test_mmdebstrap_is_not_installed_to_be_used_once(self):
        machine = self.without_mmdebstrap(runs=True)
        result = machine.run("true")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([call for call in machine.calls("apt-get") if "install" in call], [])
        self.assertEqual([call for call in machine.calls("apt-get") if "Dir::State::lists=" not in call], [])
        self.assertTrue(os.path.exists(os.path.join(machine.cache, "debian-13", "var", "lib", "dpkg", "status")))

    def test_it_is_where_it_does_not_run_otherwise_and_that_is_said(self):
        machine = self.without_mmdebstrap(runs=False)
        result = machine.run("true")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("the package mmdebstrap is installed on this system", result.stderr)

    def test_debians_keys_are_named_where_apt_does_not_trust_them(self):
        keys = tempfile.TemporaryDirectory()
        self.addCleanup(keys.cleanup)
        for trusted in (False, True):
            machine = self.without_mmdebstrap(runs=True)
            if trusted:
                with open(os.path.join(keys.name, "debian-archive-trixie-stable.asc"), "w", encoding="utf-8"):
                    pass
            result = machine.run("true", ROADSTEAD_TRUSTED_KEYS=keys.name)
            self.assertEqual(result.returncode, 0, result.stderr)
            bootstrap = machine.calls("mmdebstrap")[-1]
            self.assertEqual("debian-archive-keyring.gpg" in bootstrap, not trusted, bootstrap)

    def test_fresh_makes_it_again(self):
        machine = self.machine()
        machine.run("true")
        self.assertEqual(machine.run("--fresh", "true").returncode, 0)
        self.assertEqual(len(machine.calls("mmdebstrap")), 1)

    def test_a_changed_table_adds_only_what_is_new(self):
        machine = self.machine()
        machine.run("true")
        with open(os.path.join(machine.project, "installer", "dependencies.tsv"), "a", encoding="utf-8") as table:
            table.write("build\tnewcomer|other\t-\t-\tfor this test\n")
        self.assertEqual(machine.run("true").returncode, 0)
        update = [call for call in machine.calls("unshare") if "apt-get" in call]
        self.assertEqual(len(update), 1)
        self.assertTrue(update[0].endswith(" sh newcomer"), update[0])

    def test_an_alternative_is_as_good(self):
        machine = self.machine(TRIXIE)
        machine.fake("dpkg-query", 'case "$*" in *" docker.io") exit 1 ;; esac; echo installed')
        machine.fake("apt-get", "exit 0")
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(machine.calls("apt-get"), [])

    def test_only_what_is_missing_is_installed(self):
        machine = self.machine(TRIXIE)
        machine.fake("dpkg-query", 'case "$*" in *" mold") exit 1 ;; esac; echo installed')
        machine.fake("apt-get", "exit 0")
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertTrue(machine.calls("apt-get")[-1].endswith("--no-install-recommends mold"))

    @unittest.skipUnless(os.getuid() == 0, "making files of others needs root")
    def test_what_others_left_in_the_build_folder_is_given_back(self):
        machine = self.machine()
        for owner in (0, 1001):
            os.chown(machine.project, 4711, 4711)
            name = os.path.join(machine.project, "build", "tour", str(owner))
            os.makedirs(name)
            os.chown(name, owner, owner)
        self.assertEqual(machine.run("true").returncode, 0)
        for folder, _, _ in os.walk(os.path.join(machine.project, "build")):
            self.assertEqual(os.stat(folder).st_uid, 4711, folder)

    @unittest.skipUnless(os.getuid() == 0, "making files of others needs root")
    def test_but_not_while_another_command_writes_there(self):
        machine = self.machine()
        os.chown(machine.project, 4711, 4711)
        pictures = os.path.join(machine.project, "build", "tour")
        os.makedirs(pictures)
        os.chown(pictures, 1001, 1001)
        another = os.open(machine.project, os.O_RDONLY)
        fcntl.flock(another, fcntl.LOCK_SH)
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(os.stat(pictures).st_uid, 1001)
        os.close(another)
        self.assertEqual(machine.run("true").returncode, 0)
        self.assertEqual(os.stat(pictures).st_uid, 4711)

    @unittest.skipUnless(os.getuid() == 0, "becoming somebody else needs root")
    def test_root_compiles_as_the_owner_with_the_owners_cache(self):
        for named in (True, False):
            machine = self.machine(TRIXIE)
            machine.fake("dpkg-query", "echo installed")
            home = os.path.join(machine.folder, "daemon")
            machine.fake("getent", f"echo daemon:x:1:1::{home}:/bin/sh")
            os.symlink(shutil.which("setpriv"), os.path.join(machine.bin, "setpriv"))
            os.mkdir(home)
            os.chmod(machine.folder, 0o755)
            for path in (home, machine.project):
                os.chown(path, 1, 1)
            expected = os.path.join(machine.cache if named else os.path.join(home, ".cache", "roadstead"), "ccache")
            result = machine.run("sh", "-c", 'mkdir -p "$CCACHE_DIR" && touch "$CCACHE_DIR/kept" && echo "$CCACHE_DIR $HOME"',
                                 names_cache=named)
            self.assertEqual(result.stdout.split(), [expected, home], result.stderr)

    def test_a_tour_is_not_played_again_while_nothing_has_changed(self):
        machine = self.machine()
        for folder in ("build/tour", "tests/system", "tests/support"):
            os.makedirs(os.path.join(machine.project, folder))
        package = os.path.join(machine.folder, "package")
        unshare = """case "$*" in --help) echo --kill-child ;;
            *cpack*) mkdir -p build/packages; cat ../package >build/packages/roadstead.deb ;; {more} esac"""
        machine.fake("unshare", unshare.format(more=""))

        def played(*arguments, status=0):
            result = machine.run(*arguments, command="run")
            self.assertEqual(result.returncode, status, result.stderr)
            return len([call for call in machine.calls("unshare") if "tests/system/tour/tour" in call])

        def make(text):
            with open(package, "w", encoding="utf-8") as file:
                file.write(text)

        make("one")
        self.assertEqual((played(), played()), (1, 0))
        self.assertEqual((played("--tour"), played("--fresh"), played()), (1, 1, 0))
        make("two")
        machine.fake("unshare", unshare.format(more="*tests/system/tour/tour*) exit 1 ;;"))
        self.assertEqual(played(status=1), 1)
        machine.fake("unshare", unshare.format(more=""))
        self.assertEqual((played(), played()), (1, 0), "a tour that failed is played again")

    def native(self, release, **installed):
        """A machine where every package is there and the commands of packaging write down how they were called."""
        machine = self.machine(release)
        for name in ("cmake", "dnf", "pacman", "rpmbuild", "dpkg-shlibdeps", "dpkg-deb", "apt-get"):
            machine.fake(name, "exit 0")
        for name in ("realpath", "mkfifo"):
            os.symlink(shutil.which(name), os.path.join(machine.bin, name))
        machine.fake("rpm", "exit 0")
        with open(os.path.join(machine.project, "CMakeLists.txt"), "w", encoding="utf-8"):
            pass
        machine.fake("dpkg-query", "echo installed")
        machine.fake("cpack", """mkdir -p build/packages; case "$*" in
            *RPM) touch build/packages/roadstead-0.1.0-1.x86_64.rpm ;; *) touch build/packages/roadstead_0.1.0_amd64.deb ;; esac""")
        machine.fake("dbus-send", "exit 0")
        machine.fake("roadstead", "exit 0")
        return machine

    def test_the_distributions_own_kind_of_package_is_installed(self):
        for release, made, put in [
            ("ID=fedora\nVERSION_ID=43\n", "cpack --config build/release/CPackConfig.cmake -G RPM",
             "dnf reinstall -y build/packages/roadstead-0.1.0-1.x86_64.rpm"),
            ("ID=arch\n", None, "pacman -U --noconfirm build/packages/roadstead-0.1.0-1-x86_64.pkg.tar.zst"),
        ]:
            machine = self.native(release)
            machine.fake("makepkg", "exit 0")
            script = os.path.join(machine.project, "installer", "packaging", "arch", "make")
            with open(script, "w", encoding="utf-8") as file:
                file.write("#!/bin/bash\ntouch build/packages/roadstead-0.1.0-1-x86_64.pkg.tar.zst\n")
            result = machine.run(command="run", DISPLAY="other:0")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn(put, [call for name in ("dnf", "pacman") for call in machine.calls(name)])
            if made is not None:
                self.assertIn(made, machine.calls("cpack"))
            self.assertEqual(machine.calls("roadstead"), ["roadstead "], "it is started")

    def test_a_package_is_made_when_something_in_it_has_changed(self):
        machine = self.native(TRIXIE)
        program = os.path.join(machine.project, "program")
        machine.fake("cmake", 'case $1 in --install) cp program "$DESTDIR" ;; esac')
        recipe = os.path.join(machine.project, "installer", "packaging", "debian", "prerm.in")
        package = os.path.join(machine.project, "build", "packages", "roadstead_0.1.0_amd64.deb")

        def add(path, text):
            with open(path, "a", encoding="utf-8") as file:
                file.write(text)

        def made(status=0):
            result = machine.run("--deb", command="package")
            self.assertEqual(result.returncode, status, result.stderr)
            if status == 0:
                self.assertIn(os.path.basename(package), result.stderr)
            else:
                self.assertIn("this is wrong", result.stderr)
            return len(machine.calls("cpack"))

        add(program, "one")
        self.assertEqual((made(), made()), (1, 0))
        for changed in (program, recipe):
            add(changed, "two")
            self.assertEqual((made(), made()), (1, 0), changed)
        os.remove(package)
        self.assertEqual(made(), 1, "it was removed")
        packs = open(os.path.join(machine.bin, "cpack"), encoding="utf-8").read()
        machine.fake("cpack", "echo this is wrong; exit 1")
        add(program, "three")
        self.assertEqual((made(status=1), made(status=1)), (1, 1))
        self.assertFalse(os.path.exists(package), "a package of before is not taken for a new one")
        machine.fake("cpack", packs.split("\n", 2)[2])
        self.assertEqual((made(), made()), (1, 0))

    def test_no_package_is_no_success(self):
        machine = self.native("ID=fedora\nVERSION_ID=43\n")
        os.remove(os.path.join(machine.bin, "rpmbuild"))
        result = machine.run(command="run", DISPLAY="other:0")
        self.assertEqual(result.returncode, 1)
        self.assertIn("rpmbuild is not installed", result.stderr)
        self.assertEqual((machine.calls("dnf"), machine.calls("roadstead")), ([], []))

    def test_what_is_needed_later_comes_beside_the_build(self):
        machine = self.machine(BOOKWORM)
        machine.fake("unshare", """
case $* in
    --help) echo --kill-child ;;
    *"apt-get -q"*) sleep 1; echo "apt ends" >>"$0.order"; [ ! -e "$0.broken" ] || exit 1 ;;
    *"cmake --build"*) echo "the build ends" >>"$0.order"; exit 0 ;;
    *packages*) echo "the package begins" >>"$0.order"; exit 3 ;;
esac""")
        order = os.path.join(machine.bin, "unshare.order")
        machine.run(command="run", DISPLAY="other:0")
        asked = [call for call in machine.calls("mmdebstrap") if "--include" in call][0]
        self.assertIn("g++", asked)
        self.assertNotIn("docker", asked, "the build does not need it")
        self.assertTrue(any("apt-get -q" in call and "docker.io" in call for call in machine.calls("unshare")))
        with open(order, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(), ["the build ends", "apt ends", "the package begins"])
        os.remove(order)
        with open(os.path.join(machine.bin, "unshare.broken"), "w", encoding="utf-8"):
            pass
        result = machine.run(command="run", DISPLAY="other:0")
        self.assertEqual(result.returncode, 1)
        self.assertIn("The Debian 13 root could not be updated", result.stderr)
        with open(order, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(), ["the build ends", "apt ends"], "it goes no further")

    def test_of_alternatives_the_first_that_the_distribution_has(self):
        machine = self.machine(TRIXIE)
        machine.fake("dpkg-query", 'case "$*" in *" docker-buildx"|*" docker-buildx-plugin") exit 1 ;; esac; echo installed')
        machine.fake("apt-cache", 'case "$*" in *" docker-buildx-plugin") exit 0 ;; esac; exit 100')
        machine.fake("apt-get", "exit 0")
        machine.fake("cmake", "exit 1")
        machine.run(command="run", DISPLAY="other:0")
        self.assertTrue(machine.calls("apt-get")[-1].endswith("--no-install-recommends docker-buildx-plugin"))

    def test_a_program_that_tests_need_is_not_left_running_as_a_service(self):
        for missing, expected in (("docker-registry", ["mask", "unmask", "disable"]), ("socat", [])):
            machine = self.machine(TRIXIE)
            machine.fake("dpkg-query", f'case "$*" in *" {missing}") exit 1 ;; esac; echo installed')
            machine.fake("apt-get", 'case "$*" in *install*) exit 7 ;; esac')
            machine.fake("systemctl", "exit 0")
            self.assertEqual(machine.run("true").returncode, 1, "a failed installation stays one")
            self.assertEqual(machine.calls("systemctl"),
                             [f"systemctl --quiet {verb} docker-registry.service" for verb in expected])

    def test_distributions(self):
        for reason, release, kind in [
            ("Debian 12 is too old", BOOKWORM, "root"),
            ("Debian 13", TRIXIE, "debian"),
            ("Debian's unstable has no number", "ID=debian\n", "debian"),
            ("Ubuntu 24.04 is too old", 'ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', "root"),
            ("Ubuntu 25.04 is too old", 'ID=ubuntu\nVERSION_ID="25.04"\n', "root"),
            ("Ubuntu 25.10", 'ID=ubuntu\nVERSION_ID="25.10"\n', "debian"),
            ("Ubuntu 26.04", 'ID=ubuntu\nVERSION_ID="26.04"\n', "debian"),
            ("Debian's kin may lack packages", 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22.1"\n', "root"),
            ("Fedora 42 has an old libcurl", 'ID=fedora\nVERSION_ID=42\n', "root"),
            ("Fedora", 'ID=fedora\nVERSION_ID=43\n', "fedora"),
            ("Arch", "ID=arch\n", "arch"),
            ("something else", "ID=void\n", "root"),
            ("no such file", None, "root"),
        ]:
            with self.subTest(reason), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "os-release")
                if release is not None:
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(release)
                result = subprocess.run(
                    ["bash", "-c", f'. "{PROJECT}/installer/lib/common.sh"; distributionKind'],
                    env={"PATH": os.environ["PATH"], "HOME": folder, "ROADSTEAD_OS_RELEASE": path},
                    capture_output=True, text=True, check=True)
                self.assertEqual(result.stdout.strip(), kind)


if __name__ == "__main__":
    unittest.main()
