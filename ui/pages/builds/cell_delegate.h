// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/list_delegate.h"
#include "ui/theme/tokens.h"

#include <QFont>
#include <QList>

#include <functional>

namespace roadstead::ui {

/// What models of this page's lists say of a cell besides its text.
enum CellRole {
    MarkRole = Qt::UserRole, ///< a StateMark in front of the text, as an int
    BadgeRole,               ///< a word on a tint behind the text
    QuietRole,               ///< true: drawn as what is of no account
    BusyRole                 ///< of the first column; true: the row is under way
};

/// How a column of such a list is drawn.
struct CellLook
{
    FontRole role = FontRole::Body;
    int weight = 0;
    Color tone = Color::Text;
    bool numbers = false; ///< at the end of the cell
};

/// Paints lists whose models say everything about their cells by roles: text, mark, badge.
class CellDelegate final : public ListDelegate
{
    Q_OBJECT
public:
    using Actions = std::function<QList<HoverAction>(const QModelIndex &index)>;

    /// `looks`: one for each column.
    CellDelegate(QList<CellLook> looks, Actions actions, QObject *parent = nullptr);

    [[nodiscard]] QList<HoverAction> hoverActions(const QModelIndex &index) const override;
    [[nodiscard]] QString tip(const QModelIndex &index) const override;
    [[nodiscard]] bool isBusy(const QModelIndex &index) const override;

protected:
    void paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const override;

private:
    QList<CellLook> m_looks;
    Actions m_actions;
};

} // namespace roadstead::ui
