# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine's network with a real dockerd, and a real system Docker beside it: rules, ways out, names, ports."""

import contextlib
import os
import signal
import subprocess
import sys
import unittest

from bed import (OUTSIDE, WEB, Engine, NameServer, Network, SystemDocker, command_of, forget_rules, forwarding, page, read,
                 rules, rules_but_ours, run, set_name_server, succeeds, wait_for, write,
                 write_kernel)


class NetworkCase(unittest.TestCase):
    """A test with an outside host and alice's engine, not started."""

    def setUp(self):
        self.outside = Network("outside", "203.0.113.1", OUTSIDE)
        self.addCleanup(self.outside.close)
        self.engine = Engine(1001)
        self.addCleanup(self.engine.close)

    def system_docker(self, **options):
        docker = SystemDocker(**options)
        self.addCleanup(docker.close)
        return docker

    def assertReachesOutside(self, engine=None):
        self.assertTrue((engine or self.engine).fetches(f"http://{OUTSIDE}/page"))


class BesideTheSystemsDocker(NetworkCase):
    def test_its_exception_does_not_hide_another_firewall(self):
        self.system_docker()
        run("nft", "add", "table", "inet", "mine")
        run("nft", "add", "chain", "inet", "mine", "through", "{ type filter hook forward priority 0 ; policy drop ; }")
        self.engine.start()
        self.engine.wait_until("running", note="forward-blocked")
        run("nft", "delete", "table", "inet", "mine")
        wait_for("the note to go", lambda: "note" not in self.engine.state())

    def test_the_systems_rules_and_ports_stay_through_start_use_and_stop(self):
        self.system_docker(publish="7070")
        before = rules()
        self.assertIn(":FORWARD DROP", before)
        self.engine.start().with_image()
        self.assertEqual(rules_but_ours(), before)
        self.assertNotEqual(rules(), before)
        self.engine.docker("network", "create", "mine")
        self.engine.run_container("web", "--network", "mine", "-p", "8080:80", command=WEB)
        self.assertReachesOutside()
        self.assertEqual(rules_but_ours(), before)
        self.assertEqual((page("127.0.0.1", 7070), page("127.0.0.1", 8080)), (200, 200))
        self.engine.signal(signal.SIGHUP)
        self.engine.wait_until("starting")
        self.engine.wait_until("running")
        self.assertEqual(rules_but_ours(), before)
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(rules(), before)
        self.assertEqual(page("127.0.0.1", 7070), 200)

    def test_the_systems_rules_and_ports_stay_through_a_crash(self):
        self.system_docker(publish="7070")
        before = rules()
        self.engine.start().with_image()
        self.engine.run_container("web", "-p", "8080:80", command=WEB)
        for pid in (self.engine.process.pid, self.engine.pid_of("dockerd"), self.engine.pid_of("containerd")):
            with contextlib.suppress(ProcessLookupError):  # it may have gone with the one before
                os.kill(pid, signal.SIGKILL)
        self.engine.process.wait()
        self.assertEqual(rules_but_ours(), before)
        self.assertEqual(page("127.0.0.1", 7070), 200)
        self.assertEqual(self.engine.cleanup(), 0)
        self.assertEqual(rules(), before)
        self.assertEqual(page("127.0.0.1", 7070), 200)

    def test_its_addresses_are_not_taken(self):
        self.system_docker()
        run("docker", "network", "create", "--subnet", "172.30.0.0/16", "theirs")
        self.addCleanup(run, "docker", "network", "rm", "theirs")
        self.engine.start()
        gateway = self.engine.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "bridge")
        self.assertEqual(gateway, "172.29.0.0/18")

    def test_one_that_starts_later_finds_all_as_if_alone_and_does_not_shut_us_off(self):
        alone = SystemDocker()
        expected = rules()
        alone.close()
        self.engine.start().with_image()
        self.assertReachesOutside()
        self.system_docker()
        wait_for("our accept in its chain", lambda: rules().count('--comment "roadstead 1001"') == 2)
        self.assertEqual(rules_but_ours(), expected)
        self.assertReachesOutside()
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(rules(), expected)

    def test_a_rule_that_was_taken_away_comes_back(self):
        self.system_docker()
        self.engine.start().with_image()
        run("iptables", "-w", "-F", "DOCKER-USER")
        wait_for("our accept", lambda: rules().count('--comment "roadstead 1001"') == 2)
        run("nft", "delete", "table", "inet", "roadstead_1001")
        wait_for("our table", lambda: succeeds("nft", "list", "table", "inet", "roadstead_1001"))
        self.assertReachesOutside()


class WithoutTheSystemsDocker(NetworkCase):
    def test_only_our_own_way_is_opened_and_it_is_closed_again(self):
        other = Network("other", "198.51.100.1", "198.51.100.2")
        self.addCleanup(other.close)
        before = forwarding()
        self.assertEqual(before["ipv4", "all"], "0")
        self.engine.start().with_image()
        self.assertReachesOutside()
        self.assertTrue(self.engine.fetches("http://198.51.100.2/page"))
        self.assertEqual(forwarding()["ipv4", "all"], "0", "a Docker that starts later must find it off")
        self.assertFalse(other.fetches(f"http://{OUTSIDE}/page"), "the host is no router for others")
        address = self.engine.inside("ip", "-4", "-br", "address", "show", "uplink0").split()[2].split("/")[0]
        self.assertFalse(other.fetches(f"http://{address}/"), "nobody outside gets into the engine's network")
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(forwarding(), before)
        self.assertEqual(rules(), "")

    def test_a_network_that_comes_later_is_reached(self):
        self.engine.start().with_image()
        later = Network("later", "198.51.100.1", "198.51.100.2")
        self.addCleanup(later.close)
        wait_for("forwarding there", lambda: forwarding()["ipv4", later.interface] == "1")
        self.assertTrue(self.engine.fetches("http://198.51.100.2/page"))

    def test_it_is_said_when_the_hosts_firewall_has_no_place_for_us(self):
        run("iptables", "-w", "-P", "FORWARD", "DROP")
        self.addCleanup(forget_rules)
        self.engine.start()
        self.engine.wait_until("running", note="forward-blocked")
        self.assertIn("drops forwarded packets", self.engine.log())
        run("iptables", "-w", "-P", "FORWARD", "ACCEPT")
        wait_for("the note to go", lambda: "note" not in self.engine.state())

    def test_it_is_said_of_a_plain_nftables_firewall_too(self):
        self.addCleanup(forget_rules)
        self.engine.start()
        self.assertNotIn("note", self.engine.state())
        run("nft", "add", "table", "inet", "mine")
        run("nft", "add", "chain", "inet", "mine", "through", "{ type filter hook forward priority 0 ; policy drop ; }")
        self.engine.wait_until("running", note="forward-blocked")
        self.assertIn("see inet mine through", self.engine.log())
        run("nft", "add", "rule", "inet", "mine", "through", "iifname", '"rs-*"', "accept")
        wait_for("the note to go", lambda: "note" not in self.engine.state())


class Ipv6(NetworkCase):
    """On a host that has its IPv6 default route from a router's advertisements."""

    def setUp(self):
        super().setUp()
        run("ip", "link", "add", "kept0", "type", "bridge")
        self.addCleanup(run, "ip", "link", "delete", "kept0")
        write_kernel("/proc/sys/net/ipv6/conf/kept0/forwarding", "1")
        self.before = forwarding()
        self.assertEqual([self.before["ipv6", name] for name in ("all", "default", "kept0", "outside0")],
                         ["0", "0", "1", "0"])
        wait_for("a default route", lambda: self.outside.advertise() and self.default_route())

    def default_route(self):
        return "proto ra" in run("ip", "-6", "route", "show", "default")

    def accepts_advertisements(self):
        return [read(f"/proc/sys/net/ipv6/conf/{name}/accept_ra").strip() for name in ("outside0", "kept0", "default")]

    def test_routes_and_switches_stay(self):
        accepting = self.accepts_advertisements()
        self.engine.start()
        self.assertEqual(forwarding()["ipv6", "all"], "1")
        self.assertEqual({**forwarding(), ("ipv6", "all"): "0", ("ipv4", "outside0"): "0"}, self.before)
        self.assertTrue(self.default_route())
        self.assertEqual(self.accepts_advertisements(), accepting)
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(forwarding(), self.before)
        self.assertTrue(self.default_route())
        self.assertEqual(self.accepts_advertisements(), accepting)

    def test_a_docker_that_forwards_ipv6_meanwhile_goes_on(self):
        self.engine.start()
        self.system_docker(options=("--ipv6", "--fixed-cidr-v6", "2001:db8:1::/64"))
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual([forwarding()["ipv6", name] for name in ("all", "default")], ["1", "1"])


class TwoUsers(NetworkCase):
    def test_they_do_not_notice_each_other(self):
        other = Engine(1002)
        self.addCleanup(other.close)
        self.engine.launch()
        other.launch()
        for engine in (self.engine, other):
            engine.wait_until("running")
            engine.with_image()
        links = [run("ip", "-4", "-br", "address", "show", engine.link).split()[2] for engine in (self.engine, other)]
        self.assertNotEqual(*links)
        self.engine.run_container("web", "-p", "8080:80", command=WEB)
        other.run_container("web", "-p", "8081:80", command=WEB)
        self.assertEqual((page("127.0.0.1", 8080), page("127.0.0.1", 8081)), (200, 200))
        for engine in (self.engine, other):
            self.assertReachesOutside(engine)
        self.assertEqual(self.engine.docker("ps", "-q").count("\n"), 0, "each sees only its own containers")
        inside = self.engine.inside("ip", "-4", "-br", "address", "show", "uplink0").split()[2].split("/")[0]
        self.assertFalse(other.fetches(f"http://{inside}:8080/busybox"))
        taken = subprocess.run(["docker", "-H", f"unix://{other.socket}", "run", "--rm", "-p", "8080:80", "box", "true"],
                               capture_output=True)
        self.assertIn(b"address already in use", taken.stderr)
        self.assertEqual(self.engine.stop(), 0)
        self.assertTrue(os.path.exists("/run/roadstead-engine/host.netns"))
        self.assertEqual(page("127.0.0.1", 8081), 200)
        self.assertReachesOutside(other)
        self.assertEqual(other.stop(), 0)
        self.assertFalse(os.path.exists("/run/roadstead-engine/host.netns"))
        self.assertEqual(rules(), "")


class Names(NetworkCase):
    def setUp(self):
        super().setUp()
        self.before = read("/etc/resolv.conf")
        self.addCleanup(lambda: write("/etc/resolv.conf", self.before))

    def serve(self, address, answer=OUTSIDE):
        server = NameServer(address, answer)
        self.addCleanup(server.close)
        return server

    def test_containers_and_dockerd_resolve_through_a_server_on_the_hosts_loopback(self):
        self.serve("127.0.0.53")
        set_name_server("127.0.0.53")
        self.engine.start().with_image()
        self.assertTrue(self.engine.fetches("http://registry.example/page"))
        self.engine.docker("network", "create", "mine")
        self.assertTrue(self.engine.fetches("http://registry.example/page", "--network", "mine"))
        found = self.engine.inside(sys.executable, "-c",
                                   "import socket; print(socket.gethostbyname('registry.example'))")
        self.assertEqual(found.strip(), OUTSIDE, "dockerd itself asks here when it pulls")

    def test_the_hosts_servers_are_followed_when_they_change(self):
        self.serve("127.0.0.53", "192.0.2.1")
        set_name_server("127.0.0.53")
        self.engine.start().with_image()
        self.engine.run_container("long")
        self.assertIn("192.0.2.1", self.engine.docker("exec", "long", "nslookup", "a.example"))
        self.serve("203.0.113.1", "192.0.2.2")
        set_name_server("203.0.113.1")
        self.assertIn("192.0.2.2", self.engine.docker("exec", "long", "nslookup", "a.example"))

    def test_the_next_server_is_asked_when_one_is_silent(self):
        self.serve("127.0.0.54")
        write("/etc/resolv.conf", "nameserver 127.0.0.55\nnameserver 127.0.0.54\n")
        self.engine.start().with_image()
        self.assertTrue(self.engine.fetches("http://registry.example/page"))

    def test_long_answers_come_over_tcp(self):
        self.serve("127.0.0.53")
        set_name_server("127.0.0.53")
        self.engine.start()
        script = ("import socket, struct, sys\n"
                  "query = b'\\0\\7\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\1a\\7example\\0\\0\\1\\0\\1'\n"
                  "c = socket.create_connection(('127.0.0.53', 53), 5)\n"
                  "c.sendall(struct.pack('>H', len(query)) + query)\n"
                  "print(socket.inet_ntoa(c.recv(512)[-4:]))\n")
        self.assertEqual(self.engine.inside(sys.executable, "-c", script).strip(), OUTSIDE)

    def test_the_host_has_a_name_and_answers_there(self):
        write("/tmp/host/page", "the host's")
        server = subprocess.Popen(["busybox", "httpd", "-f", "-p", "8090", "-h", "/tmp/host"])
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)
        self.assertEqual(page("127.0.0.1", 8090, "/page"), 200)
        self.engine.start().with_image()
        for options in ((), ("--add-host", "host.docker.internal:host-gateway")):
            self.assertTrue(self.engine.fetches("http://host.docker.internal:8090/page", *options))

    def test_the_relay_runs_as_nobody_and_comes_back(self):
        self.serve("127.0.0.53")
        set_name_server("127.0.0.53")
        self.engine.start().with_image()

        def relay():
            launcher = self.engine.process.pid
            children = read(f"/proc/{launcher}/task/{launcher}/children").split()
            return [pid for pid in children if command_of(pid) == "roadstead-names"]

        first = wait_for("the relay", relay)
        status = read(f"/proc/{first[0]}/status")
        self.assertIn("Uid:\t65534\t65534\t65534\t65534", status)
        self.assertIn("CapEff:\t0000000000000000", status)
        self.assertIn("NoNewPrivs:\t1", status)
        os.kill(int(first[0]), signal.SIGKILL)
        wait_for("another relay", lambda: relay() not in ([], first))
        self.assertTrue(self.engine.fetches("http://registry.example/page"))


class LoopbackPorts(NetworkCase):
    def setUp(self):
        super().setUp()
        for port in (5000, 5001):
            write(f"/tmp/port{port}/page", "loopback")
            server = subprocess.Popen(["busybox", "httpd", "-f", "-p", f"127.0.0.1:{port}", "-h", f"/tmp/port{port}"])
            self.addCleanup(server.wait)
            self.addCleanup(server.kill)
            self.assertEqual(page("127.0.0.1", port, "/page"), 200)
        self.options = "/etc/roadstead/1001.conf"
        self.addCleanup(lambda: os.path.exists(self.options) and os.unlink(self.options))

    def reaches(self, port):
        return succeeds("nsenter", f"--net={self.engine.runtime}/netns", "busybox", "wget", "-T", "2", "-qO", "/dev/null",
                        f"http://127.0.0.1:{port}/page")

    def test_the_listed_ones_are_reached_and_no_others(self):
        write(self.options, "# a registry\nloopback-ports=5000\n")
        self.engine.start()
        self.assertTrue(self.reaches(5000))
        self.assertFalse(self.reaches(5001))
        write(self.options, "loopback-ports=5001\n")
        self.engine.signal(signal.SIGHUP)
        self.engine.wait_until("starting")
        self.engine.wait_until("running")
        self.assertTrue(self.reaches(5001))
        self.assertFalse(self.reaches(5000))

    def test_a_list_that_others_may_write_or_that_is_no_list_is_not_used(self):
        for text, mode in (("loopback-ports=5000\n", 0o666), ("loopback-ports=5000,65536\n", 0o644),
                           ("loopback-ports=5000;reboot\n", 0o644)):
            with self.subTest(text=text, mode=mode):
                write(self.options, text, mode)
                self.engine.start()
                self.assertFalse(self.reaches(5000))
                self.assertIn("options not used", self.engine.log())
                self.assertEqual(self.engine.stop(), 0)


class OtherFirewalls(NetworkCase):
    """firewalld and ufw are not on this machine: programs of their names write down what they are asked."""

    def stand_in(self, path, script):
        write(path, "#!/bin/sh\n" + script, 0o755)
        self.addCleanup(os.unlink, path)

    def test_ufw_gets_a_route_rule_and_gives_it_back(self):
        write("/etc/ufw/ufw.conf", "# ufw\nENABLED=yes\n")
        write("/etc/ufw/user.rules", "*filter\n")
        self.addCleanup(run, "rm", "-r", "/etc/ufw")
        self.stand_in("/usr/sbin/ufw", 'echo "$*" >>/tmp/ufw.calls\ncase "$*" in\n'
                      "'route allow in on rs-1001') echo '-A ufw-user-forward -i rs-1001 -j ACCEPT' >>/etc/ufw/user.rules ;;\n"
                      "'route delete allow in on rs-1001') echo '*filter' >/etc/ufw/user.rules ;;\nesac\n")
        self.engine.start()
        self.assertEqual(read("/tmp/ufw.calls"), "route allow in on rs-1001\n")
        self.assertEqual(self.engine.stop(), 0)
        self.assertEqual(read("/tmp/ufw.calls").splitlines()[1:], ["route delete allow in on rs-1001"])

    def test_firewalld_gets_the_link_into_a_zone_and_back(self):
        self.stand_in("/usr/bin/firewall-cmd", 'echo "$*" >>/tmp/firewall.calls\ncase "$*" in\n'
                      "--state) echo running ;;\n"
                      "--get-zone-of-interface=rs-1001) cat /tmp/zone 2>/dev/null || exit 2 ;;\n"
                      "*--change-interface=*) echo trusted >/tmp/zone ;;\n*--remove-interface=*) rm /tmp/zone ;;\nesac\n")
        self.engine.start()
        self.assertEqual(read("/tmp/zone").strip(), "trusted")
        self.assertEqual(self.engine.stop(), 0)
        self.assertFalse(os.path.exists("/tmp/zone"))
        changes = [line for line in read("/tmp/firewall.calls").splitlines() if "-interface=rs-1001" in line
                   and not line.startswith("--get")]
        self.assertEqual(changes, ["--zone=trusted --change-interface=rs-1001", "--zone=trusted --remove-interface=rs-1001"])

    def test_dockerd_does_not_hand_its_rules_to_firewalld(self):
        write("/etc/dbus-1/system.d/firewalld.conf",
              '<busconfig><policy user="root"><allow own="org.fedoraproject.FirewallD1"/></policy>'
              '<policy context="default"><allow send_destination="org.fedoraproject.FirewallD1"/></policy></busconfig>')
        run("dbus-send", "--system", "--print-reply", "--dest=org.freedesktop.DBus", "/",
            "org.freedesktop.DBus.ReloadConfig")
        script = ("import dbus, dbus.service, dbus.mainloop.glib\nfrom gi.repository import GLib\n"
                  "dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)\nbus = dbus.SystemBus()\n"
                  "def seen(_, message):\n"
                  "    if message.get_destination() and message.get_interface() not in (None, 'org.freedesktop.DBus'):\n"
                  "        open('/tmp/bus.calls', 'a').write(f'{message.get_member()}\\n')\n"
                  "bus.add_message_filter(seen)\n"
                  "name = dbus.service.BusName('org.fedoraproject.FirewallD1', bus)\n"
                  "print('ready', flush=True)\nGLib.MainLoop().run()\n")
        fake = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        self.addCleanup(fake.wait)
        self.addCleanup(fake.stdout.close)
        self.addCleanup(fake.kill)
        self.assertEqual(fake.stdout.readline(), b"ready\n")
        self.engine.start()
        self.assertFalse(os.path.exists("/tmp/bus.calls"))
        # A dockerd that sees the bus does ask. The stand-in gives it no answer, so it gets no further.
        other = subprocess.Popen(["dockerd"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(forget_rules)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        wait_for("its call", lambda: os.path.exists("/tmp/bus.calls"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
