// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/step_delegate.h"

#include "ui/pages/builds/cell_delegate.h"
#include "ui/theme/metrics.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace roadstead::ui {

namespace {

constexpr int stepMarkSide = 14;
constexpr int stepRowHeight = 28;

} // namespace

StepDelegate::StepDelegate(int edge, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_edge(edge)
{
}

int StepDelegate::leftOf(const QModelIndex &index) const
{
    return index.column() == 0 ? m_edge : int(space::s2);
}

int StepDelegate::rightOf(const QModelIndex &index) const
{
    const bool isLast = index.column() == index.model()->columnCount() - 1;
    return isLast ? m_edge : int(space::s2);
}

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem full = option;
    initStyleOption(&full, index);
    const int mark = index.data(MarkRole).isValid() ? stepMarkSide + int(space::s2) : 0;
    return {QFontMetrics(full.font).horizontalAdvance(full.text) + leftOf(index) + rightOf(index) +
                mark + 2,
            heightFor(FontRole::Body, stepRowHeight)};
}

void StepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = index.column() == 0 ? ui::font(FontRole::Mono) : figures(FontRole::Small);
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem full = option;
    initStyleOption(&full, index);
    const QString text = full.text;
    full.text.clear();
    const QStyle *style = full.widget != nullptr ? full.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &full, painter, full.widget);
    const auto placed = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    int left = leftOf(index);
    if (const QVariant mark = index.data(MarkRole); mark.isValid()) {
        const QRect box(option.rect.left() + left, option.rect.center().y() - stepMarkSide / 2 + 1,
                        stepMarkSide, stepMarkSide);
        paintStateMark(painter, placed(box), StateMark(mark.toInt()));
        left += stepMarkSide + space::s2;
    }
    const QRect words = option.rect.adjusted(left, 0, -rightOf(index), 0);
    const auto alignment = full.displayAlignment & Qt::AlignHorizontal_Mask;
    painter->save();
    painter->setFont(full.font);
    painter->setPen(color(index.data(QuietRole).toBool() ? Color::Text3 : Color::Text));
    painter->drawText(placed(words),
                      int(QStyle::visualAlignment(option.direction, alignment) | Qt::AlignVCenter |
                          Qt::TextSingleLine),
                      QFontMetrics(full.font).elidedText(text, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace roadstead::ui
