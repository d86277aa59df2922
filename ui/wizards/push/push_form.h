// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"
#include "engine/docker/types.h"

#include <QString>

#include <string>
#include <vector>

/// What is filled in to push an image. Values; no widgets.
namespace roadstead::ui {

struct PushTag
{
    std::string tag{};
    bool isChosen = false;
    bool operator==(const PushTag &) const = default;
};

struct PushForm
{
    std::string image{};      ///< tag or id of an image of the engine, as it names it
    std::string registry{};   ///< "docker.io", "registry.example:5000"
    std::string repository{}; ///< "team/web"
    std::vector<PushTag> tags{};

    [[nodiscard]] std::vector<std::string> chosenTags() const;
    /// What the image is called there.
    [[nodiscard]] docker::ImageName target(const std::string &tag) const;
    bool operator==(const PushForm &) const = default;
};

enum class PushField { Image, Tags, Registry, Repository };

struct PushProblem
{
    PushField field = PushField::Image;
    QString text;
};

/// What keeps it from being pushed, in the order of the fields. `isHere`: the engine has the image.
std::vector<PushProblem> pushProblems(const PushForm &form, bool isHere);

/// The form for an image that is here: the registry and name its tag has, or Docker Hub; its tags.
/// `tag` is the one to push, or an id where it has none.
PushForm pushFormOf(const docker::ImageSummary &image, const std::string &tag);

/// The repository to begin with: `path` as it is where it can be one, below the account at
/// registries that want this.
std::string suggestedRepository(const std::string &path, const std::string &registry,
                                const std::string &user);

} // namespace roadstead::ui
