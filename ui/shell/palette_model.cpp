// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette.h"

#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

QStringList wordsOf(const QString &typed)
{
    return typed.split(u' ', Qt::SkipEmptyParts);
}

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

/// The parts of `text` that match what was typed, in the accent and semibold.
QList<QTextLayout::FormatRange> marks(const QString &text, const QString &typed)
{
    QTextCharFormat format;
    format.setForeground(color(Color::Accent));
    format.setFontWeight(QFont::DemiBold);
    QList<QTextLayout::FormatRange> ranges;
    for (const QString &word : wordsOf(typed)) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at >= 0) {
            ranges << QTextLayout::FormatRange{static_cast<int>(at), static_cast<int>(word.size()),
                                               format};
        }
    }
    return ranges;
}

/// Draws one line of text with marks; returns its width.
int drawMarked(QPainter *painter, const QRect &box, const QString &text, const QString &typed,
               bool mirrored)
{
    QTextLayout layout(painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width()),
                       painter->font());
    layout.setFormats(marks(layout.text(), typed));
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(100000);
    layout.endLayout();
    const int width = static_cast<int>(line.naturalTextWidth()) + 1;
    const qreal x = mirrored ? box.right() - width : box.x();
    layout.draw(painter, QPointF(x, box.y() + (box.height() - line.height()) / 2));
    return width;
}

} // namespace

int matchScore(const QString &typed, const QString &text)
{
    const QStringList words = wordsOf(typed);
    if (words.isEmpty()) {
        return 1;
    }
    int score = 0;
    for (const QString &word : words) {
        qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0) {
            return 0;
        }
        int best = 1;
        while (at >= 0) {
            best = std::max(best, at == 0 ? 4 : startsWord(text, at) ? 3 : 1);
            at = text.indexOf(word, at + 1, Qt::CaseInsensitive);
        }
        score += best;
    }
    // Among equals the shorter text is the closer one.
    return score * 1000 - static_cast<int>(std::min<qsizetype>(text.size(), 500));
}

void PaletteModel::setItems(const QList<PaletteItem> &items, const QString &typed)
{
    // Every key gives a new list; nothing in it is worth keeping, and no view state hangs on it.
    if (!m_lines.isEmpty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_lines.size()) - 1);
        m_lines.clear();
        m_items.clear();
        endRemoveRows();
    }
    m_typed = typed;
    QList<Line> lines;
    const QString words = typed.startsWith(u'>') || typed.startsWith(u'@') ? typed.mid(1) : typed;
    m_typed = words.trimmed();
    int best = -1;
    int bestScore = 0;
    for (int i = 0; i < items.size() && !m_typed.isEmpty(); ++i) {
        const int score = matchScore(m_typed, items.at(i).text) + items.at(i).priority;
        if (score > bestScore) {
            best = i;
            bestScore = score;
        }
    }
    if (best >= 0) {
        lines << Line{tr("Best match"), -1} << Line{{}, best};
    }
    QStringList groups;
    for (const PaletteItem &item : items) {
        if (!groups.contains(item.group)) {
            groups << item.group;
        }
    }
    for (const QString &group : std::as_const(groups)) {
        bool titled = false;
        for (int i = 0; i < items.size(); ++i) {
            if (items.at(i).group == group && i != best) {
                if (!titled) {
                    lines << Line{group, -1};
                    titled = true;
                }
                lines << Line{{}, i};
            }
        }
    }
    if (!lines.isEmpty()) {
        beginInsertRows({}, 0, static_cast<int>(lines.size()) - 1);
        m_items = items;
        m_lines = lines;
        endInsertRows();
    }
}

const PaletteItem *PaletteModel::itemAt(int row) const
{
    if (row < 0 || row >= m_lines.size() || m_lines.at(row).item < 0) {
        return nullptr;
    }
    return &m_items.at(m_lines.at(row).item);
}

QString PaletteModel::titleAt(int row) const
{
    return m_lines.value(row).title;
}

int PaletteModel::nextItem(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < m_lines.size(); next += step) {
        if (itemAt(next) != nullptr) {
            return next;
        }
    }
    return -1;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteItem *item = itemAt(index.row());
    if (role == Qt::DisplayRole) {
        return item != nullptr ? item->text : titleAt(index.row());
    }
    if (role == Qt::AccessibleTextRole && item != nullptr) {
        return item->note.isEmpty() ? item->text : u"%1, %2"_s.arg(item->text, item->note);
    }
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return itemAt(index.row()) != nullptr ? Qt::ItemIsEnabled | Qt::ItemIsSelectable
                                          : Qt::NoItemFlags;
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    return {option.rect.width(), model->itemAt(index.row()) != nullptr
                                     ? heightFor(FontRole::Body, size::paletteRow)
                                     : heightFor(FontRole::Caption, 30)};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const auto *model = static_cast<const PaletteModel *>(index.model());
    const PaletteItem *item = model->itemAt(index.row());
    const QRect row = option.rect;
    const bool mirrored = option.direction == Qt::RightToLeft;
    const auto place = [&](int x, int width, int height) {
        return QStyle::visualRect(
            option.direction, row,
            QRect(row.x() + x, row.y() + (row.height() - height) / 2, width, height));
    };
    const int flags = Qt::AlignVCenter | Qt::TextSingleLine;
    painter->save();
    if (item == nullptr) {
        painter->setFont(font(FontRole::Caption, QFont::DemiBold));
        painter->setPen(color(Color::Text3));
        painter->drawText(
            place(space::s4, row.width() - 2 * space::s4, row.height()).adjusted(0, 4, 0, 4), flags,
            model->titleAt(index.row()));
        painter->restore();
        return;
    }
    const bool current = option.state & QStyle::State_Selected;
    if (current || option.state & QStyle::State_MouseOver) {
        paintBox(painter, row.adjusted(space::s2, 0, -space::s2, 0), radius::control,
                 color(current ? Color::BgSelected : Color::BgTrack));
    }
    const int side = scaled(16);
    if (item->mark) {
        paintStateMark(painter, place(space::s4 + 1, side, side).adjusted(1, 1, -1, -1),
                       *item->mark);
    } else {
        paintIcon(painter, place(space::s4, side, side), item->iconName);
    }
    // From the end: keys, then the command in what is left.
    int end = row.width() - space::s4;
    const QString keys = keyText(current ? QKeySequence(Qt::Key_Return) : item->keys);
    if (!keys.isEmpty()) {
        const int cap = keyCapWidth(keys);
        paintKeyCap(painter, place(end - cap, cap, heightFor(FontRole::Caption, 18)), keys);
        end -= cap + space::s3;
    }
    painter->setFont(font(FontRole::Body));
    painter->setPen(color(Color::Text));
    const int textX = space::s4 + side + space::s3;
    const int used = drawMarked(painter, place(textX, std::max(40, end - textX), row.height()),
                                item->text, model->typed(), mirrored);
    int x = textX + used + 10;
    painter->setFont(font(FontRole::Small));
    painter->setPen(color(current ? Color::Text2 : Color::Text3));
    const int noteWidth =
        std::min(painter->fontMetrics().horizontalAdvance(item->note) + 1, std::max(0, end - x));
    painter->drawText(place(x, noteWidth, row.height()), flags,
                      painter->fontMetrics().elidedText(item->note, Qt::ElideRight, noteWidth));
    x += noteWidth + space::s4;
    const bool hasCommand = !item->command.isEmpty();
    const QString command = hasCommand    ? ui::displayText(item->command, 256)
                            : item->opens ? tr("Open")
                                          : QString();
    painter->setFont(font(hasCommand ? FontRole::Mono : FontRole::Small));
    painter->setPen(color(current ? Color::Text : Color::Text3));
    const int room = end - x;
    if (room > 40) {
        const QString shown = painter->fontMetrics().elidedText(command, Qt::ElideRight, room);
        painter->drawText(place(x, room, row.height()),
                          flags | (mirrored ? Qt::AlignLeft : Qt::AlignRight) |
                              (hasCommand ? Qt::TextForceLeftToRight : 0),
                          shown);
    }
    painter->restore();
}

} // namespace roadstead::ui
