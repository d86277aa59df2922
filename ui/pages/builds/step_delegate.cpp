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

QSize StepDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize own = QStyledItemDelegate::sizeHint(option, index);
    const int mark = index.data(MarkRole).isValid() ? stepMarkSide + int(space::s3) : 0;
    return {own.width() + 2 * space::s2 + mark, heightFor(FontRole::Body, stepRowHeight)};
}

void StepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isQuiet = index.data(QuietRole).toBool();
    option->font = index.column() == 0 ? ui::font(FontRole::Mono) : figures(FontRole::Small);
    option->textElideMode = Qt::ElideRight;
    option->palette.setColor(QPalette::Text, color(isQuiet ? Color::Text3 : Color::Text));
}

void StepDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const QVariant mark = index.data(MarkRole);
    if (!mark.isValid()) {
        QStyledItemDelegate::paint(painter, option, index);
        return;
    }
    QStyleOptionViewItem full = option;
    initStyleOption(&full, index);
    const QString text = full.text;
    full.text.clear();
    const QStyle *style = full.widget != nullptr ? full.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &full, painter, full.widget);
    const int left = option.rect.left() + space::s2;
    const QRect box(left, option.rect.center().y() - stepMarkSide / 2 + 1, stepMarkSide,
                    stepMarkSide);
    paintStateMark(painter, QStyle::visualRect(option.direction, option.rect, box),
                   StateMark(mark.toInt()));
    const QRect words =
        option.rect.adjusted(space::s2 + stepMarkSide + space::s2, 0, -space::s2, 0);
    painter->save();
    painter->setFont(full.font);
    painter->setPen(full.palette.color(QPalette::Text));
    painter->drawText(QStyle::visualRect(option.direction, option.rect, words),
                      int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) |
                          Qt::AlignVCenter | Qt::TextSingleLine),
                      QFontMetrics(full.font).elidedText(text, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace roadstead::ui
