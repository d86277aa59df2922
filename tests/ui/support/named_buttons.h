// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QStringList>

namespace roadstead::ui {

/// Visible buttons that the keyboard reaches and that lack an object name, or both an accessible
/// name and a text; each by what it has. None when all is well.
inline QStringList namelessButtons(const QWidget &window)
{
    QStringList found;
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const bool isNamed = !button->objectName().isEmpty() &&
                             (!button->accessibleName().isEmpty() || !button->text().isEmpty());
        if (button->isVisible() && button->focusPolicy() != Qt::NoFocus && !isNamed) {
            found.append(QStringLiteral("“%1” “%2”").arg(button->objectName(), button->text()));
        }
    }
    return found;
}

} // namespace roadstead::ui
