// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

class QAction;

namespace roadstead::ui {

/// Every action the palette may offer, in the order of adding. Pages' actions are added and taken
/// away with their page; the shell adds its own. Actions are not owned. GUI thread.
class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    struct Entry
    {
        QPointer<QAction> action;
        QString group; ///< translated
    };

    using QObject::QObject;

    void add(QAction *action, const QString &group);
    void remove(QAction *action);
    /// Those that are alive, visible and have a text.
    [[nodiscard]] QList<Entry> entries() const;

private:
    QList<Entry> m_entries;
};

} // namespace roadstead::ui
