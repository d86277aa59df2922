// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count()) {
        return nullptr;
    }
    QLayoutItem *item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::heightForWidth(int width) const
{
    return place(QRect(0, 0, width, 0), false);
}

QSize FlowLayout::sizeHint() const
{
    QSize size(0, 0);
    for (const auto &item : m_items) {
        if (!item->isEmpty()) {
            const QSize hint = item->sizeHint();
            size.rwidth() += hint.width() + (size.width() > 0 ? spacing() : 0);
            size.setHeight(std::max(size.height(), hint.height()));
        }
    }
    return size;
}

QSize FlowLayout::minimumSize() const
{
    QSize size(0, 0);
    for (const auto &item : m_items) {
        size = size.expandedTo(item->isEmpty() ? QSize() : item->minimumSize());
    }
    return size;
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    place(rect, true);
}

/// Goes through the items line by line, and moves them if told to: low ones to the middle of their
/// line. Returns the height used.
int FlowLayout::place(const QRect &rect, bool move) const
{
    const Qt::LayoutDirection direction =
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    std::vector<std::pair<QLayoutItem *, QRect>> line;
    int x = 0;
    int y = 0;
    int height = 0;
    const auto endLine = [&] {
        for (auto &[item, box] : line) {
            box.translate(rect.x(), rect.y() + (height - box.height()) / 2);
            item->setGeometry(QStyle::visualRect(direction, rect, box));
        }
        line.clear();
    };
    for (const auto &item : m_items) {
        if (item->isEmpty()) {
            continue;
        }
        QSize size = item->sizeHint();
        if (rect.width() > 0) {
            size.setWidth(std::min(size.width(), rect.width()));
        }
        if (x > 0 && x + size.width() > rect.width()) {
            endLine();
            x = 0;
            y += height + spacing();
            height = 0;
        }
        if (move) {
            line.emplace_back(item.get(), QRect(QPoint(x, y), size));
        }
        x += size.width() + spacing();
        height = std::max(height, size.height());
    }
    endLine();
    return y + height;
}

} // namespace roadstead::ui
