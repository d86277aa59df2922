# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The launcher's life with a real dockerd: start, stop, restart, crashes, failures, the socket, the state file."""

import os
import signal
import socket
import stat
import subprocess
import unittest

from bed import LAUNCHER, WEB, Engine, answer, is_alive, page, processes, read, run, succeeds, wait_for, write


class EngineCase(unittest.TestCase):
    """A test with alice's engine, not started."""

    def setUp(self):
        self.engine = Engine(1001)
        self.addCleanup(self.engine.close)


class Arguments(unittest.TestCase):
    def test_only_a_verb_and_a_real_user_id_are_accepted(self):
        refused = (["run"], ["run", "1001", "more"], ["run", "0"], ["run", "01001"], ["run", "+1001"], ["run", "-1"],
                   ["run", "1001 "], ["run", "0x3e9"], ["run", "alice"], ["run", "4294967295"], ["run", "65535"],
                   ["run", "99999999999"], ["run", ""], ["start", "1001"], ["--help"], [])
        for words in refused:
            with self.subTest(words=words):
                self.assertEqual(subprocess.run([LAUNCHER, *words], capture_output=True).returncode, 64)
        self.assertEqual(subprocess.run([LAUNCHER, "run", "4242"], capture_output=True).returncode, 67)

    def test_only_root_may(self):
        self.assertEqual(subprocess.run(["runuser", "-u", "alice", "--", LAUNCHER, "run", "1001"],
                                        capture_output=True).returncode, 77)

    def test_cleanup_of_nothing_is_no_failure(self):
        self.assertEqual(Engine(1003).cleanup(), 0)
        self.assertEqual(Engine(4242).cleanup(), 0, "also for someone whose account has gone")


class Socket(EngineCase):
    def test_it_is_the_users_alone(self):
        self.engine.start()
        folder, sock = os.lstat("/run/roadstead/1001"), os.lstat(self.engine.socket)
        self.assertEqual((stat.S_IMODE(folder.st_mode), folder.st_uid), (0o700, 1001))
        self.assertEqual((stat.S_IMODE(sock.st_mode), sock.st_uid), (0o600, 1001))
        self.assertTrue(stat.S_ISSOCK(sock.st_mode))
        self.assertEqual(stat.S_IMODE(os.lstat("/run/roadstead").st_mode), 0o755)
        version = ["docker", "-H", f"unix://{self.engine.socket}", "version"]
        self.assertTrue(succeeds("runuser", "-u", "alice", "--", *version))
        denied = subprocess.run(["runuser", "-u", "bob", "--", *version], capture_output=True)
        self.assertNotEqual(denied.returncode, 0)
        self.assertIn(b"permission denied", denied.stderr)

    def test_traps_in_the_users_folder_catch_nobody(self):
        before = read("/etc/passwd")
        traps = {
            "a link to a file of root's": "ln -s /etc/passwd /run/roadstead/1001/engine.sock",
            "a folder with contents": "mkdir -p /run/roadstead/1001/engine.sock/inner",
            "an empty folder": "mkdir /run/roadstead/1001/engine.sock",
            "a dead socket": "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("
                             "\"/run/roadstead/1001/engine.sock\")'",
        }
        for name, command in traps.items():
            with self.subTest(name):
                run("install", "-d", "-m", "755", "/run/roadstead")
                run("install", "-d", "-m", "777", "-o", "alice", "/run/roadstead/1001")
                run("runuser", "-u", "alice", "--", "sh", "-c", command)
                self.engine.start()
                self.assertTrue(stat.S_ISSOCK(os.lstat(self.engine.socket).st_mode))
                self.assertEqual(stat.S_IMODE(os.lstat("/run/roadstead/1001").st_mode), 0o700)
                self.assertEqual(self.engine.stop(), 0)
                self.assertEqual(read("/etc/passwd"), before)
                run("rm", "-rf", "/run/roadstead/1001")

    def test_a_folder_of_someone_else_is_refused(self):
        run("install", "-d", "-m", "755", "/run/roadstead")
        run("install", "-d", "-m", "700", "-o", "bob", "/run/roadstead/1001")
        self.assertEqual(self.engine.launch().process.wait(120), 69)
        self.assertEqual(self.engine.state()["state"], "failed")
        self.assertEqual(os.lstat("/run/roadstead/1001").st_uid, 1002)

    def test_a_restart_makes_a_removed_socket_anew(self):
        self.engine.start()
        os.unlink(self.engine.socket)
        self.engine.signal(signal.SIGHUP)
        wait_for("the socket", lambda: os.path.exists(self.engine.socket))
        self.engine.wait_until("running")
        self.assertTrue(succeeds("docker", "-H", f"unix://{self.engine.socket}", "version"))


class Files(EngineCase):
    def test_state_and_log_can_be_read_by_those_who_may(self):
        self.engine.start()
        self.assertTrue(succeeds("runuser", "-u", "bob", "--", "cat", f"{self.engine.runtime}/state"))
        log = "/var/log/roadstead/1001/engine.log"
        self.assertTrue(succeeds("runuser", "-u", "alice", "--", "cat", log))
        self.assertFalse(succeeds("runuser", "-u", "bob", "--", "cat", log))
        run("usermod", "--append", "--groups", "alice", "bob")
        self.addCleanup(run, "gpasswd", "--delete", "bob", "alice")
        self.assertIn("alice", run("runuser", "-u", "bob", "--", "id", "-Gn"))
        self.assertFalse(succeeds("runuser", "-u", "bob", "--", "cat", log), "a group may be everyone's")
        self.assertFalse(succeeds("runuser", "-u", "bob", "--", "ls", os.path.dirname(log)))
        self.assertFalse(succeeds("runuser", "-u", "alice", "--", "touch", log))
        self.assertFalse(succeeds("runuser", "-u", "alice", "--", "ls", self.engine.data))
        self.assertEqual(int(read(f"{self.engine.runtime}/launcher.pid")), self.engine.process.pid)

    def test_dockerd_itself_approves_of_its_configuration(self):
        self.engine.start()
        written = f"{self.engine.runtime}/daemon.json"
        self.assertIn("configuration OK", run("sh", "-c", f"dockerd --validate --config-file={written} 2>&1"))
        # What it gets for a stop is there only for a moment.
        stop = read(written).replace("true", "false")
        self.assertIn("false", stop)
        write("/tmp/stop.json", stop)
        run("dockerd", "--validate", "--config-file=/tmp/stop.json")

    def test_nothing_of_the_callers_environment_arrives(self):
        self.engine.start(env={"SECRET": "canary", "LD_PRELOAD": "/nowhere.so", "DOCKER_HOST": "tcp://1.2.3.4"})
        variables = read(f"/proc/{self.engine.pid_of('dockerd')}/environ")
        for name in ("SECRET", "LD_PRELOAD", "DOCKER_HOST", "NOTIFY_SOCKET"):
            self.assertNotIn(name, variables)

    def test_systemd_is_told(self):
        path = "/run/notify"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
            receiver.bind(path)
            self.addCleanup(os.unlink, path)
            receiver.settimeout(120)
            said = []

            def listen_for(word):
                while word not in (said[-1] if said else ""):
                    said.append(receiver.recv(4096).decode())

            self.engine.launch(env={"NOTIFY_SOCKET": path})
            listen_for("READY=1")
            self.engine.signal(signal.SIGHUP)
            listen_for("RELOADING=1")
            listen_for("READY=1")
            self.engine.signal(signal.SIGTERM)
            listen_for("STOPPING=1")
        self.assertEqual(self.engine.process.wait(120), 0)


class Life(EngineCase):
    def test_only_one_launcher_works_for_a_user(self):
        self.engine.start()
        self.assertEqual(subprocess.run([LAUNCHER, "run", "1001"], capture_output=True).returncode, 75)
        self.assertEqual(self.engine.cleanup(), 75)
        self.assertTrue(succeeds("docker", "-H", f"unix://{self.engine.socket}", "version"))

    def test_stop_leaves_nothing_but_data_and_log(self):
        self.engine.start().with_image()
        self.engine.run_container("one", "-p", "8080:80", "-v", "data:/data")
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(self.engine.leftovers(), [])
        self.assertEqual(self.engine.state(), {})
        self.assertTrue(os.path.isdir(f"{self.engine.data}/volumes/data"))

    def test_stop_ends_containers_and_start_brings_back_those_with_a_policy(self):
        self.engine.start().with_image()
        for policy in ("no", "always", "unless-stopped"):
            self.engine.run_container(policy, "--restart", policy)
        self.engine.run_container("manual", "--restart", "unless-stopped")
        self.engine.docker("stop", "manual")
        pids = [self.engine.container_pid(name) for name in ("no", "always", "unless-stopped")]
        self.assertEqual(self.engine.stop(), 0)
        self.assertFalse(any(is_alive(pid) for pid in pids))
        self.engine.start()
        wait_for("the containers with a policy",
                 lambda: set(self.engine.docker("ps", "--format", "{{.Names}}").split()) == {"always", "unless-stopped"})
        self.assertEqual(self.engine.docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", "no"), "exited 0")

    def test_stop_does_not_wait_for_ever_for_a_stubborn_container(self):
        self.engine.start().with_image()
        self.engine.run_container("stubborn", "--stop-timeout", "1", command=["sleep", "1000"])
        pid = self.engine.container_pid("stubborn")
        self.assertEqual(self.engine.stop(), 0)
        self.assertFalse(is_alive(pid))

    def test_an_engine_that_ends_while_it_is_stopped_is_not_started_again(self):
        """As at the shutdown of a host without systemd, where every process is asked to end at once."""
        def all_at_once(launcher, dockerd, containerd):
            for pid in (launcher, dockerd, containerd):
                os.kill(pid, signal.SIGTERM)

        def one_of_them(dying):
            def end(launcher, dockerd, containerd):
                # Cannot confirm that it takes its containers along.
                os.kill(dockerd, signal.SIGSTOP)
                os.kill(launcher, signal.SIGTERM)
                self.engine.wait_until("stopping")
                pid = {"dockerd": dockerd, "containerd": containerd}[dying]
                os.kill(pid, signal.SIGKILL)
                wait_for("its end", lambda: not is_alive(pid))
                if pid != dockerd:
                    os.kill(dockerd, signal.SIGCONT)
            return end

        for name, end in (("all at once", all_at_once), ("dockerd", one_of_them("dockerd")),
                          ("containerd", one_of_them("containerd"))):
            with self.subTest(name):
                self.engine.start().with_image()
                container = self.engine.container_pid(self.engine.run_container("some"))
                end(self.engine.process.pid, self.engine.pid_of("dockerd"), self.engine.pid_of("containerd"))
                self.assertEqual(self.engine.process.wait(120), 0, self.engine.log()[-2000:])
                self.assertEqual(self.engine.leftovers(), [])
                self.assertEqual(self.engine.state(), {})
                self.assertFalse(is_alive(container))
                run("sh", "-c", f"rm -rf {self.engine.data}/* /var/log/roadstead/1001")

    def test_restart_keeps_containers_and_the_socket(self):
        self.engine.start().with_image()
        self.engine.run_container("web", "-p", "8080:80", command=WEB)
        before = (self.engine.container_pid("web"), os.lstat(self.engine.socket).st_ino)
        dockerd, containerd = self.engine.pid_of("dockerd"), self.engine.pid_of("containerd")
        self.engine.signal(signal.SIGHUP)
        wait_for("another dockerd", lambda: self.engine.pid_of("dockerd") != dockerd)
        self.engine.wait_until("running", restarts="0")
        self.assertNotEqual(self.engine.pid_of("containerd"), containerd)
        self.assertEqual((self.engine.container_pid("web"), os.lstat(self.engine.socket).st_ino), before)
        self.assertEqual(page("127.0.0.1", 8080), 200)
        self.assertEqual(self.engine.docker("exec", "web", "echo", "yes"), "yes")

    def test_the_engine_has_a_containerd_of_its_own_beside_the_systems(self):
        system = subprocess.Popen(["containerd"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(system.wait)
        self.addCleanup(system.kill)
        wait_for("the system's containerd", lambda: os.path.exists("/run/containerd/containerd.sock"))
        self.engine.start().with_image()
        self.engine.run_container("mine")
        self.assertEqual(len(processes(r"containerd-shim.* -address /run/roadstead-engine/1001/exec/")), 1)
        self.assertNotIn("moby", run("ctr", "namespaces", "list"))


class Crashes(EngineCase):
    def setUp(self):
        super().setUp()
        self.engine.start().with_image()
        self.engine.run_container("kept", "-p", "8080:80", command=WEB)
        self.kept = self.engine.container_pid("kept")

    def assertKept(self):
        self.assertEqual(self.engine.container_pid("kept"), self.kept)
        self.assertEqual(self.engine.docker("exec", "kept", "echo", "yes"), "yes")
        self.assertEqual(page("127.0.0.1", 8080), 200)

    def test_dockerd_comes_back_and_containers_go_on(self):
        os.kill(self.engine.pid_of("dockerd"), signal.SIGKILL)
        self.engine.wait_until("running", restarts="1", exit="SIGKILL")
        self.assertKept()

    def test_containerd_comes_back_and_containers_go_on(self):
        os.kill(self.engine.pid_of("containerd"), signal.SIGKILL)
        self.engine.wait_until("running", restarts="1", exit="SIGKILL")
        self.assertKept()

    def test_another_launcher_takes_over_from_one_that_was_killed(self):
        self.engine.process.kill()
        self.engine.process.wait()
        self.engine.start()
        self.assertKept()
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(self.engine.leftovers(), [])

    def test_a_crash_loop_ends_and_says_so_and_containers_go_on(self):
        for number in range(1, 5):
            os.kill(self.engine.pid_of("dockerd"), signal.SIGKILL)
            self.engine.wait_until("running", restarts=str(number))
        os.kill(self.engine.pid_of("dockerd"), signal.SIGKILL)
        self.engine.wait_until("failed", cause="crash-loop", exit="SIGKILL")
        self.assertEqual(self.engine.process.wait(120), 69)
        self.assertTrue(is_alive(self.kept))
        self.engine.start()
        self.assertKept()

    def test_cleanup_after_everything_was_killed(self):
        for pid in (self.engine.process.pid, self.engine.pid_of("dockerd"), self.engine.pid_of("containerd")):
            os.kill(pid, signal.SIGKILL)
        self.engine.process.wait()
        self.assertEqual(self.engine.cleanup(), 0)
        self.assertEqual(self.engine.leftovers(), [])
        self.assertFalse(is_alive(self.kept))
        self.assertEqual(answer("127.0.0.1", 8080, "/"), 0)
        self.assertFalse(os.path.exists("/run/roadstead-engine/host.netns"))
        self.assertEqual(self.engine.cleanup(), 0, "cleaning up twice is no failure")

    def test_cleanup_after_the_shims_were_killed_too(self):
        self.engine.process.kill()
        self.engine.process.wait()
        for pid in processes(r"^/usr/s?bin/(dockerd|containerd\S*) .*roadstead-engine/1001/"):
            os.kill(pid, signal.SIGKILL)
        self.assertEqual(self.engine.cleanup(), 0)
        self.assertEqual(self.engine.leftovers(), [])
        self.assertFalse(is_alive(self.kept))

    def test_settle_cleans_up_only_after_systemd_had_to_kill(self):
        self.engine.process.kill()
        self.engine.process.wait()
        run("env", "SERVICE_RESULT=signal", LAUNCHER, "settle", "1001")
        self.assertTrue(is_alive(self.kept), "the next launcher takes the container over")
        run("env", "SERVICE_RESULT=timeout", LAUNCHER, "settle", "1001")
        self.assertFalse(is_alive(self.kept))
        self.assertEqual(self.engine.leftovers(), [])


class Failures(EngineCase):
    def replace_dockerd(self, script):
        """Another program in dockerd's place until the end of the test."""
        write("/tmp/dockerd", "#!/bin/sh\n" + script, 0o755)
        run("mount", "--bind", "/tmp/dockerd", "/usr/sbin/dockerd")
        self.addCleanup(run, "umount", "/usr/sbin/dockerd")

    def assertFails(self, **values):
        self.assertEqual(self.engine.launch().process.wait(120), 69, self.engine.log())
        state = self.engine.state()
        self.assertEqual(state["state"], "failed")
        self.assertEqual({key: state.get(key) for key in values}, values, self.engine.log())
        self.assertEqual(self.engine.leftovers(), [])

    def test_dockerd_missing(self):
        os.rename("/usr/sbin/dockerd", "/usr/sbin/dockerd.away")
        self.addCleanup(os.rename, "/usr/sbin/dockerd.away", "/usr/sbin/dockerd")
        self.assertFails(cause="dockerd-missing", subject="dockerd")

    def test_an_engine_in_another_of_the_usual_places(self):
        """What the helper and the window call installed has to start, and its ports have to open."""
        for program in ("dockerd", "containerd"):
            old = run("readlink", "-f", run("which", program).strip()).strip()
            os.rename(old, f"/usr/local/bin/{program}")
            self.addCleanup(os.rename, f"/usr/local/bin/{program}", old)
        self.engine.start().with_image()
        self.engine.run_container("web", "-p", "8080:80", command=WEB)
        self.assertEqual(page("127.0.0.1", 8080), 200)
        self.assertEqual(self.engine.stop(), 0)

    def test_dockerd_in_a_folder_that_others_may_write_is_not_run(self):
        old = run("readlink", "-f", run("which", "dockerd").strip()).strip()
        os.rename(old, "/usr/local/bin/dockerd")
        self.addCleanup(os.rename, "/usr/local/bin/dockerd", old)
        os.chmod("/usr/local/bin", 0o775)
        self.addCleanup(os.chmod, "/usr/local/bin", 0o755)
        self.assertFails(cause="unknown")

    def test_dockerd_too_old(self):
        self.replace_dockerd("echo 'Docker version 19.03.15, build 99e3ed8919'")
        self.assertFails(cause="dockerd-too-old", subject="19.03")

    def test_dockerd_that_others_may_write_is_not_run(self):
        self.replace_dockerd("touch /tmp/was-run; echo 'Docker version 26.1.5, build 1'")
        os.chmod("/tmp/dockerd", 0o775)
        self.assertFails(cause="unknown")
        self.assertFalse(os.path.exists("/tmp/was-run"))

    def test_storage_that_cannot_be_used(self):
        write(f"{self.engine.data}/overlay2", "a file where a folder belongs")
        self.assertFails(cause="data-root-unusable")

    def test_disk_full(self):
        run("mkdir", "-p", self.engine.data)
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", self.engine.data)
        self.addCleanup(run, "umount", self.engine.data)
        run("sh", "-c", f"dd if=/dev/zero of={self.engine.data}/full bs=1k || true")
        self.assertEqual(self.engine.launch().process.wait(120), 69)
        self.assertEqual(self.engine.state()["cause"], "disk-full", self.engine.log())

    def test_dockerd_that_always_ends(self):
        self.replace_dockerd("case $1 in --version) echo 'Docker version 26.1.5, build 1' ;; *) exit 3 ;; esac")
        self.assertFails(cause="crash-loop", exit="3", restarts="4")

    def test_a_failed_engine_can_be_started_when_the_cause_is_gone(self):
        write(f"{self.engine.data}/overlay2", "a file where a folder belongs")
        self.assertFails(cause="data-root-unusable")
        os.unlink(f"{self.engine.data}/overlay2")
        self.engine.start()
        self.assertNotIn("cause", self.engine.state())

    def test_an_engine_that_hangs_at_its_start_can_be_stopped(self):
        self.replace_dockerd("case $1 in --version) echo 'Docker version 26.1.5, build 1' ;; *) exec sleep 1000 ;; esac")
        self.engine.launch()
        wait_for("the sleeping dockerd", lambda: processes(r"^sleep 1000 $"))
        self.assertEqual(self.engine.state()["state"], "starting")
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(self.engine.leftovers(), [])


class Load(EngineCase):
    def test_a_flood_in_the_log_neither_stops_the_engine_nor_fills_the_disk(self):
        self.engine.start().with_image()
        with open(f"/proc/{self.engine.pid_of('dockerd')}/fd/2", "wb", buffering=0) as output:
            line = b"x" * 999 + b"\n"
            for _ in range(40_000):
                output.write(line)
        self.assertEqual(self.engine.docker("run", "--rm", "box", "echo", "yes"), "yes")
        sizes = [os.path.getsize(f"/var/log/roadstead/1001/{name}") for name in os.listdir("/var/log/roadstead/1001")]
        self.assertEqual(len(sizes), 2)
        self.assertLessEqual(sum(sizes), 16 << 20)


if __name__ == "__main__":
    unittest.main(verbosity=2)
