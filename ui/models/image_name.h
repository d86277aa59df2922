// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/api_request.h"

#include <QString>

#include <string>

/// Names of images as people type them.
namespace roadstead::ui {

/// Why `typed` cannot be a new tag, in words; empty when it can.
QString tagProblem(const QString &typed);
/// The same for what is pulled; a digest is allowed.
QString pullProblem(const QString &typed);
/// What is pulled for a text; one with a problem stays as it is.
docker::ImageName pullNameOf(const std::string &typed);
/// What is tagged for a text; one with a problem stays as it is.
docker::ImageName tagNameOf(const std::string &typed);

} // namespace roadstead::ui
