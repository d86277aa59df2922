// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_delegate.h"

#include "ui/models/image_list_model.h"
#include "ui/models/image_text.h"
#include "ui/pages/images/image_action.h"
#include "ui/pages/row_cell.h"
#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionViewItem>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int nameLeft = space::s4;
constexpr int nameGap = space::s2; ///< free at the end where names need the room
constexpr int markSide = 12;
constexpr int badgeHeight = 18;

} // namespace

ImageDelegate::ImageDelegate(const ImageListModel *model, QObject *parent)
    : ListDelegate(parent)
    , m_model(model)
{
}

QList<HoverAction> ImageDelegate::hoverActions(const QModelIndex &index) const
{
    const ImageRowPointer row = m_model->rowAt(index.row());
    QList<HoverAction> actions;
    for (const ImageAction action : {ImageAction::Run, ImageAction::Push}) {
        if (row && isApplicable(action, *row)) {
            actions.append({int(action), actionIcon(action), actionLabel(action)});
        }
    }
    return actions;
}

QString ImageDelegate::tip(const QModelIndex &index) const
{
    const ImageRowPointer row = m_model->rowAt(index.row());
    if (!row) {
        return {};
    }
    QStringList lines;
    switch (index.column()) {
    case ImageColumn::Name:
    case ImageColumn::Tag:
        for (const std::string &tag : row->tags) {
            lines.append(ui::displayText(tag));
        }
        return lines.isEmpty() ? ui::displayText(row->id()) : lines.join(u'\n');
    case ImageColumn::UsedBy:
        for (const ImageUser &user : row->users) {
            lines.append(ui::displayText(user.name));
        }
        return lines.join(u'\n');
    case ImageColumn::Created:
        return imageCreatedText(*row);
    default:
        return m_model->data(index.siblingAtColumn(ImageColumn::Name), Qt::AccessibleTextRole)
            .toString();
    }
}

bool ImageDelegate::isBusy(const QModelIndex &index) const
{
    const ImageRowPointer row = m_model->rowAt(index.row());
    return row && row->pending != ImageWork::None;
}

void ImageDelegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const ImageRowPointer row = m_model->rowAt(index.row());
    if (!row) {
        return;
    }
    switch (index.column()) {
    case ImageColumn::Name:
        paintName(painter, option, *row);
        break;
    case ImageColumn::Tag:
        paintTag(painter, option, *row);
        break;
    default:
        paintText(painter, option, index, *row);
        break;
    }
}

/// The name, and at its end what is under way or new.
void ImageDelegate::paintName(QPainter *painter, const QStyleOptionViewItem &option,
                              const ImageRow &row) const
{
    const bool quiet = look().stale || row.name.isEmpty();
    QFont face = font(FontRole::Body, quiet && row.name.isEmpty() ? 0 : QFont::Medium);
    face.setItalic(row.name.isEmpty());
    int left = nameLeft;
    if (row.pending != ImageWork::None) {
        paintStateMark(painter, cell::centred(option, left, markSide, markSide), StateMark::Busy);
        left += markSide + space::s1;
    }
    QRect content = cell::contentFrom(option, left, nameGap);
    painter->setFont(face);
    painter->setPen(color(quiet ? Color::Text3 : Color::Text));
    const QString text = imageNameText(row);
    if (row.news != ImageNews::Newer) {
        cell::drawText(painter, option, content, Qt::AlignLeft,
                       elideMiddle(painter->fontMetrics(), text, content.width()));
        return;
    }
    const QString badge = tr("Newer version");
    const QFontMetrics small(font(FontRole::Caption));
    const int badgeWidth = small.horizontalAdvance(badge) + 2 * (space::s1 + 2);
    const int room = content.width() - badgeWidth - space::s2;
    const QString shown = elideMiddle(painter->fontMetrics(), text, room);
    const int used = std::min(room, painter->fontMetrics().horizontalAdvance(shown));
    cell::drawText(painter, option, content, Qt::AlignLeft, shown);
    const QRect box =
        cell::centred(option, left + used + space::s2, badgeWidth, scaled(badgeHeight));
    paintBox(painter, box, radius::small, color(Color::AccentTint));
    painter->setFont(font(FontRole::Caption));
    painter->setPen(color(Color::Accent));
    painter->drawText(box, Qt::AlignCenter, badge);
}

void ImageDelegate::paintTag(QPainter *painter, const QStyleOptionViewItem &option,
                             const ImageRow &row) const
{
    const QRect content = cell::contentFrom(option, 0, nameGap);
    painter->setFont(font(FontRole::Mono));
    painter->setPen(color(look().stale || row.tag.isEmpty() ? Color::Text3 : Color::Text2));
    const QString more = imageMoreTagsText(row);
    const int moreWidth =
        more.isEmpty() ? 0
                       : QFontMetrics(font(FontRole::Small)).horizontalAdvance(more) + space::s2;
    // A tag reads left to right in every language.
    const QString shown =
        elideMiddle(painter->fontMetrics(), imageTagText(row), content.width() - moreWidth);
    const int used = painter->fontMetrics().horizontalAdvance(shown);
    cell::drawText(painter, option, content, Qt::AlignLeft, shown);
    if (!more.isEmpty()) {
        painter->setFont(font(FontRole::Small));
        painter->setPen(color(Color::Text3));
        cell::drawText(painter, option,
                       QStyle::visualRect(option.direction, content,
                                          content.adjusted(used + space::s2, 0, 0, 0)),
                       Qt::AlignLeft, more);
    }
}

void ImageDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index, const ImageRow &row) const
{
    const int column = index.column();
    const QString text = m_model->data(index, Qt::DisplayRole).toString();
    const bool isAge = column == ImageColumn::Created || column == ImageColumn::Platform;
    const bool isNothing = column == ImageColumn::UsedBy && row.users.empty();
    painter->setFont(figures(FontRole::Body));
    painter->setPen(color(look().stale || isNothing ? Color::Text3
                          : isAge                   ? Color::Text2
                                                    : Color::Text));
    cell::drawElided(painter, option, cell::contentFrom(option, 0), text,
                     isImageNumberColumn(column) ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace roadstead::ui
