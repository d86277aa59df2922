// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QComboBox>
#include <QLineEdit>
#include <QStringList>
#include <QWidget>

/// Every interactive widget below `root` that lacks an object name or a name for screen readers, or
/// is smaller than 24 × 24 while visible; one line for each. Empty = all is well.
inline QStringList accessibilityFaults(QWidget *root)
{
    QStringList faults;
    const QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const bool interactive = qobject_cast<QAbstractButton *>(widget) != nullptr ||
                                 qobject_cast<QLineEdit *>(widget) != nullptr ||
                                 qobject_cast<QComboBox *>(widget) != nullptr ||
                                 qobject_cast<QAbstractItemView *>(widget) != nullptr;
        // Parts that Qt puts into its own widgets carry Qt's names.
        if (!interactive || widget->objectName().startsWith(QLatin1String("qt_")) ||
            widget->inherits("QLineEditIconButton") || widget->inherits("QHeaderView") ||
            qobject_cast<QLineEdit *>(widget->parentWidget()) != nullptr ||
            (qobject_cast<QLineEdit *>(widget) != nullptr &&
             widget->parentWidget()->inherits("QAbstractSpinBox")) ||
            widget->parentWidget()->inherits("QTabBar")) {
            continue;
        }
        const QString what = QStringLiteral("%1 '%2' in %3")
                                 .arg(QString::fromLatin1(widget->metaObject()->className()),
                                      widget->objectName(), widget->parentWidget()->objectName());
        if (widget->objectName().isEmpty()) {
            faults << what + QStringLiteral(" has no object name");
        }
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        const bool hiddenButton = widget->isHidden();
        if (!hiddenButton &&
            (accessible == nullptr || accessible->text(QAccessible::Name).isEmpty())) {
            faults << what + QStringLiteral(" has no accessible name");
        }
        if (widget->isVisible() && (widget->width() < 24 || widget->height() < 24)) {
            faults << what + QStringLiteral(" is only %1 × %2")
                                 .arg(widget->width())
                                 .arg(widget->height());
        }
    }
    return faults;
}
