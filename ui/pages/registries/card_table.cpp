// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/card_table.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

std::pair<QWidget *, QHBoxLayout *> tableRow(bool isHead)
{
    auto *row = new Surface(Color::BgSurface);
    row->setFill(isHead ? Color::BgSunken : Color::BgSurface);
    row->setLines(Qt::TopEdge);
    row->setMinimumHeight(heightFor(FontRole::Body, isHead ? size::tableHeader : size::row));
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(space::s3, 0, space::s2, 0);
    line->setSpacing(space::s2);
    return {row, line};
}

QWidget *headRow(const QList<std::pair<QString, int>> &columns, int tail)
{
    const auto [row, line] = tableRow(true);
    for (const auto &[text, share] : columns) {
        line->addWidget(new ElidedLabel(text, FontRole::Small, Color::Text2), share);
    }
    line->addSpacing(scaled(tail));
    return row;
}

QWidget *markedCell(StateMark mark, const QString &text, Color tone, const QString &tip)
{
    auto *cell = new QWidget;
    auto *line = new QHBoxLayout(cell);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s1 + 2);
    line->addWidget(new MarkLabel(mark));
    auto *words = new ElidedLabel(text, FontRole::Body, tone);
    line->addWidget(words, 1);
    cell->setToolTip(plainTip(tip));
    return cell;
}

QWidget *newRows(Card *card, QWidget *before)
{
    delete before;
    auto *rows = new QWidget;
    auto *column = new QVBoxLayout(rows);
    column->setContentsMargins(1, 0, 1, 1); // inside the card's line
    column->setSpacing(0);
    card->body()->addWidget(rows);
    return rows;
}

KeptFocus::KeptFocus(QWidget *const &rows)
    : m_rows(rows)
{
    const QWidget *focused = rows != nullptr ? rows->window()->focusWidget() : nullptr;
    if (focused != nullptr && rows->isAncestorOf(focused)) {
        m_name = focused->accessibleName();
    }
}

KeptFocus::~KeptFocus()
{
    if (!m_name) {
        return;
    }
    QWidget *first = nullptr;
    for (QWidget *widget : m_rows->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isEnabled()) {
            continue;
        }
        first = first == nullptr ? widget : first;
        if (widget->accessibleName() == *m_name) {
            first = widget;
            break;
        }
    }
    if (first != nullptr) {
        first->setFocus(Qt::OtherFocusReason);
    }
}

void addTableCell(QHBoxLayout *line, QWidget *cell, int share)
{
    cell->setMinimumWidth(0);
    cell->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(cell, share);
}

} // namespace roadstead::ui
