// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace roadstead::ui {

/// The filters of the list: each image is in exactly one besides All.
enum class ImageFilter {
    All,
    InUse,   ///< a container is made from it
    Unused,  ///< it has a tag, and no container
    Untagged ///< neither: what rebuilding and pulling anew leave behind
};

/// A command on its way for an image, shown until the engine has confirmed.
enum class ImageWork { None, Tagging, Untagging, Removing };

/// What a look at the registry found for the image's tags.
enum class ImageNews {
    Unknown, ///< not looked, or there is no answer
    Current, ///< the tag still means this image there
    Newer    ///< it means another one now
};

/// A container that is made from an image.
struct ImageUser
{
    std::string id;
    std::string name; ///< as the engine has it, without a slash
    docker::ContainerState state = docker::ContainerState::Unknown;
    bool operator==(const ImageUser &) const = default;

    /// Has processes: then nothing removes the image.
    [[nodiscard]] bool isAlive() const;
};
using ImageUsers = std::vector<ImageUser>;

/// An image of the engine's list with what uses it; both are read at once and not kept.
struct ImageSource
{
    const docker::ImageSummary *image = nullptr;
    const ImageUsers *users = nullptr; ///< sorted by name
};

/// "registry.example:5000/team/web:1.2" in its parts; a name without a tag has an empty one.
struct TagParts
{
    std::string_view repository;
    std::string_view tag;
};
TagParts splitTag(std::string_view reference);

/// An image as the list shows it, all its tags in one row: texts made safe and keys for sorting and
/// filtering made once.
struct ImageRow
{
    using Source = ImageSource;

    explicit ImageRow(const Source &source);
    ImageRow(const Source &source, const ImageRow &before);

    static std::string_view keyOf(const Source &source) { return source.image->id; }
    [[nodiscard]] std::string_view key() const { return summary.id; }
    [[nodiscard]] bool matches(const Source &source) const;

    [[nodiscard]] const std::string &id() const { return summary.id; }
    [[nodiscard]] ImageFilter filter() const;
    [[nodiscard]] bool isUntagged() const { return tags.empty(); }
    [[nodiscard]] bool isInUse() const { return !users.empty(); }
    [[nodiscard]] bool isUsedByRunning() const;
    /// What would be free without it, as far as it is known; -1 = not known.
    [[nodiscard]] std::int64_t ownSize() const;
    /// What a command line names it by: its most telling tag, else its short id.
    [[nodiscard]] std::string reference() const;
    [[nodiscard]] std::string shortId() const; ///< 12 digits
    [[nodiscard]] QString title() const;       ///< reference() as display text

    docker::ImageSummary summary;
    ImageUsers users;
    std::vector<std::string> tags; ///< the most telling one first, as the engine has them
    QString name;                  ///< display text: of the first tag, or of a digest; may be empty
    QString tag;                   ///< display text; empty = none
    QString sortName;              ///< folded, numbers compare as numbers
    QString sortTag;
    QString haystack; ///< folded: tags, id, users

    // Kept when a row is rebuilt.
    ImageWork pending = ImageWork::None;
    std::int64_t sharedSize = -1; ///< bytes it has in common with others; -1 = not known
    QString platform;             ///< display text; empty = not known yet
    ImageNews news = ImageNews::Unknown;

private:
    void read();
};

using ImageRowPointer = std::shared_ptr<const ImageRow>;
using ImageRows = std::vector<ImageRowPointer>;

} // namespace roadstead::ui
