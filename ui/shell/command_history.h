// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"

#include <QAbstractListModel>
#include <QFrame>
#include <QStyledItemDelegate>

class QListView;
class QSortFilterProxyModel;

namespace roadstead::ui {

/// How a command went, in a word or two.
[[nodiscard]] QString resultText(const service::CommandRecord &record);
/// What the engine warned of, as the text of a tool tip; empty when it did not.
[[nodiscard]] QString warningsTip(const service::CommandRecord &record);

/// The session's commands, newest first.
class CommandHistoryModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { LineRole = Qt::UserRole, TimeRole, ResultRole, FailedRole, RunningRole };

    explicit CommandHistoryModel(EngineView *engine, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// All lines, oldest first, as a shell script that sends each to the engine it was for; failed
    /// ones as comments.
    [[nodiscard]] QString script() const;

private:
    void update();
    [[nodiscard]] const service::CommandRecord &at(int row) const;

    EngineView *m_engine;
    QList<service::CommandRecord> m_shown; ///< oldest first, as the history
};

/// Time, command, result; one line each.
class CommandHistoryDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

/// The list with a filter, Failed only, and Copy as script. Enter, Ctrl+C or a double click copies
/// a line.
class CommandHistoryList : public QWidget
{
    Q_OBJECT
public:
    explicit CommandHistoryList(const QString &name, EngineView *engine, QWidget *parent = nullptr);

private:
    void copyCurrent();

    CommandHistoryModel *m_model;
    QSortFilterProxyModel *m_filter;
    QListView *m_view;
};

/// The same in a popup above the command bar.
class CommandHistoryPopup : public QFrame
{
    Q_OBJECT
public:
    explicit CommandHistoryPopup(EngineView *engine, QWidget *parent);
    void popUp(const QWidget *anchor);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace roadstead::ui
