// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace roadstead::ui {

/// Has a screen reader say `message` for `source`: toasts, results, changes of state. At most one
/// every 2 s; what comes in between waits, and only the newest of it is said.
void announce(QWidget *source, const QString &message);

} // namespace roadstead::ui
