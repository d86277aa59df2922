# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sets of their engine: registries without a certificate that is believed, and certificates of their own.

Real dockerd, real registries on an address that is not loopback, to which dockerd is always lenient.
"""

import json
import os
import re
import signal
import subprocess
import unittest

from bed import LAUNCHER, Engine, Network, read, run, succeeds, wait_for, write

HOST = "203.0.113.1"
PLAIN = f"{HOST}:5080"
TRUSTED = f"{HOST}:5443"
OTHER = f"{HOST}:5444"
FOLDER = "/tmp/registries"
MOUNTS = "/etc/docker/certs.d"


def make_certificate(name):
    """A made authority, and a certificate of HOST that it signs."""
    run("sh", "-euc", f"cd {FOLDER}\n"
        "new='openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -batch'\n"
        f"$new -x509 -days 9 -subj /CN={name}-authority -keyout {name}-ca.key -out {name}-ca.pem\n"
        f"$new -x509 -days 9 -subj /CN={name} -keyout {name}.key -out {name}.pem -CA {name}-ca.pem "
        f"-CAkey {name}-ca.key -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=IP:{HOST}\n")


def start_registry(address, certificate=None):
    name = address.replace(":", "-")
    tls = f"  tls:\n    certificate: {FOLDER}/{certificate}.pem\n    key: {FOLDER}/{certificate}.key\n" if certificate else ""
    write(f"{FOLDER}/{name}.yml", f"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {FOLDER}/{name}\n"
          f"http:\n  addr: {address}\n{tls}")
    log = open(f"{FOLDER}/{name}.log", "wb")
    process = subprocess.Popen(["docker-registry", "serve", f"{FOLDER}/{name}.yml"], stdout=log, stderr=log)
    log.close()
    url = f"{'https' if certificate else 'http'}://{address}/v2/"
    wait_for(f"the registry at {address}", lambda: succeeds("curl", "-skfo", "/dev/null", url))
    return process


def options(insecure=(), certificates=()):
    """The text of a file of options; certificates are pairs of a registry and the name of an authority."""
    text = "".join(f"insecure-registry={registry}\n" for registry in insecure)
    return text + "".join(f"certificate={registry}\n" + read(f"{FOLDER}/{name}-ca.pem") for registry, name in certificates)


def configure(text, uid=1001):
    """As the helper does it; the exit status."""
    return subprocess.run([LAUNCHER, "configure", str(uid)], input=text.encode(), capture_output=True, timeout=60).returncode


def own_mounts(engine):
    return os.readlink(f"/proc/{engine.pid_of('dockerd')}/ns/mnt") != os.readlink("/proc/self/ns/mnt")


class OptionsCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(FOLDER, exist_ok=True)
        cls.outside = Network("harbour", HOST, "203.0.113.2")
        make_certificate("quay")
        make_certificate("pier")
        cls.registries = [start_registry(PLAIN), start_registry(TRUSTED, "quay"), start_registry(OTHER, "pier")]

    @classmethod
    def tearDownClass(cls):
        for process in cls.registries:
            process.kill()
            process.wait()
        cls.outside.close()

    def setUp(self):
        self.engine = Engine(1001)
        self.addCleanup(run, "rm", "-rf", "/var/lib/roadstead-engine")
        self.addCleanup(self.engine.close)

    def pushes(self, registry, engine=None):
        """None when an image goes there, else what dockerd says."""
        engine = engine or self.engine
        engine.docker("tag", "box", f"{registry}/box")
        done = subprocess.run(["docker", "-H", f"unix://{engine.socket}", "push", f"{registry}/box"],
                              capture_output=True, timeout=60)
        return None if done.returncode == 0 else done.stderr.decode()

    def builds(self, registry):
        """Whether dockerd's own builder gets an image from there, which has its own way to registries."""
        done = subprocess.run(["docker", "-H", f"unix://{self.engine.socket}", "build", "--pull", "--no-cache", "-"],
                              input=f"FROM {registry}/box\n".encode(), capture_output=True, timeout=120,
                              env={**os.environ, "DOCKER_BUILDKIT": "1"})
        return None if done.returncode == 0 else done.stderr.decode()

    def set(self, text):
        """Sets options and waits until dockerd has them."""
        self.assertEqual(configure(text), 0)
        mark = run("sh", "-c", "sha256sum /var/lib/roadstead-engine/1001/options | head -c 16")
        self.engine.wait_until("running", options=mark)

    def insecure(self):
        found = json.loads(self.engine.docker("info", "--format", "{{json .RegistryConfig.IndexConfigs}}"))
        return {name for name, each in found.items() if not each["Secure"]}


class Insecure(OptionsCase):
    def test_it_is_refused_before_works_with_it_and_is_gone_after(self):
        self.engine.start().with_image()
        self.engine.run_container("kept")
        kept = self.engine.container_pid("kept")
        self.assertIn("server gave HTTP response to HTTPS client", self.pushes(PLAIN))
        self.assertIsNotNone(self.builds(PLAIN))
        self.set(options(insecure=[PLAIN]))
        self.assertEqual(self.insecure(), {PLAIN})
        self.assertIsNone(self.pushes(PLAIN))
        self.assertIsNone(self.builds(PLAIN))
        self.assertIn("certificate", self.pushes(TRUSTED), "no other is believed for it")
        self.set(options())
        self.assertEqual(self.insecure(), set())
        self.assertIn("HTTP response", self.builds(PLAIN))
        self.assertIn("server gave HTTP response to HTTPS client", self.pushes(PLAIN))
        self.assertEqual(self.engine.container_pid("kept"), kept, "containers go on")
        self.assertFalse(own_mounts(self.engine))

    def test_what_was_set_before_holds_from_the_start_and_through_a_restart(self):
        self.assertEqual(configure(options(insecure=[PLAIN])), 0)
        self.engine.start().with_image()
        self.assertIsNone(self.pushes(PLAIN))
        self.engine.signal(signal.SIGHUP)
        self.engine.wait_until("starting")
        self.engine.wait_until("running")
        self.assertIsNone(self.pushes(PLAIN))

    def test_another_users_engine_is_not_concerned(self):
        self.engine.start()
        other = Engine(1002)
        self.addCleanup(other.close)
        other.start().with_image()
        self.set(options(insecure=[PLAIN], certificates=[(TRUSTED, "quay")]))
        self.assertIn("HTTP response", self.pushes(PLAIN, other))
        self.assertIn("certificate", self.pushes(TRUSTED, other))


class Certificates(OptionsCase):
    def test_it_is_refused_before_works_with_it_and_is_gone_after(self):
        self.engine.start().with_image()
        self.engine.run_container("kept")
        kept = self.engine.container_pid("kept")
        self.assertIn("certificate signed by unknown authority", self.pushes(TRUSTED))
        self.assertIsNotNone(self.builds(TRUSTED))
        before = read("/proc/self/mountinfo")
        self.set(options(certificates=[(TRUSTED, "quay")]))
        self.assertTrue(own_mounts(self.engine), self.engine.log()[-2000:])
        self.assertIsNone(self.pushes(TRUSTED), self.engine.log()[-2000:])
        self.assertIsNone(self.builds(TRUSTED))
        self.assertIn("unknown authority", self.pushes(OTHER), "each is believed for its own registry")
        self.assertEqual(self.engine.container_pid("kept"), kept, "the restart that it took keeps containers")
        self.assertEqual(read("/proc/self/mountinfo"), before, "nothing of it is seen outside")
        self.set(options(certificates=[(TRUSTED, "quay"), (OTHER, "pier")]))
        self.assertIsNone(self.pushes(OTHER))
        self.set(options(certificates=[(OTHER, "pier")]))
        self.assertIn("unknown authority", self.pushes(TRUSTED))
        self.assertIn("certificate", self.builds(TRUSTED))
        self.set(options())
        self.assertIn("unknown authority", self.pushes(OTHER))
        self.assertFalse(own_mounts(self.engine), "none are set any more")
        self.assertFalse(os.path.exists(f"{self.engine.runtime}/certs.d"))
        self.assertEqual(self.engine.container_pid("kept"), kept)
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(self.engine.leftovers(), [])

    def test_containers_live_as_ever_beside_an_engine_that_sees_them(self):
        self.assertEqual(configure(options(certificates=[(TRUSTED, "quay")])), 0)
        self.engine.start().with_image()
        self.assertTrue(own_mounts(self.engine), self.engine.log()[-2000:])
        self.engine.run_container("first", "-v", "held:/tmp", "-p", "203.0.113.1:8099:80")
        self.engine.docker("exec", "first", "sh", "-c", "echo here >/tmp/file")
        self.assertTrue(self.engine.fetches("http://203.0.113.2/page"), "new containers reach others")
        self.engine.signal(signal.SIGHUP)
        self.engine.wait_until("starting")
        self.engine.wait_until("running")
        self.assertEqual(self.engine.docker("exec", "first", "cat", "/tmp/file"), "here")
        self.assertEqual(self.engine.docker("run", "--rm", "-v", "held:/tmp", "box", "cat", "/tmp/file"), "here")
        self.engine.docker("rm", "-f", "first")
        self.engine.docker("volume", "rm", "held")
        self.assertEqual(self.engine.docker("ps", "-aq"), "")
        dead = [line for line in read("/proc/self/mountinfo").splitlines() if "/overlay2/" in line]
        self.assertEqual(dead, [], "what dockerd unmounts is unmounted outside, too")
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(self.engine.leftovers(), [])

    def test_the_systems_own_stay_and_are_followed(self):
        run("install", "-D", "-m", "644", f"{FOLDER}/pier-ca.pem", f"{MOUNTS}/{OTHER}/ca.crt")
        self.addCleanup(run, "rm", "-rf", MOUNTS)
        self.engine.start().with_image()
        self.set(options(certificates=[(TRUSTED, "quay")]))
        self.assertIsNone(self.pushes(OTHER))
        self.assertIsNone(self.pushes(TRUSTED))
        # Also of a registry that has both, and what the administrator changes meanwhile.
        self.set(options(certificates=[(OTHER, "quay")]))
        self.assertIsNone(self.pushes(OTHER))
        run("cp", f"{FOLDER}/quay-ca.pem", f"{MOUNTS}/{OTHER}/ca.crt")
        self.assertIn("unknown authority", self.pushes(OTHER))
        self.assertEqual(os.listdir(f"{MOUNTS}/{OTHER}"), ["ca.crt"], "nothing of ours is in the system's folder")

    def test_where_mounts_are_shared_they_stay_shared(self):
        # As systemd has it.
        run("mount", "--make-rshared", "/")
        self.addCleanup(run, "mount", "--make-rprivate", "/")
        self.engine.start().with_image()
        self.set(options(certificates=[(TRUSTED, "quay")]))
        self.assertTrue(own_mounts(self.engine), self.engine.log()[-2000:])
        self.assertIsNone(self.pushes(TRUSTED))
        self.assertFalse(os.path.exists(f"{MOUNTS}/{TRUSTED}"))
        inside = read(f"/proc/{self.engine.pid_of('dockerd')}/mountinfo")
        private = [line for line in inside.splitlines() if "shared:" not in line]
        self.assertEqual({line.split()[4] for line in private}, {MOUNTS, f"{MOUNTS}/.system"})
        # What is mounted later on the host is there for dockerd, and its containers' roots are here.
        os.makedirs("/etc/later", exist_ok=True)
        run("mount", "-t", "tmpfs", "tmpfs", "/etc/later")
        self.addCleanup(run, "umount", "/etc/later")
        self.assertIn(" /etc/later ", read(f"/proc/{self.engine.pid_of('dockerd')}/mountinfo"))
        self.engine.run_container("one", "--mount", "type=bind,source=/etc,target=/tmp,bind-propagation=rshared")
        self.assertIn("/overlay2/", read("/proc/self/mountinfo"))
        self.engine.docker("rm", "-f", "one")
        self.assertNotIn("/overlay2/", read("/proc/self/mountinfo"))


class Refused(OptionsCase):
    def test_what_is_no_options_changes_nothing(self):
        good = options(insecure=[PLAIN])
        self.assertEqual(configure(good), 0)
        pem = read(f"{FOLDER}/quay-ca.pem")
        key = read(f"{FOLDER}/quay-ca.key")
        hostile = {
            "a path": "insecure-registry=../../etc\n",
            "a range": "insecure-registry=0.0.0.0/0\n",
            "a quote": "insecure-registry=a\",\"b\n",
            "a port too high": "insecure-registry=a:65536\n",
            "a scheme": "insecure-registry=http://a\n",
            "another option of dockerd": "runtimes=x\n",
            "a key": f"certificate=a\n{key}",
            "a key behind a certificate": f"certificate=a\n{pem}{key}",
            "a path for a certificate": "certificate=a\n/etc/shadow\n",
            "no certificate": "certificate=a\n",
            "a host with a slash": f"certificate=../a\n{pem}",
            "too many": "".join(f"insecure-registry=r{i}\n" for i in range(65)),
            "too long": "#" * 70000,
        }
        for name, text in hostile.items():
            with self.subTest(name):
                self.assertNotEqual(configure(text), 0)
                self.assertEqual(read("/var/lib/roadstead-engine/1001/options"), good)
        self.assertEqual(os.listdir("/var/lib/roadstead-engine/1001"), ["options"])

    def test_dockerd_is_asked_first(self):
        # A dockerd that finds fault with everything.
        run("mv", "/usr/sbin/dockerd", "/usr/sbin/dockerd.real")
        self.addCleanup(run, "mv", "/usr/sbin/dockerd.real", "/usr/sbin/dockerd")
        write("/usr/sbin/dockerd", "#!/bin/sh\ncase $* in *--version*) exec dockerd.real --version ;; esac\n"
              "cat >/tmp/asked\nprintf '%s\\n' \"$@\" >/tmp/words\nexit 1\n", 0o755)
        self.assertEqual(configure(options(insecure=[PLAIN])), 65)
        self.assertFalse(os.path.exists("/var/lib/roadstead-engine/1001/options"))
        self.assertEqual(json.loads(read("/tmp/asked")), {"live-restore": True, "insecure-registries": [PLAIN]})
        self.assertIn("--validate\n", read("/tmp/words"))

    def test_a_file_that_others_may_write_is_not_used(self):
        self.assertEqual(configure(options(insecure=[PLAIN])), 0)
        os.chmod("/var/lib/roadstead-engine/1001/options", 0o666)
        self.engine.start()
        self.assertEqual(self.insecure(), set())
        self.assertIn("the options of this engine are not used", self.engine.log())

    def test_it_needs_no_right_but_to_write(self):
        # As the helper has it under systemd: root without a capability, and no network.
        text = options(insecure=[PLAIN], certificates=[(TRUSTED, "quay")])
        words = ["unshare", "--net", "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs",
                 "prlimit", "--nproc=128", LAUNCHER, "configure", "1001"]
        done = subprocess.run(words, input=text.encode(), capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(read("/var/lib/roadstead-engine/1001/options"), text)

    def test_only_root_may(self):
        done = subprocess.run(["runuser", "-u", "alice", "--", LAUNCHER, "configure", "1001"], input=b"", capture_output=True)
        self.assertEqual(done.returncode, 77)


if __name__ == "__main__":
    unittest.main(verbosity=2)
