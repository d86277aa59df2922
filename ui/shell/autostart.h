// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <QString>

namespace roadstead::ui {

/// Starting with the session, by the desktops' own rule: a desktop file in the person's autostart
/// folder (XDG autostart specification).
class Autostart
{
public:
    /// `configFolder`: where "autostart" lies, normally QStandardPaths::GenericConfigLocation.
    explicit Autostart(QString configFolder);

    [[nodiscard]] bool isOn() const;
    /// Writes or removes the file, whole or not at all. `minimized` adds --minimized. Fails with
    /// Io.
    Result<void> set(bool on, bool minimized);

private:
    QString m_path;
};

} // namespace roadstead::ui
