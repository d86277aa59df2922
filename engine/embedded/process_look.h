// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace roadstead::embedded {

/// The process id in a file, when that process lives and is the one that is meant: its program is
/// called `program`, and when `argument` is not empty it is among its arguments. Else 0; so a
/// number that has gone to another process since is no sign of life. Where /proc hides other users'
/// processes the number alone has to do.
[[nodiscard]] qint64 livingProcess(const QString &pidFile, const QByteArray &program,
                                   const QByteArray &argument = {});

} // namespace roadstead::embedded
