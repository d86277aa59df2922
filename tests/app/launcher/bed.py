# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the live tests of the launcher stand on: engines, a system Docker beside them, hosts outside.

Everything runs on a machine of its own (tests/support/machine). Nothing here waits for a fixed time: wait_for polls a
condition and gives up after a limit, with the engine's log.
"""

import contextlib
import http.client
import io
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import threading
import time

LAUNCHER = "/usr/libexec/roadstead/roadstead-launcher"
# A main process that ends when it is asked to, which a plain sleep as process 1 does not.
WAITING = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1 & wait $!; done"]
# A web server that does so too.
WEB = ["sh", "-c", "trap 'exit 0' TERM; httpd -f -p 80 -h /bin & wait"]
OUTSIDE = "203.0.113.2"


def run(*words, check=True, data=None, timeout=120):
    """Runs a command; its standard output as text."""
    done = subprocess.run(words, input=data, capture_output=True, timeout=timeout)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(words)} ended with {done.returncode}: "
                             f"{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def succeeds(*words):
    return subprocess.run(words, capture_output=True, timeout=120).returncode == 0


def wait_for(what, condition, limit=90.0):
    """The first true value of the condition. The limit is for a busy machine."""
    end = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {limit} s: {what}")
        time.sleep(0.02)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def image():
    """A tar archive with busybox and its usual names, for docker import."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.add("/bin/busybox", "bin/busybox")
        for name in ("sh", "sleep", "httpd", "wget", "nslookup", "cat", "echo", "id", "true", "test", "mkdir", "nc"):
            link = tarfile.TarInfo("bin/" + name)
            link.type = tarfile.SYMTYPE
            link.linkname = "busybox"
            archive.addfile(link)
        folder = tarfile.TarInfo("tmp")
        folder.type = tarfile.DIRTYPE
        folder.mode = 0o1777
        archive.addfile(folder)
    return buffer.getvalue()


def rules():
    """Every firewall rule of the host, without counters and dates, which traffic and time change."""
    text = ""
    for tool in ("iptables-save", "ip6tables-save"):
        text += "".join(line for line in run(tool).splitlines(keepends=True) if not line.startswith("#"))
    text += run("nft", "list", "ruleset")
    text = re.sub(r"\[\d+:\d+\]", "[]", text)
    return re.sub(r"counter packets \d+ bytes \d+", "counter", text)


def is_ours(line):
    """Whether this line is one of the two accepts that an engine adds to DOCKER-USER, as iptables or nft prints it."""
    number = r"(?P<uid>\d+)"
    printed = (rf'-A DOCKER-USER -i rs-{number} -m comment --comment "roadstead (?P=uid)" -j ACCEPT',
               rf'-A DOCKER-USER -o rs-{number} -m conntrack --ctstate RELATED,ESTABLISHED -m comment '
               rf'--comment "roadstead (?P=uid)" -j ACCEPT',
               rf'iifname "rs-{number}"\s+counter accept( comment "roadstead (?P=uid)")?',
               rf'oifname "rs-{number}" ct state related,established\s+counter accept( comment "roadstead (?P=uid)")?')
    return any(re.fullmatch(pattern, line.strip()) for pattern in printed)


def rules_but_ours():
    """The same without what an engine may add: its own table and its accepts in DOCKER-USER, and nothing else."""
    text = re.sub(r"table inet roadstead_\d+ \{.*?\n\}\n", "", rules(), flags=re.DOTALL)
    return "".join(line for line in text.splitlines(keepends=True) if not is_ours(line))


def forwarding():
    """The forwarding switches of every interface that is not ours."""
    result = {}
    for family in ("ipv4", "ipv6"):
        folder = f"/proc/sys/net/{family}/conf"
        for name in os.listdir(folder):
            if not name.startswith("rs-"):
                result[family, name] = read(f"{folder}/{name}/forwarding").strip()
    return result


def command_line(pid):
    """The words of a process; empty when it has ended meanwhile."""
    try:
        return read(f"/proc/{pid}/cmdline").replace("\0", " ")
    except OSError:
        return ""


def processes(pattern):
    """Ids of processes whose command line matches."""
    found = []
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        if pid != os.getpid() and re.search(pattern, command_line(pid)):
            found.append(pid)
    return found


def command_of(pid):
    """The name the kernel shows of a process; empty when it has ended meanwhile."""
    with contextlib.suppress(OSError):
        return read(f"/proc/{pid}/comm").strip()
    return ""


def is_alive(pid):
    try:
        return read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Network:
    """Another machine, behind a link of the host's: a network namespace with a web server."""

    def __init__(self, name, host, address):
        self.name, self.interface = name, name + "0"
        run("ip", "netns", "add", name)
        run("ip", "link", "add", self.interface, "type", "veth", "peer", "name", "eth0", "netns", name)
        run("ip", "address", "add", host + "/24", "dev", self.interface)
        run("ip", "link", "set", self.interface, "up")
        for words in (("address", "add", address + "/24", "dev", "eth0"), ("link", "set", "eth0", "up"),
                      ("link", "set", "lo", "up"), ("route", "add", "default", "via", host)):
            run("ip", "-n", name, *words)
        folder = f"/tmp/{name}"
        write(f"{folder}/page", f"page of {name}")
        self.server = subprocess.Popen(["ip", "netns", "exec", name, "busybox", "httpd", "-f", "-p", "80", "-h", folder])
        wait_for("its web server", lambda: self.fetches(f"http://{address}/page"))

    def advertise(self):
        """Tells the host to use this machine as its IPv6 router for half an hour (RFC 4861, 4.2)."""
        script = ("import socket, struct\n"
                  "s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)\n"
                  "s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)\n"
                  "s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex('eth0'))\n"
                  "s.sendto(struct.pack('>BBHBBHII', 134, 0, 0, 64, 0, 1800, 0, 0), ('ff02::1', 0))\n")
        return succeeds("ip", "netns", "exec", self.name, sys.executable, "-c", script)

    def fetches(self, url):
        return succeeds("ip", "netns", "exec", self.name, "busybox", "wget", "-T", "5", "-qO", "/dev/null", url)

    def close(self):
        self.server.kill()
        self.server.wait()
        run("ip", "link", "delete", self.interface)
        run("ip", "netns", "delete", self.name)


class NameServer:
    """A name server on an address of the host: every name has one IPv4 address."""

    def __init__(self, address, answer):
        self.answer = socket.inet_aton(answer)
        self.asked = []
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind((address, 53))
        self.stream = socket.create_server((address, 53))
        for body in (self._datagrams, self._streams):
            threading.Thread(target=body, daemon=True).start()

    def _reply(self, query):
        end = query.index(b"\0", 12) + 5
        self.asked.append(query[12:end - 5])
        is_a = query[end - 4:end - 2] == b"\0\1"
        record = b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + self.answer if is_a else b""
        return query[:2] + b"\x81\x80\0\1" + struct.pack(">H", is_a) + b"\0\0\0\0" + query[12:end] + record

    def _datagrams(self):
        with contextlib.suppress(OSError):
            while True:
                query, client = self.datagrams.recvfrom(4096)
                if not query:  # shut down
                    return
                self.datagrams.sendto(self._reply(query), client)

    def _streams(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.stream.accept()
                with client:
                    size = struct.unpack(">H", client.recv(2))[0]
                    reply = self._reply(client.recv(size))
                    client.sendall(struct.pack(">H", len(reply)) + reply)

    def close(self):
        for end in (self.datagrams, self.stream):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def set_name_server(address):
    """What this machine's resolv.conf names."""
    subprocess.run(["umount", "/etc/resolv.conf"], capture_output=True)
    with contextlib.suppress(FileNotFoundError):
        os.unlink("/etc/resolv.conf")
    write("/etc/resolv.conf", f"nameserver {address}\n")


class SystemDocker:
    """The distribution's docker.service, without systemd: dockerd with its default places."""

    def __init__(self, publish=None, options=()):
        self.log = open("/tmp/system-dockerd.log", "ab")
        self.process = subprocess.Popen(["dockerd", *options], stdout=self.log, stderr=self.log)
        wait_for("the system's Docker", lambda: succeeds("docker", "version"))
        if publish:
            run("docker", "import", "-", "box", data=image())
            run("docker", "run", "-d", "--name", "web", "-p", f"{publish}:80", "box", *WEB)

    def close(self):
        ids = run("docker", "ps", "-aq", check=False).split()
        if ids:
            run("docker", "rm", "-f", *ids)
        self.process.terminate()
        self.process.wait(120)
        self.log.close()
        for name in ("docker0",):
            subprocess.run(["ip", "link", "delete", name], capture_output=True)
        forget_rules()
        write_kernel("/proc/sys/net/ipv4/ip_forward", "0")
        write_kernel("/proc/sys/net/ipv6/conf/all/forwarding", "0")


def write_kernel(path, value):
    with open(path, "w", encoding="ascii") as file:
        file.write(value)


def forget_rules():
    run("nft", "flush", "ruleset")


class Engine:
    """One user's engine."""

    def __init__(self, uid=1001):
        self.uid = uid
        self.socket = f"/run/roadstead/{uid}/engine.sock"
        self.runtime = f"/run/roadstead-engine/{uid}"
        self.data = f"/var/lib/roadstead/{uid}"
        self.link = f"rs-{uid}"
        self.process = None

    def launch(self, **options):
        """Starts the launcher and does not wait."""
        options.setdefault("env", {"SECRET": "never passed on"})
        self.process = subprocess.Popen([LAUNCHER, "run", str(self.uid)], stderr=subprocess.DEVNULL, **options)
        return self

    def start(self, **options):
        """Starts it and waits until it runs."""
        self.launch(**options)
        self.wait_until("running")
        return self

    def with_image(self):
        self.docker("import", "-", "box", data=image())
        return self

    def state(self):
        """The state file as a dictionary; empty without one, or when its launcher was killed."""
        try:
            state = dict(line.split("=", 1) for line in read(f"{self.runtime}/state").splitlines())
            is_current = state["state"] == "failed" or is_alive(int(read(f"{self.runtime}/launcher.pid")))
            return state if is_current else {}
        except FileNotFoundError:
            return {}

    def wait_until(self, state, **values):
        wanted = {"state": state, **values}
        try:
            return wait_for(f"{wanted}, it is {self.state()}", lambda: wanted.items() <= self.state().items())
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log()[-4000:]}") from None

    def log(self):
        try:
            return read(f"/var/log/roadstead/{self.uid}/engine.log")
        except FileNotFoundError:
            return ""

    def docker(self, *words, **options):
        return run("docker", "-H", f"unix://{self.socket}", *words, **options).strip()

    def run_container(self, name, *options, command=None):
        return self.docker("run", "-d", "--name", name, *options, "box", *(command or WAITING))

    def container_pid(self, name):
        return int(self.docker("inspect", "-f", "{{.State.Pid}}", name))

    def fetches(self, url, *options):
        """Whether a new container gets this page."""
        return succeeds("docker", "-H", f"unix://{self.socket}", "run", "--rm", *options, "box",
                        "wget", "-T", "5", "-qO", "/dev/null", url)

    def inside(self, *words):
        """Runs a command of the host's in the engine's network namespace."""
        return run("nsenter", f"--net={self.runtime}/netns", *words)

    def pid_of(self, program):
        """dockerd or containerd, once there is exactly one."""
        pattern = rf"^/usr/s?bin/{program} .*/run/roadstead-engine/{self.uid}/"
        return wait_for(program, lambda: len(found := processes(pattern)) == 1 and found[0])

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, limit=120):
        """Stops it in order; the launcher's exit status."""
        self.signal(signal.SIGTERM)
        return self.process.wait(limit)

    def cleanup(self):
        return subprocess.run([LAUNCHER, "cleanup", str(self.uid)], capture_output=True, timeout=60).returncode

    def leftovers(self):
        """What is still there of it, in words."""
        found = [f"process {pid}: {command_line(pid)}"
                 for pid in processes(rf"roadstead(-engine)?/{self.uid}/") if is_alive(pid)]
        mounts = read("/proc/self/mountinfo").splitlines()
        found += [line for line in mounts if re.search(rf"roadstead(-engine)?/{self.uid}(/| )", line)]
        if self.link in run("ip", "-br", "link"):
            found.append(self.link)
        if f"roadstead_{self.uid}" in run("nft", "list", "tables"):
            found.append("nft table")
        found += [path for path in (self.socket, f"{self.runtime}/exec", f"{self.runtime}/netns") if os.path.lexists(path)]
        return found

    def close(self):
        """Ends and forgets it, whatever state it is in."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pid in processes(rf"^/usr/s?bin/(dockerd|containerd) .*/run/roadstead-engine/{self.uid}/"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.cleanup() != 0:
            raise AssertionError("cleaning up failed")
        run("sh", "-c", f"rm -rf {self.data}/* /var/log/roadstead/{self.uid} /run/roadstead/{self.uid}")


def page(address, port, path="/busybox"):
    """The status of a web server's answer, 0 when it gives none within half a minute."""
    try:
        return wait_for("an answer", lambda: answer(address, port, path), 30.0)
    except AssertionError:
        return 0


def answer(address, port, path):
    """The status of a web server's answer, 0 when it gives none now."""
    connection = http.client.HTTPConnection(address, port, timeout=3)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()
