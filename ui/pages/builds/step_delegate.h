// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QStyledItemDelegate>

namespace roadstead::ui {

/// Rows of steps: a state mark (MarkRole of CellRole) in front of the text, a little lower than a
/// list's.
class StepDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// `edge`: free at both ends of a row.
    explicit StepDelegate(int edge, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    [[nodiscard]] int leftOf(const QModelIndex &index) const;
    [[nodiscard]] int rightOf(const QModelIndex &index) const;

    int m_edge;
};

} // namespace roadstead::ui
