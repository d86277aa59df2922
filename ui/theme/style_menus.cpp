// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_parts.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui::parts {

namespace {

constexpr int menuInset = 4;   ///< of the highlight, from the panel's edge
constexpr int menuPadding = 8; ///< inside the highlight
constexpr int menuIconGap = 9;

/// A menu action marked dangerous has red text; the option does not carry the action itself.
bool isDangerous(const QStyleOptionMenuItem &option, const QWidget *widget)
{
    const auto *menu = qobject_cast<const QMenu *>(widget);
    const QAction *action = menu != nullptr ? menu->actionAt(option.rect.center()) : nullptr;
    return action != nullptr && action->property("danger").toBool();
}

void menuLeading(const QStyleOptionMenuItem &option, const QRect &box, QPainter *painter)
{
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked) {
            paintIcon(painter, box, u"check-lg"_s, Color::Accent);
        }
    } else if (!option.icon.isNull()) {
        option.icon.paint(painter, box, Qt::AlignCenter,
                          option.state & QStyle::State_Enabled ? QIcon::Normal : QIcon::Disabled);
    }
}

} // namespace

void menuPanel(const QStyleOption &option, QPainter *painter, const QWidget *widget)
{
    Q_UNUSED(widget)
    paintBox(painter, option.rect, radius::card, color(Color::BgRaised),
             color(Color::BorderStrong));
}

QSize menuItemSize(const QStyleOptionMenuItem &option, const QSize &contents)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        return {contents.width(), 9};
    }
    const QFontMetrics metrics(option.font);
    const auto parts = option.text.split(u'\t');
    int width = metrics.size(Qt::TextShowMnemonic, parts.value(0)).width();
    if (parts.size() > 1) {
        width += 28 + metrics.horizontalAdvance(parts.at(1));
    }
    const bool leading = option.maxIconWidth > 0 || option.menuHasCheckableItems;
    width += 2 * (menuInset + menuPadding) + (leading ? scaled(16) + menuIconGap : 0) + 20;
    return {std::max(width, scaled(160)), heightFor(FontRole::Body, size::menuItem)};
}

void menuItem(const QStyleOptionMenuItem &option, QPainter *painter, const QWidget *widget)
{
    const QRect r = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        paintHorizontalLine(painter, r.left() - menuInset, r.right() + menuInset, r.center().y(),
                            color(Color::Border));
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (enabled && (option.state & QStyle::State_Selected)) {
        paintBox(painter, r, radius::small, color(Color::BgTrack));
    }
    const Qt::LayoutDirection direction = option.direction;
    QRect row = r.adjusted(menuPadding, 0, -menuPadding, 0);
    if (option.maxIconWidth > 0 || option.menuHasCheckableItems) {
        const int side = scaled(16);
        menuLeading(option,
                    QStyle::visualRect(direction, r,
                                       QRect(row.x(), r.y() + (r.height() - side) / 2, side, side)),
                    painter);
        row.setLeft(row.left() + side + menuIconGap);
    }
    const auto texts = option.text.split(u'\t');
    painter->save();
    painter->setFont(option.font);
    painter->setPen(color(!enabled                      ? Color::TextDisabled
                          : isDangerous(option, widget) ? Color::Danger
                                                        : Color::Text));
    const QRect textRect = QStyle::visualRect(direction, r, row);
    const int alignment = Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic;
    painter->drawText(textRect,
                      alignment | (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft),
                      texts.value(0));
    if (texts.size() > 1) {
        painter->setPen(color(enabled ? Color::Text3 : Color::TextDisabled));
        painter->drawText(
            textRect, alignment | (direction == Qt::RightToLeft ? Qt::AlignLeft : Qt::AlignRight),
            texts.at(1));
    }
    painter->restore();
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        const QRect box(row.right() - 11, r.y() + (r.height() - 12) / 2, 12, 12);
        paintIcon(painter, QStyle::visualRect(direction, r, box),
                  direction == Qt::RightToLeft ? u"chevron-left"_s : u"chevron-right"_s);
    }
}

void tipPanel(const QStyleOption &option, QPainter *painter)
{
    painter->fillRect(option.rect, color(Color::TooltipBg));
}

void scrollBar(const Style &style, const QStyleOptionSlider &option, QPainter *painter,
               const QWidget *widget)
{
    if (option.maximum <= option.minimum) {
        return;
    }
    const QRectF slider =
        style.subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, widget);
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const QRectF shape = slider.adjusted(1, 1, -1, -1);
    paintBox(painter, shape, std::min(shape.width(), shape.height()) / 2,
             color(active ? Color::BorderControl : Color::BorderStrong));
}

void headerSection(const QStyleOptionHeader &option, QPainter *painter)
{
    painter->fillRect(option.rect, color(Color::BgSunken));
    paintHorizontalLine(painter, option.rect.left(), option.rect.right() + 1, option.rect.bottom(),
                        color(Color::Border));
}

void headerLabel(const QStyleOptionHeader &option, QPainter *painter)
{
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    const int mark = sorted ? 16 : 0;
    const QRect r = option.rect;
    const QFontMetrics metrics(font(FontRole::Small, QFont::Medium));
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, r.width() - mark);
    const Qt::Alignment alignment =
        QStyle::visualAlignment(option.direction, option.textAlignment) | Qt::AlignVCenter;
    painter->save();
    painter->setFont(font(FontRole::Small, sorted ? QFont::DemiBold : QFont::Medium));
    painter->setPen(color(sorted ? Color::Text : Color::Text2));
    QRect textRect = r;
    if (sorted) {
        textRect = alignment & Qt::AlignRight ? r.adjusted(0, 0, -mark, 0) : r.adjusted(0, 0, 0, 0);
    }
    QRect used;
    painter->drawText(textRect, static_cast<int>(alignment) | Qt::TextSingleLine, text, &used);
    painter->restore();
    if (sorted) {
        // Qt's "down" is ascending: the eye goes from small to large.
        const bool ascending = option.sortIndicator == QStyleOptionHeader::SortDown;
        const int x = option.direction == Qt::RightToLeft && !(alignment & Qt::AlignRight)
                          ? used.left() - 4 - 12
                          : used.right() + 4;
        paintIcon(painter, QRectF(x, r.y() + (r.height() - 12) / 2.0, 12, 12),
                  ascending ? u"arrow-up"_s : u"arrow-down"_s, Color::Text);
    }
}

void tabShape(const QStyleOptionTab &option, QPainter *painter)
{
    if (option.state & QStyle::State_Selected) {
        const QRectF r = option.rect;
        paintBox(painter,
                 QRectF(r.left() + 2, r.bottom() - border::tabMarkerHeight, r.width() - 4,
                        border::tabMarkerHeight),
                 1, color(Color::Accent));
    }
}

void tabLabel(const QStyleOptionTab &option, QPainter *painter)
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    painter->save();
    painter->setFont(font(FontRole::Body, selected ? QFont::DemiBold : QFont::Normal));
    painter->setPen(color(!(option.state & QStyle::State_Enabled) ? Color::TextDisabled
                          : selected || hovered                   ? Color::Text
                                                                  : Color::Text2));
    painter->drawText(option.rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic,
                      option.text);
    painter->restore();
}

} // namespace roadstead::ui::parts
