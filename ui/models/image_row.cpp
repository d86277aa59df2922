// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/image_row.h"

#include "ui/models/container_row.h"
#include "ui/text/display_text.h"

#include <algorithm>
#include <tuple>

namespace roadstead::ui {

namespace {

constexpr std::size_t shortIdDigits = 12;
constexpr std::string_view idPrefix = "sha256:";

/// "1.8.2" before "1.8" before "latest": the tag that says most is the one to be seen.
void sortByTelling(std::vector<std::string> &tags)
{
    std::ranges::sort(tags, {}, [](const std::string &tag) {
        const TagParts parts = splitTag(tag);
        const bool isDefault = parts.tag == "latest";
        return std::tuple(isDefault, -std::ptrdiff_t(parts.tag.size()), std::string_view(tag));
    });
}

} // namespace

bool ImageUser::isAlive() const
{
    using State = docker::ContainerState;
    return state == State::Running || state == State::Paused || state == State::Restarting;
}

TagParts splitTag(std::string_view reference)
{
    const std::size_t digest = reference.find('@');
    const std::string_view named = reference.substr(0, digest);
    const std::size_t colon = named.rfind(':');
    const std::size_t slash = named.rfind('/');
    const bool hasTag =
        colon != std::string_view::npos && (slash == std::string_view::npos || colon > slash);
    return hasTag ? TagParts{named.substr(0, colon), named.substr(colon + 1)} : TagParts{named, {}};
}

ImageRow::ImageRow(const Source &source)
    : summary(*source.image)
    , users(source.users == nullptr ? ImageUsers() : *source.users)
{
    read();
}

ImageRow::ImageRow(const Source &source, const ImageRow &before)
    : ImageRow(source)
{
    pending = before.pending;
    sharedSize = before.sharedSize;
    platform = before.platform;
    // Another tag or digest is another question to the registry.
    const bool isSame =
        before.summary.tags == summary.tags && before.summary.digests == summary.digests;
    news = isSame ? before.news : ImageNews::Unknown;
}

bool ImageRow::matches(const Source &source) const
{
    static const ImageUsers nobody;
    return summary == *source.image && users == (source.users ? *source.users : nobody);
}

void ImageRow::read()
{
    tags = summary.tags;
    sortByTelling(tags);
    if (summary.sharedSize >= 0) {
        sharedSize = summary.sharedSize;
    }
    if (!tags.empty()) {
        const TagParts parts = splitTag(tags.front());
        name = displayText(parts.repository);
        tag = displayText(parts.tag);
    } else if (!summary.digests.empty()) {
        name = displayText(splitTag(summary.digests.front()).repository);
    }
    sortName = naturalSortKey(name);
    sortTag = naturalSortKey(tag);
    QStringList words;
    for (const std::string &each : tags) {
        words.append(displayText(each));
    }
    words.append(name);
    words.append(displayText(summary.id));
    for (const ImageUser &user : users) {
        words.append(displayText(user.name));
    }
    haystack = words.join(u'\n').toCaseFolded();
}

ImageFilter ImageRow::filter() const
{
    return isInUse()      ? ImageFilter::InUse
           : isUntagged() ? ImageFilter::Untagged
                          : ImageFilter::Unused;
}

bool ImageRow::isUsedByRunning() const
{
    return std::ranges::any_of(users, &ImageUser::isAlive);
}

std::int64_t ImageRow::ownSize() const
{
    return sharedSize < 0 ? -1 : std::max<std::int64_t>(0, summary.size - sharedSize);
}

std::string ImageRow::shortId() const
{
    std::string_view digits = summary.id;
    if (digits.starts_with(idPrefix)) {
        digits.remove_prefix(idPrefix.size());
    }
    return std::string(digits.substr(0, shortIdDigits));
}

std::string ImageRow::reference() const
{
    return tags.empty() ? shortId() : tags.front();
}

QString ImageRow::title() const
{
    return displayText(reference());
}

} // namespace roadstead::ui
