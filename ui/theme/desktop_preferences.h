// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace roadstead::ui {

/// What the desktop says about appearance through the settings portal
/// (org.freedesktop.appearance): the parts that Qt does not pass on. Asks without waiting; where no
/// portal answers, nothing changes. GUI thread.
class DesktopPreferences : public QObject
{
    Q_OBJECT
public:
    explicit DesktopPreferences(QObject *parent = nullptr);

    [[nodiscard]] int colorScheme() const { return m_colorScheme; } ///< 1 dark, 2 light, 0 none
    [[nodiscard]] bool wantsHighContrast() const { return m_highContrast; }
    [[nodiscard]] bool wantsReducedMotion() const { return m_reducedMotion; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &key);
    bool take(const QString &key, const QVariant &value);

    int m_colorScheme = 0;
    bool m_highContrast = false;
    bool m_reducedMotion = false;
};

} // namespace roadstead::ui
