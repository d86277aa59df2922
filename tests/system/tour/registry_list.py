# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour with pushing and registries."""

import contextlib
import os
import subprocess
import tempfile

from canary import kept_secret
from desktop import has_focus, wait_for
from scenario import NONE, as_root, docker

PLACE = "127.0.0.1:5055"
STRANGE_PLACE = "203.0.113.1:5443"
SECRET = "open sesame"
HASH = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW"  # of SECRET


@contextlib.contextmanager
def registry_with_a_password():
    """A docker-registry on this computer that knows mara."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/users", "w", encoding="utf-8") as file:
            file.write(f"mara:{HASH}\n")
        with open(f"{folder}/registry.yml", "w", encoding="utf-8") as file:
            file.write(f"version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {folder}/data\n"
                       f"http:\n  addr: {PLACE}\nauth:\n  htpasswd:\n    realm: harbour\n    path: {folder}/users\n")
        with subprocess.Popen(["docker-registry", "serve", f"{folder}/registry.yml"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as program:
            try:
                yield
            finally:
                program.kill()


def push(tour):
    """Nothing listens where it is to go: the cause and the next step are said, and nothing is lost."""
    desktop = tour.desktop
    desktop.press("ctrl+2")
    desktop.see(identifier="imagesTable")
    desktop.click(desktop.see(containing="harbour/tools ", role="table cell"))
    desktop.press("alt+Return")
    desktop.see(identifier="imagePane")
    desktop.click(desktop.see(identifier="panePushButton"))
    desktop.see(identifier="pushRepository")
    desktop.click(desktop.see(identifier="pushRegistry"))
    desktop.press("ctrl+a")
    desktop.type("localhost:5000")
    desktop.press("Tab")
    verb = desktop.see(identifier="pushVerb")
    desktop.hover(verb)
    command = tour.command_line()
    assert "docker push localhost:5000/harbour/tools:" in command, command
    tour.step("Push image: what will run", command)
    desktop.click(verb)
    desktop.see(containing="Could not push", seconds=60)
    tour.step("A push that could not be, why, and what to do", command)
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")
    desktop.press("Escape")


def fill_push(desktop, image, registry):
    """From the list of images to the form of a push, with where it goes."""
    desktop.press("ctrl+2")
    desktop.see(identifier="imagesTable")
    desktop.click(desktop.see(containing=image, role="table cell"))
    if desktop.look(identifier="imagePane") is None:
        desktop.press("alt+Return")
    desktop.click(desktop.see(identifier="panePushButton"))
    desktop.click(desktop.see(identifier="pushRegistry"))
    desktop.press("ctrl+a")
    desktop.type(registry)
    desktop.press("Tab")


def trust_from_a_push(tour):
    """What the engine does not believe: from its words to where that is set, an administrator's consent, and back."""
    desktop = tour.desktop
    as_root("start-strange-registry")
    fill_push(desktop, "harbour/tools ", STRANGE_PLACE)
    verb = desktop.see(identifier="pushVerb")
    desktop.hover(verb)
    command = tour.command_line()
    assert f"docker push {STRANGE_PLACE}/" in command, command
    desktop.click(verb)
    desktop.see(containing="signed by nobody who is trusted", seconds=60)
    mend = desktop.see(identifier="pushFailureMend")
    wait_for("the keyboard at what mends it", lambda: has_focus(mend))
    tour.step("A push to a registry that nobody trusts", command)
    desktop.press("space")
    desktop.see(identifier="certificateSubject", containing="Pier registry", seconds=30)
    tour.step("Its certificate, before it is trusted", tour.command_line())
    desktop.click(desktop.see(name="Trust this certificate", role="button"))
    again = desktop.see(name="Try again", role="button", seconds=90)
    wait_for("the keyboard at Try again", lambda: has_focus(again))
    with open("/var/lib/roadstead-engine/1001/options", encoding="ascii") as file:
        assert f"certificate={STRANGE_PLACE}" in file.read(), "The engine should have the certificate"
    tour.step("Trusted, and back at the push", command)
    desktop.press("space")
    desktop.see(identifier="pushResultTitle", containing="Pushed", seconds=90)
    tour.step("Pushed to the registry that is trusted now", command)
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")
    desktop.press("Escape")


def registries(tour):
    desktop = tour.desktop
    desktop.press("ctrl+4")
    desktop.see(identifier="accountsCard")
    tour.step("Registries, before any account", NONE)
    with registry_with_a_password(), kept_secret(tour, SECRET, "cosign"):
        desktop.press("ctrl+n")
        desktop.see(identifier="signInRegistry")
        desktop.type(PLACE)
        desktop.press("Tab")
        desktop.type("mara")
        desktop.press("Tab")
        desktop.type("wrong")
        tour.step("Signing in to a registry", f"docker login --username mara --password-stdin {PLACE}")
        desktop.press("Return")
        desktop.see(containing="does not take this user name", seconds=30)
        tour.step("A wrong password", f"docker login --username mara --password-stdin {PLACE}")
        desktop.press("ctrl+a")
        desktop.type(SECRET)
        desktop.press("Return")
        desktop.not_see(identifier="signInRegistry", seconds=30)
        desktop.see(containing=PLACE)
        with open(os.path.expanduser("~/.docker/config.json"), encoding="utf-8") as file:
            assert PLACE in file.read(), "The docker command should have the account"
        desktop.click(desktop.see(identifier="testAccounts"))
        desktop.see(containing="Works", seconds=30)
        desktop.click(desktop.see(identifier="accountBrowse0"))
        desktop.see(containing="no repository yet", seconds=30)
        tour.step("An account that works, and what is in the registry", NONE)
        desktop.click(desktop.see(identifier="browseClose"))
        as_root("offer-registry")
        make_keys(tour)
        digest = push_with_the_account(tour)
        pull_back_by_digest(tour, digest)
    desktop.press("ctrl+1")
    wait_for("the list of containers", lambda: desktop.look(identifier="containersTable"))


def make_keys(tour):
    """A key pair to sign with, whose public half speaks for this registry; unsigned images are refused from now on."""
    desktop = tour.desktop
    folder = tempfile.mkdtemp(prefix="keys-")
    desktop.click(desktop.see(identifier="makeTrustKeys"))
    desktop.click(desktop.see(identifier="keyFolder"))
    desktop.press("ctrl+a")
    desktop.type(folder)
    for field, text in (("keyName", "mara"), ("keyPassword", SECRET), ("keyPasswordAgain", SECRET),
                        ("keyScope", f"{PLACE}/harbour")):
        desktop.click(desktop.see(identifier=field))
        desktop.press("ctrl+a")
        desktop.type(text)
    tour.step("Make a key pair", "cosign generate-key-pair")
    desktop.press("Return")
    desktop.not_see(identifier="keyPairDialog", seconds=30)
    assert sorted(os.listdir(folder)) == ["mara.key", "mara.pub"], os.listdir(folder)
    desktop.click(desktop.see(identifier="trustRefuse"))
    tour.step("Unsigned images are refused", NONE)
    tour.keys = folder


def push_with_the_account(tour):
    """The image that was built; the digest that the registry gave it."""
    desktop = tour.desktop
    fill_push(desktop, "harbour/ship 1.0", PLACE)
    desktop.see(identifier="pushAccount", containing="mara")
    command = tour.command_line()
    tour.step("Push image: with the account", command)
    desktop.click(desktop.see(identifier="pushVerb"))
    desktop.see(identifier="pushResultTitle", containing="Pushed", seconds=60)
    assert f"docker push {PLACE}/harbour/ship:1.0" in command, command
    tour.step("Pushed, and how to name it", command)
    desktop.click(desktop.see(identifier="pushSign"))
    key = desktop.see(identifier="signKey")
    desktop.click(key)
    desktop.press("ctrl+a")
    desktop.type(f"{tour.keys}/mara.key")
    desktop.click(desktop.see(identifier="signPassword"))
    desktop.type(SECRET)
    tour.step("Sign it", NONE)
    desktop.press("Return")
    desktop.not_see(identifier="signImageDialog", seconds=60)
    desktop.see(containing="Signed by mara", seconds=30)
    tour.step("Signed, and verified", NONE)
    name = docker("image", "inspect", "--format", "{{index .RepoDigests 0}}", f"{PLACE}/harbour/ship:1.0").strip()
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")
    desktop.press("Escape")
    return name.split("@")[1]


def pull_back_by_digest(tour, digest):
    """It goes from here, with all its names, and comes back by what cannot change."""
    desktop = tour.desktop
    docker("rmi", "-f", docker("image", "inspect", "--format", "{{.Id}}", "harbour/ship:1.0").strip())
    desktop.not_see(containing="harbour/ship 1.0", role="table cell")
    name = f"{PLACE}/harbour/ship@{digest}"
    desktop.press("ctrl+n")
    desktop.see(identifier="pullImage")
    desktop.press("ctrl+a")
    desktop.type(name)
    verb = desktop.see(identifier="pullVerb")
    desktop.hover(verb)

    def verified_pull():
        line = tour.command_line()
        return line if "cosign verify" in line and f"docker pull {name}" in line else None

    command = wait_for("a command that verifies before it pulls", verified_pull)
    desktop.click(verb)
    desktop.see(containing="is here", seconds=60)
    tour.step("Pulled back by its digest", command)
    assert "planks.txt" in docker("run", "--rm", name)
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")
