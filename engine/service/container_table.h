// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"

#include <memory>
#include <vector>

namespace roadstead::service {

using ContainerList = std::shared_ptr<const std::vector<docker::ContainerSummary>>;
using ImageList = std::shared_ptr<const std::vector<docker::ImageSummary>>;

/// `rows` sorted by id as a new list, or `before` itself when nothing differs.
ContainerList replaced(const ContainerList &before, std::vector<docker::ContainerSummary> rows);
ImageList replaced(const ImageList &before, std::vector<docker::ImageSummary> rows);

/// `before` with what the engine answered when it was asked for the containers `asked` only: those
/// are replaced by `rows`, and gone when they are not among them. `before` itself when nothing
/// differs. `asked` is sorted.
ContainerList merged(const ContainerList &before, const std::vector<std::string> &asked,
                     std::vector<docker::ContainerSummary> rows);

} // namespace roadstead::service
