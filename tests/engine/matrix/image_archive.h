// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace roadstead::test {

/// Writes an image of the busybox program as `docker save` would, with `name` ("shop:1"), below
/// `folder`. Yields the path of the archive; empty when a step of it fails.
QString writeImageArchive(const QString &folder, const QString &name);

} // namespace roadstead::test
