// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/command.h"
#include "engine/docker/image.h"
#include "ui/models/image_row.h"
#include "ui/text/error_text.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

enum class ImageAction { Run, Push, Save, Tag, Remove };

inline constexpr ImageAction allImageActions[] = {
    ImageAction::Run, ImageAction::Push, ImageAction::Save, ImageAction::Tag, ImageAction::Remove};

/// Whether the action makes sense for the image as it is now.
bool isApplicable(ImageAction action, const ImageRow &row);
/// Whether it is for one image at a time.
bool isForOne(ImageAction action);

QString actionLabel(ImageAction action);      ///< "Remove…"
QString actionIcon(ImageAction action);       ///< a name of ui/theme/icons.cmake
QString actionIdentifier(ImageAction action); ///< for object names: "remove"
/// What hovering it shows in the command bar, with words in capitals where a person will be asked.
QString hintFor(ImageAction action, const ImageRows &rows);

/// What stands in the way of removing an image.
enum class Obstacle {
    None,
    Stopped, ///< only stopped containers are made from it: the engine wants to be told twice
    Running  ///< nothing removes it
};
Obstacle obstacleOf(const ImageRow &row);

/// What removes an image with all its tags; `force` where stopped containers are made from it. The
/// last one deletes, those before it untag.
std::vector<docker::Command> removalOf(const ImageRow &row, bool force);
docker::Command untagging(const std::string &tag);
/// `name` is typed by a person and fit to be one.
docker::Command tagging(const ImageRow &row, const std::string &name);
docker::SaveImages savingOf(const ImageRows &rows);

/// Why an image could not be removed and how to go on: the engine's refusal with the names of what
/// is in the way.
Explanation explainRemoval(const Error &error, const ImageRow &row);

} // namespace roadstead::ui
