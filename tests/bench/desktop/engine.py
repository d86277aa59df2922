# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engines that are measured against: a real dockerd, and the fake engine. Both on a machine of their own."""
import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


class Engine:
    """An Engine API on a unix socket, with the process that answers."""

    def __init__(self, socket_path, process):
        self.socket_path = socket_path
        self.process = process

    def ask(self, method, path, body=None):
        """The decoded answer. Raises on a status that is no success."""
        connection = UnixConnection(self.socket_path)
        data = None if body is None else json.dumps(body)
        connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        if reply.status >= 400:
            raise RuntimeError(f"{method} {path}: {reply.status} {text[:200]!r}")
        return json.loads(text) if text else None

    def wait_until_it_answers(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = UnixConnection(self.socket_path)
                connection.request("GET", "/_ping")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the engine does not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class RealEngine(Engine):
    image = "busybox"

    def __init__(self, folder):
        socket_path = f"{folder}/docker.sock"
        with open(f"{folder}/daemon.json", "w", encoding="utf-8") as file:
            file.write("{}")
        self.log = open(f"{folder}/dockerd.log", "wb")
        process = subprocess.Popen(
            ["dockerd", f"--host=unix://{socket_path}", "--data-root=/var/lib/docker",
             f"--exec-root={folder}/exec", f"--pidfile={folder}/pid", f"--config-file={folder}/daemon.json",
             "--iptables=false", "--ip6tables=false"], stdout=self.log, stderr=self.log)
        super().__init__(socket_path, process)
        self.wait_until_it_answers()
        self.import_image()

    def import_image(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(f"{folder}/bin")
            shutil.copy("/usr/bin/busybox", f"{folder}/bin/busybox")
            tar = subprocess.Popen(["tar", "-C", folder, "-c", "bin"], stdout=subprocess.PIPE)
            self.cli("import", "-", self.image, stdin=tar.stdout)

    def cli(self, *arguments, stdin=None):
        return subprocess.run(["docker", f"--host=unix://{self.socket_path}", *arguments], stdin=stdin,
                              check=True, capture_output=True).stdout.decode().strip()

    def create(self, name):
        body = {"Image": self.image, "Cmd": ["/bin/busybox", "sleep", "100000"],
                "HostConfig": {"NetworkMode": "none"}}
        return self.ask("POST", f"/containers/create?name={name}", body)["Id"]


class FakeEngine(Engine):
    def __init__(self, program, folder, containers, running=0):
        socket_path = f"{folder}/fake.sock"
        process = subprocess.Popen([program, "--socket", socket_path, "--containers", str(containers),
                                    "--running", str(running)])
        super().__init__(socket_path, process)
        self.wait_until_it_answers()


class FakeCgroups:
    """Cgroups with no process in them, one for each id, in whichever version the machine has: what reading the
    files of that many containers costs, without that many containers."""

    def __init__(self, ids):
        version2 = os.path.exists("/sys/fs/cgroup/cgroup.controllers")
        tops = ["/sys/fs/cgroup"] if version2 else ["/sys/fs/cgroup/cpuacct", "/sys/fs/cgroup/memory"]
        self.folders = []
        for top in tops:
            if not os.path.isdir(f"{top}/docker"):
                os.mkdir(f"{top}/docker")
                self.folders.append(f"{top}/docker")
            if version2:
                for level in (top, f"{top}/docker"):
                    with open(f"{level}/cgroup.subtree_control", "w", encoding="ascii") as file:
                        file.write("+cpu +memory")
            for each in ids:
                os.mkdir(f"{top}/docker/{each}")
                self.folders.append(f"{top}/docker/{each}")

    def remove(self):
        for folder in reversed(self.folders):
            os.rmdir(folder)
