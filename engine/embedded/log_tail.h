// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace roadstead::embedded {

/// The last 20 non-empty lines of a text file, each at most 1,000 characters; of a longer file only
/// its last 64 KiB are read. Invalid UTF-8 is replaced. Hostile text: for plain-text sinks only.
/// Empty when the file cannot be read.
[[nodiscard]] QStringList lastLines(const QString &path);

} // namespace roadstead::embedded
