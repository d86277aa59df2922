# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour that builds an image: three stages, one of which fails first and is mended in the editor."""

import os
import tempfile

from scenario import NONE, docker

FAILING_LINE = 10
DOCKERFILE = """\
# Three stages: two that are made side by side, and one that takes from both.
FROM harbour/tools:1.0 AS sail
WORKDIR /sail
RUN ["busybox", "sh", "-c", "echo canvas >cloth"]

FROM harbour/tools:1.0 AS hull
ARG WOOD=oak
COPY planks.txt /hull/
RUN ["busybox", "cat", "/hull/planks.txt"]
RUN ["busybox", "false"]

FROM harbour/tools:1.0
COPY --from=sail /sail /ship/sail
COPY --from=hull /hull /ship/hull
CMD ["busybox", "ls", "-R", "/ship"]
"""


def sample_project():
    folder = tempfile.mkdtemp(prefix="ship-")
    for name, text in {"Dockerfile": DOCKERFILE, "planks.txt": "oak\n" * 2000, ".dockerignore": "notes\n",
                       "notes": "left ashore\n" * 5000}.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder


def build_image(tour):
    desktop = tour.desktop
    folder = sample_project()
    desktop.click(desktop.see(name="Builds", role="list item"))
    desktop.see(containing="No builds yet")
    tour.step("Builds: none yet", NONE)
    desktop.press("ctrl+n")
    desktop.click(desktop.see(identifier="buildContext"))
    desktop.type(folder)
    desktop.press("Return")
    desktop.see(identifier="buildSentAmount", containing="files")
    tour.step("Build: what of the folder is sent", tour.command_line())
    desktop.click(desktop.see(identifier="buildNext"))
    desktop.see(identifier="dockerfileEditor")
    tour.step("Build: the Dockerfile", tour.command_line())
    desktop.click(desktop.see(identifier="buildNext"))
    desktop.click(desktop.see(identifier="buildTag0"))
    desktop.type("harbour/ship:1.0")
    tour.step("Build: the options", tour.command_line())
    desktop.click(desktop.see(identifier="buildNext"))
    desktop.see(identifier="buildResultTitle", containing=f"line {FAILING_LINE}", seconds=120)
    tour.step("The build failed, with its line", tour.command_line())
    desktop.click(desktop.see(identifier="showBuildSteps"))
    desktop.see(identifier="buildStages")
    tour.step("The steps of the failed build", tour.command_line())
    mend(tour, folder)


def mend(tour, folder):
    desktop = tour.desktop
    desktop.click(desktop.see(identifier="buildBack"))
    desktop.click(desktop.see(identifier="buildBack"))
    desktop.click(desktop.see(identifier="dockerfileEditor"))
    desktop.press("ctrl+Home", *["Down"] * (FAILING_LINE - 1), "Home", "shift+End")
    desktop.type('RUN ["busybox", "true"]')
    tour.step("The line is mended in the editor", tour.command_line())
    desktop.click(desktop.see(identifier="buildNext"))
    desktop.click(desktop.see(identifier="buildNext"))
    desktop.see(identifier="buildResultTitle", containing="is built", seconds=120)
    tour.step("Built", tour.command_line())
    desktop.click(desktop.see(identifier="showBuildSteps"))
    tour.step("The steps of the build", tour.command_line())
    docker("image", "inspect", "harbour/ship:1.0")
    with open(os.path.join(folder, "Dockerfile"), encoding="utf-8") as file:
        assert '"true"' in file.read(), "The mended Dockerfile was not saved"
    assert "planks.txt" in docker("run", "--rm", "harbour/ship:1.0")
    desktop.press("alt+Left")
    desktop.see(containing="harbour/ship:1.0", role="table cell")
    tour.step("Builds: both are listed", tour.command_line())
    look_around(tour)
    desktop.press("ctrl+1")
    desktop.see(identifier="containersTable")


def look_around(tour):
    """The two builds beside each other, the builders, and what the cache holds."""
    desktop = tour.desktop
    desktop.press("ctrl+a")
    desktop.click(desktop.see(identifier="compareBuilds"))
    desktop.see(identifier="compareVerdict")
    tour.step("Builds: the failed one beside the mended one", tour.command_line())
    desktop.press("alt+Left")
    desktop.click(desktop.see(name="Builders", role="page tab"))
    desktop.see(containing="default", role="table cell")
    tour.step("Builders", "docker buildx ls")
    desktop.click(desktop.see(name="Cache", role="page tab"))
    desktop.see(identifier="cacheTable")
    tour.step("What the cache holds", "docker buildx du")
    desktop.click(desktop.see(name="History", role="page tab"))
    desktop.see(identifier="buildsTable")
