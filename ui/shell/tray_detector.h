// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusServiceWatcher;

namespace roadstead::ui {

/// Whether anything shows tray icons now: a registered StatusNotifier host on the session bus, or
/// an X11 system tray. Asks without waiting; reports once it knows, and on every change. GUI
/// thread.
class TrayDetector : public QObject
{
    Q_OBJECT
public:
    explicit TrayDetector(QObject *parent = nullptr);

    [[nodiscard]] bool isPresent() const { return m_present; }

Q_SIGNALS:
    void found(bool present); ///< the first answer, and each change

private Q_SLOTS:
    void ask();

private:
    void take(bool hostRegistered);

    bool m_present = false;
    bool m_known = false;
};

} // namespace roadstead::ui
