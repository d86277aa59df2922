// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/registry_trouble.h"

#include "engine/registry/credentials.h"

#include <array>

namespace roadstead::ui {

namespace {

struct Opening
{
    std::string_view words; ///< before the image's name
    RegistryAct act;
};

/// In what was said of the failure.
constexpr std::array inMessages{
    Opening{"failed to push ", RegistryAct::Push},
    Opening{"failed to resolve source metadata for ", RegistryAct::Pull},
    Opening{"pull access denied for ", RegistryAct::Pull},
};
/// At the beginning of a step: where the engine pushes for buildx, of BuildKit, of both builders.
constexpr std::array inSteps{
    Opening{"pushing ", RegistryAct::Push},
    Opening{"[internal] load metadata for ", RegistryAct::Pull},
    Opening{"FROM ", RegistryAct::Pull},
};

/// The image is the word at the beginning of `text`.
std::optional<RegistryTrouble> troubleWith(std::string_view text, RegistryAct act)
{
    std::string_view image = text.substr(0, text.find_first_of(" ,"));
    if (image.ends_with(':')) {
        image.remove_suffix(1);
    }
    if (image.empty()) {
        return std::nullopt;
    }
    return RegistryTrouble{act, std::string(image), registry::registryOf(image)};
}

std::optional<RegistryTrouble> placeOf(std::string_view message, std::string_view step)
{
    for (const Opening &opening : inMessages) {
        if (const std::size_t at = message.find(opening.words); at != std::string_view::npos) {
            return troubleWith(message.substr(at + opening.words.size()), opening.act);
        }
    }
    for (const Opening &opening : inSteps) {
        if (step.starts_with(opening.words)) {
            return troubleWith(step.substr(opening.words.size()), opening.act);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<RegistryTrouble> registryTroubleOf(std::string_view message, std::string_view step)
{
    auto trouble = placeOf(message, step);
    if (trouble) {
        trouble->cause =
            registry::causeOf({ErrorKind::EngineFailed, 0, std::string(message), "image.build"});
    }
    return trouble && trouble->cause != registry::Cause::Unknown ? trouble : std::nullopt;
}

} // namespace roadstead::ui
