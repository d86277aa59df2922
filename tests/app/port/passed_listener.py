# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands for dockerd 28, run by an interpreter whose program file is dockerd's, in the engine's namespace: binds a port,
starts the forwarder with the listener on descriptor 4 and the status pipe on 3, and checks that clients are answered in
this namespace, through that listener, and in the host's. The service is on 127.0.0.1:4007 here, an echo.
"""
import os
import signal
import socket

FORWARDER = "/usr/libexec/roadstead/roadstead-port"


class Forwarder:
    """Started as dockerd starts it: the status pipe on descriptor 3, the listener on 4."""

    def __init__(self, listener, host_ip, port):
        reading, writing = os.pipe()
        arguments = [FORWARDER, "-proto", "tcp", "-host-ip", host_ip, "-host-port", str(port),
                     "-container-ip", "127.0.0.1", "-container-port", "4007", "-use-listen-fd"]
        # By way of high numbers: one of the two may be 3 or 4 here.
        order = [(os.POSIX_SPAWN_DUP2, writing, 30), (os.POSIX_SPAWN_DUP2, listener.fileno(), 31),
                 (os.POSIX_SPAWN_DUP2, 30, 3), (os.POSIX_SPAWN_DUP2, 31, 4)]
        self.process = os.posix_spawn(FORWARDER, arguments, {}, file_actions=order)
        os.close(writing)
        listener.close()
        self.status = ""
        while part := os.read(reading, 4096):
            self.status += part.decode()
        os.close(reading)

    def end(self):
        """The exit status, after SIGINT."""
        os.kill(self.process, signal.SIGINT)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


def bound(ip, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((ip, port))
    listener.listen()
    return listener


def echo(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"hello")
        client.shutdown(socket.SHUT_WR)
        return client.recv(100)


def main():
    engine = os.open("/proc/self/ns/net", os.O_RDONLY)
    host = os.open("/run/roadstead-engine/host.netns", os.O_RDONLY)
    forwarder = Forwarder(bound("0.0.0.0", 4008), "0.0.0.0", 4008)
    assert forwarder.status == "0\n", forwarder.status
    assert echo(4008) == b"hello", "no answer through the passed listener"
    os.setns(host)
    assert echo(4008) == b"hello", "no answer on the host"
    os.setns(engine)
    assert forwarder.end() == 0, "not ended by SIGINT"
    bound("0.0.0.0", 4008).close()

    # An address of the host, which this namespace does not have.
    forwarder = Forwarder(bound("192.0.2.1", 4009), "192.0.2.1", 4009)
    assert forwarder.status == "0\n", forwarder.status
    assert forwarder.end() == 0

    # Not what was announced.
    forwarder = Forwarder(bound("127.0.0.1", 4010), "0.0.0.0", 4010)
    assert forwarder.status.startswith("1\n") and "0.0.0.0:4010" in forwarder.status, forwarder.status
    print("passed")


main()
