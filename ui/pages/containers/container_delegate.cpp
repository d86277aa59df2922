// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/container_delegate.h"

#include "ui/models/container_text.h"
#include "ui/models/container_tree_model.h"
#include "ui/models/containers_model.h"
#include "ui/pages/containers/container_look.h"
#include "ui/pages/row_cell.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>

namespace roadstead::ui {

using namespace cell;

namespace {

constexpr int textGap = space::s2; ///< free at the end of a cell where names need the room
constexpr int markWidth = iconSize::stateMark;
constexpr int markGap = space::s2;
constexpr int expanderLeft = 44;
constexpr int iconBox = 14;
constexpr int groupIconLeft = 66;
constexpr int groupTitleLeft = 89;
constexpr int containerLeft = 66; ///< of a name below a group
constexpr int sparkWidth = 56;
constexpr int sparkHeight = 16;
constexpr int barWidth = 48;
constexpr int barHeight = 4;
constexpr int portGap = 9;
constexpr int weightMedium = 500;
constexpr int weightStrong = 600;

/// Where each port's number is, left to right; fewer than there are when the cell is too narrow.
std::vector<QRect> portRects(const QStyleOptionViewItem &option, const ContainerRow &row)
{
    const QFontMetrics metrics(font(FontRole::Mono));
    const QRect content = option.rect.adjusted(0, 0, -space::s1, 0);
    std::vector<QRect> rects;
    int left = content.left();
    for (const PortLink &link : row.ports) {
        const int width = metrics.horizontalAdvance(QString::number(link.port));
        if (left + width > content.right() && !rects.empty()) {
            break;
        }
        rects.push_back(placed(option, QRect(left, content.top(), width, content.height())));
        left += width + portGap;
    }
    return rects;
}

/// A name, and in the room that it leaves what else there is to say.
void drawBeside(QPainter *painter, const QStyleOptionViewItem &option, const QRect &content,
                const QString &name, const QString &more)
{
    drawElided(painter, option, content, name);
    const int taken = painter->fontMetrics().horizontalAdvance(name) + space::s2;
    if (!more.isEmpty() && taken < content.width()) {
        painter->setFont(font(FontRole::Small));
        painter->setPen(color(Color::Text3));
        drawElided(painter, option,
                   QStyle::visualRect(option.direction, content, content.adjusted(taken, 0, 0, 0)),
                   more);
    }
}

} // namespace

ContainerDelegate::ContainerDelegate(const ContainerTreeModel *model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize ContainerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, heightFor(FontRole::Body, size::row)};
}

int ContainerDelegate::nameLeft() const
{
    return m_model->isGrouped() ? containerLeft : labelLeft;
}

void ContainerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    painter->save();
    painter->setClipRect(option.rect, Qt::IntersectClip);
    if (const ContainerGroup *group = m_model->groupAt(index)) {
        paintGroupCell(painter, option, *group, index.column());
    } else if (const ContainerRowPointer row = m_model->containerAt(index)) {
        using Painter = void (ContainerDelegate::*)(QPainter *, const QStyleOptionViewItem &,
                                                    const ContainerRow &) const;
        static constexpr Painter painters[] = {
            &ContainerDelegate::paintName,  &ContainerDelegate::paintState,
            &ContainerDelegate::paintImage, &ContainerDelegate::paintPorts,
            &ContainerDelegate::paintCpu,   &ContainerDelegate::paintMemory,
            &ContainerDelegate::paintUptime};
        if (index.column() == m_actionColumn && m_look.hovered && !m_look.stale) {
            paintActions(painter, option, *row);
        } else {
            (this->*painters[index.column()])(painter, option, *row);
        }
    }
    painter->restore();
}

void ContainerDelegate::paintCheck(QPainter *painter, const QStyleOptionViewItem &option) const
{
    paintRowCheck(painter, centred(option, checkLeft, size::checkbox, size::checkbox),
                  m_look.check);
}

void ContainerDelegate::paintName(QPainter *painter, const QStyleOptionViewItem &option,
                                  const ContainerRow &row) const
{
    paintCheck(painter, option);
    painter->setFont(font(FontRole::Body, weightMedium));
    const bool quiet = m_look.stale || row.pending == PendingWork::RemovalWaits;
    painter->setPen(color(quiet ? Color::Text3 : Color::Text));
    drawBeside(painter, option, contentFrom(option, nameLeft(), textGap), row.name, row.note);
}

void ContainerDelegate::paintGroupName(QPainter *painter, const QStyleOptionViewItem &option,
                                       const ContainerGroup &group) const
{
    paintCheck(painter, option);
    const QString closed = option.direction == Qt::RightToLeft ? QStringLiteral("chevron-left")
                                                               : QStringLiteral("chevron-right");
    paintIcon(painter, centred(option, expanderLeft, iconBox, iconBox),
              m_look.expanded ? QStringLiteral("chevron-down") : closed, Color::Text2);
    int left = containerLeft;
    if (group.isProject()) {
        paintIcon(painter, centred(option, groupIconLeft, iconBox + 2, iconBox + 2),
                  QStringLiteral("project"), Color::Text2);
        left = groupTitleLeft;
    }
    painter->setFont(font(FontRole::Body, weightStrong));
    painter->setPen(color(m_look.stale ? Color::Text3 : Color::Text));
    drawBeside(painter, option, contentFrom(option, left), group.title, groupSummary(group));
}

void ContainerDelegate::paintGroupCell(QPainter *painter, const QStyleOptionViewItem &option,
                                       const ContainerGroup &group, int column) const
{
    if (column == NameColumn) {
        paintGroupName(painter, option, group);
        return;
    }
    if (column == UptimeColumn) {
        painter->setFont(figures(FontRole::Body));
        painter->setPen(color(Color::Text2));
    } else {
        painter->setFont(figures(FontRole::Body, weightMedium));
        painter->setPen(color(m_look.stale ? Color::Text3 : Color::Text));
    }
    const QVariant text = groupCellData(group, column, Qt::DisplayRole, m_model->source().now());
    drawElided(painter, option, contentFrom(option, 0), text.toString(), Qt::AlignRight);
}

void ContainerDelegate::paintState(QPainter *painter, const QStyleOptionViewItem &option,
                                   const ContainerRow &row) const
{
    const StateLook look = stateLookOf(row);
    paintStateMark(painter, centred(option, 0, markWidth, markWidth), look.mark, {},
                   m_look.stale ? std::optional(color(Color::NeutralMark)) : std::nullopt);
    painter->setFont(font(FontRole::Body, look.strong ? weightMedium : 0));
    painter->setPen(color(m_look.stale ? Color::Text3 : look.text));
    drawElided(painter, option, contentFrom(option, markWidth + markGap), containerStateText(row));
}

void ContainerDelegate::paintImage(QPainter *painter, const QStyleOptionViewItem &option,
                                   const ContainerRow &row) const
{
    painter->setFont(font(FontRole::Mono));
    painter->setPen(color(m_look.stale ? Color::Text3 : Color::Text2));
    const QRect content = contentFrom(option, 0, textGap);
    // An image reference reads left to right in every language.
    drawText(painter, option, content, Qt::AlignLeft,
             elideMiddle(painter->fontMetrics(), row.image, content.width()));
}

void ContainerDelegate::paintPorts(QPainter *painter, const QStyleOptionViewItem &option,
                                   const ContainerRow &row) const
{
    if (row.ports.isEmpty()) {
        painter->setFont(font(FontRole::Body));
        painter->setPen(color(Color::Text3));
        drawText(painter, option, contentFrom(option, 0), Qt::AlignLeft, containerPortsText(row));
        return;
    }
    const std::vector<QRect> rects = portRects(option, row);
    QFont mono = font(FontRole::Mono);
    for (std::size_t i = 0; i < rects.size(); ++i) {
        const PortLink &link = row.ports[qsizetype(i)];
        const bool opens = link.tcp && row.isAlive() && !m_look.stale;
        const bool hot =
            m_look.hot.kind == RowPart::Kind::Port && m_look.hot.port == int(i) && opens;
        mono.setUnderline(hot);
        painter->setFont(mono);
        painter->setPen(color(opens ? Color::Accent : Color::Text2));
        painter->drawText(rects[i], Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                          QString::number(link.port));
    }
    if (rects.size() < std::size_t(row.ports.size())) {
        painter->setPen(color(Color::Text3));
        painter->setFont(font(FontRole::Caption));
        drawText(painter, option, placed(option, option.rect.adjusted(0, 0, -2, 0)), Qt::AlignRight,
                 QStringLiteral("…"));
    }
}

void ContainerDelegate::paintCpu(QPainter *painter, const QStyleOptionViewItem &option,
                                 const ContainerRow &row) const
{
    painter->setFont(figures(FontRole::Body));
    if (!row.hasStats || !row.isRunning() || m_look.stale) {
        painter->setPen(color(Color::Text3));
        drawText(painter, option, contentFrom(option, 0), Qt::AlignLeft,
                 m_look.stale ? QStringLiteral("–") : containerCpuText(row));
        return;
    }
    paintSparkline(painter, centred(option, 0, sparkWidth, sparkHeight), row.cpuHistory);
    painter->setPen(color(Color::Text));
    drawElided(painter, option, contentFrom(option, sparkWidth + 2), containerCpuText(row),
               Qt::AlignRight);
}

void ContainerDelegate::paintMemory(QPainter *painter, const QStyleOptionViewItem &option,
                                    const ContainerRow &row) const
{
    painter->setFont(figures(FontRole::Body));
    if (!row.hasStats || m_look.stale) {
        painter->setPen(color(Color::Text3));
        drawText(painter, option, contentFrom(option, 0), Qt::AlignLeft,
                 m_look.stale ? QStringLiteral("–") : containerMemoryText(row));
        return;
    }
    const double share =
        row.memoryLimit > 0 ? double(row.memoryBytes) / double(row.memoryLimit) : 0;
    paintBar(painter, centred(option, 0, barWidth, barHeight), std::clamp(share, 0.0, 1.0),
             color(memoryTone(share)), option.direction);
    painter->setPen(color(Color::Text));
    drawElided(painter, option, contentFrom(option, barWidth + space::s1), containerMemoryText(row),
               Qt::AlignRight);
}

void ContainerDelegate::paintUptime(QPainter *painter, const QStyleOptionViewItem &option,
                                    const ContainerRow &row) const
{
    painter->setFont(figures(FontRole::Body));
    painter->setPen(color(m_look.stale ? Color::Text3 : Color::Text2));
    drawElided(painter, option, contentFrom(option, 0),
               containerAgeText(row, m_model->source().now()), Qt::AlignRight);
}

std::vector<ContainerAction> ContainerDelegate::hoverActions(const ContainerRow &row)
{
    std::vector<ContainerAction> actions;
    for (const ContainerAction action : {ContainerAction::Start, ContainerAction::Unpause,
                                         ContainerAction::Stop, ContainerAction::Restart}) {
        if (isApplicable(action, row) && actions.size() < 2) {
            actions.push_back(action);
        }
    }
    return actions;
}

void ContainerDelegate::paintActions(QPainter *painter, const QStyleOptionViewItem &option,
                                     const ContainerRow &row) const
{
    const auto button = [&](int fromEnd, const QString &name, bool hot) {
        paintAction(painter, option, fromEnd, name, hot);
    };
    const std::vector<ContainerAction> actions = hoverActions(row);
    for (std::size_t i = 0; i < actions.size(); ++i) {
        const bool hot =
            m_look.hot.kind == RowPart::Kind::Action && m_look.hot.action == actions[i];
        button(int(actions.size() - i), actionIcon(actions[i]), hot);
    }
    if (row.pending == PendingWork::RemovalWaits) {
        button(1, QStringLiteral("arrow-counterclockwise"), m_look.hot.kind == RowPart::Kind::Undo);
    }
    button(0, QStringLiteral("three-dots"), m_look.hot.kind == RowPart::Kind::More);
}

RowPart ContainerDelegate::partAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                                  QPoint position, bool hovered) const
{
    const ContainerRowPointer row = m_model->containerAt(index);
    const int along = option.direction == Qt::RightToLeft ? option.rect.right() - position.x()
                                                          : position.x() - option.rect.left();
    if (index.column() == NameColumn) {
        if (along >= 0 && along < expanderLeft - 4) {
            return {RowPart::Kind::Check, 0, {}};
        }
        const bool onExpander = !row && along < containerLeft - 4;
        return {onExpander ? RowPart::Kind::Expander : RowPart::Kind::None, 0, {}};
    }
    if (row && index.column() == PortsColumn) {
        const std::vector<QRect> rects = portRects(option, *row);
        for (std::size_t i = 0; i < rects.size(); ++i) {
            if (rects[i].adjusted(-3, 0, 3, 0).contains(position)) {
                return {RowPart::Kind::Port, int(i), {}};
            }
        }
    }
    if (row && hovered && index.column() == m_actionColumn) {
        if (actionRect(option, 0).contains(position)) {
            return {RowPart::Kind::More, 0, {}};
        }
        if (row->pending == PendingWork::RemovalWaits && actionRect(option, 1).contains(position)) {
            return {RowPart::Kind::Undo, 0, {}};
        }
        const std::vector<ContainerAction> actions = hoverActions(*row);
        for (std::size_t i = 0; i < actions.size(); ++i) {
            if (actionRect(option, int(actions.size() - i)).contains(position)) {
                return {RowPart::Kind::Action, 0, actions[i]};
            }
        }
    }
    return {};
}

void paintSparkline(QPainter *painter, const QRectF &rect, const std::vector<float> &samples)
{
    constexpr std::size_t shown = 60;
    constexpr float smallestPeak = 5;
    constexpr qreal lineWidth = 1.25;
    const std::size_t count = std::min(samples.size(), shown);
    if (count < 2) {
        return;
    }
    const auto first = samples.end() - static_cast<std::ptrdiff_t>(count);
    const float peak = std::max(smallestPeak, *std::max_element(first, samples.end()));
    const qreal step = rect.width() / qreal(shown - 1);
    const qreal height = rect.height() - lineWidth;
    QPolygonF line;
    line.reserve(qsizetype(count) + 2);
    for (std::size_t i = 0; i < count; ++i) {
        const qreal share = std::clamp(first[std::ptrdiff_t(i)] / peak, 0.0F, 1.0F);
        line.append({rect.right() - qreal(count - 1 - i) * step,
                     rect.bottom() - lineWidth / 2 - share * height});
    }
    QPolygonF area = line;
    area.append({line.last().x(), rect.bottom()});
    area.append({line.first().x(), rect.bottom()});
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color(Color::ChartFill));
    painter->drawPolygon(area);
    painter->setPen(
        QPen(color(Color::Chart1), lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(line);
    painter->restore();
}

void paintRowCheck(QPainter *painter, const QRectF &box, Qt::CheckState state)
{
    if (state == Qt::Unchecked) {
        paintBox(painter, box, radius::small, color(Color::BgSurface), color(Color::BorderControl));
        return;
    }
    paintBox(painter, box, radius::small, color(Color::AccentSolid));
    if (state == Qt::Checked) {
        paintTick(painter, box, color(Color::OnAccent));
        return;
    }
    painter->fillRect(QRectF(box.center().x() - 4, box.center().y() - 1, 8, 2),
                      color(Color::OnAccent));
}

} // namespace roadstead::ui
