# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour with images."""

from desktop import wait_for
from scenario import NONE, docker


def images(tour):
    """What a terminal makes appears; an image's details, its tags, a file of it, and its end."""
    desktop = tour.desktop
    docker("tag", "harbour/tools:1.0", "harbour/tools:latest")
    docker("tag", "harbour/tools:1.0", "spare/tools:2")
    desktop.press("ctrl+2")
    desktop.see(identifier="imagesTable")
    # The sentence of a row of images; the hidden list of containers names images, too.
    tools = desktop.see(containing="harbour/tools 1.0, 3 tags", role="table cell")
    tour.step("Images", "docker images")
    desktop.click(tools)
    desktop.press("alt+Return")
    beside = desktop.see(identifier="imagePane")
    desktop.see(containing="Layers", within=beside)
    tour.step("An image beside the list", "docker image inspect harbour/tools:1.0")
    tag_image(tour)
    look_into_layers(tour)
    pull_image(tour)
    remove_image(tour)
    desktop.press("ctrl+1")
    desktop.see(identifier="containersTable")


def tag_image(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(identifier="paneTagButton"))
    desktop.see(identifier="newName")
    desktop.press("ctrl+a")
    desktop.type("harbour/tools:kept")
    tour.step("Tag an image", "docker tag harbour/tools:1.0 harbour/tools:kept")
    desktop.press("Return")
    wait_for("the new tag in docker images",
             lambda: "kept" in docker("images", "--format", "{{.Tag}}", "harbour/tools").split())
    desktop.see(containing="harbour/tools kept, 4 tags", role="table cell")
    desktop.press("alt+Return")
    desktop.not_see(identifier="imagePane")


def look_into_layers(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(containing="harbour/tools kept", role="table cell"))
    desktop.press("Return")
    page = desktop.see(identifier="imageDetails")
    desktop.click(desktop.see(name="Layers", role="page tab", within=page))
    desktop.see(containing="busybox, Added", role="table cell", seconds=30)
    tour.step("The layers of an image, and their files", tour.command_line())
    desktop.press("alt+Left")
    desktop.see(identifier="imagesTable")


def pull_image(tour):
    """There is no network here: what that looks like is part of the tour."""
    desktop = tour.desktop
    desktop.press("ctrl+n")
    desktop.see(identifier="pullImage")
    desktop.type("localhost:5000/harbour/none:1")
    verb = desktop.see(identifier="pullVerb")
    desktop.hover(verb)
    command = tour.command_line()
    assert command == "docker pull localhost:5000/harbour/none:1", command
    tour.step("Pull image: what will run", command)
    desktop.click(verb)
    desktop.see(containing="Could not pull", seconds=30)
    tour.step("A pull that could not be", command)
    desktop.press("Escape")
    desktop.see(identifier="imagesTable")


def remove_image(tour):
    desktop = tour.desktop
    desktop.click(desktop.see(containing="harbour/tools kept", role="table cell"))
    desktop.press("Delete")
    desktop.see(identifier="removeImages")
    tour.step("Removing an image in use says what stops it", NONE)
    desktop.press("Escape")
    desktop.not_see(identifier="removeImages")
    desktop.press("Escape")
    docker("commit", "web", "passing/by:1")
    row = desktop.see(containing="passing/by 1", role="table cell")
    desktop.click(row)
    desktop.press("Delete")
    desktop.see(identifier="removeImages")
    tour.step("Removing an unused image", "docker rmi passing/by:1")
    desktop.click(desktop.see(identifier="removeImagesVerb"))
    wait_for("the image gone from docker images",
             lambda: docker("images", "-q", "passing/by").strip() == "")
    desktop.not_see(containing="passing/by", role="table cell")
    desktop.press("Escape")
