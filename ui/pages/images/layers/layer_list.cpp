// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layer_list.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace roadstead::ui {

namespace {

constexpr int layerRowHeight = 61;
constexpr int emptyRowHeight = 30;
constexpr int numberColumn = 30;
constexpr int currentLayerBar = 3;
constexpr int layerBarHeight = 4;
constexpr int firstLine = 9;
constexpr int secondLine = 28;
constexpr int barLine = 49;

QString counted(std::uint64_t count)
{
    return numberText(qint64(count));
}

} // namespace

QString layerDeeds(const layers::LayerSummary &summary)
{
    QStringList parts;
    if (summary.counts.added > 0) {
        parts.append(LayerListModel::tr("%1 added").arg(counted(summary.counts.added)));
    }
    if (summary.counts.changed > 0) {
        parts.append(LayerListModel::tr("%1 changed").arg(counted(summary.counts.changed)));
    }
    if (summary.counts.removed > 0) {
        parts.append(LayerListModel::tr("%1 removed").arg(counted(summary.counts.removed)));
    }
    return parts.isEmpty() ? LayerListModel::tr("Folders only") : parts.join(QStringLiteral(", "));
}

/// Every row goes and comes: it is another image.
void LayerListModel::setImage(const std::vector<LayerStep> &steps,
                              const std::vector<layers::LayerSummary> &summaries)
{
    if (!m_steps.empty()) {
        beginRemoveRows({}, 0, int(m_steps.size()) - 1);
        m_steps.clear();
        endRemoveRows();
    }
    m_summaries = summaries;
    m_largest = summaries.empty()
                    ? 0
                    : std::ranges::max_element(summaries, {}, &layers::LayerSummary::bytes)->bytes;
    if (!steps.empty()) {
        beginInsertRows({}, 0, int(steps.size()) - 1);
        m_steps = steps;
        endInsertRows();
    }
}

const layers::LayerSummary *LayerListModel::summary(int row) const
{
    const auto layer = step(row).layer;
    return layer && *layer < m_summaries.size() ? &m_summaries[*layer] : nullptr;
}

double LayerListModel::share(int row, std::int64_t bytes) const
{
    return summary(row) != nullptr && m_largest > 0 ? double(bytes) / double(m_largest) : 0;
}

int LayerListModel::rowOf(std::size_t layer) const
{
    const auto found = std::ranges::find(m_steps, std::optional(layer), &LayerStep::layer);
    return found == m_steps.end() ? -1 : int(found - m_steps.begin());
}

int LayerListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

QVariant LayerListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const LayerStep &each = step(index.row());
    const layers::LayerSummary *layer = summary(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return each.text;
    case Qt::ToolTipRole:
        return plainTip(each.text);
    case Qt::AccessibleTextRole: {
        if (layer == nullptr) {
            return tr("%1, no layer").arg(each.text);
        }
        QStringList parts{tr("Layer %1").arg(numberText(qint64(*each.layer) + 1)), each.text,
                          diskSizeText(layer->bytes), layerDeeds(*layer)};
        if (layer->wasted > 0) {
            parts.append(tr("%1 wasted").arg(diskSizeText(layer->wasted)));
        }
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

Qt::ItemFlags LayerListModel::flags(const QModelIndex &index) const
{
    return index.isValid() && summary(index.row()) != nullptr
               ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
               : Qt::ItemNeverHasChildren;
}

LayerListDelegate::LayerListDelegate(const LayerListModel *model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

QSize LayerListDelegate::sizeHint(const QStyleOptionViewItem & /*option*/,
                                  const QModelIndex &index) const
{
    const bool hasLayer = m_model->summary(index.row()) != nullptr;
    return {100, scaled(hasLayer ? layerRowHeight : emptyRowHeight)};
}

void LayerListDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    painter->save();
    const QRect &row = option.rect;
    const layers::LayerSummary *layer = m_model->summary(index.row());
    const bool isCurrent = layer != nullptr && option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = layer != nullptr && option.state.testFlag(QStyle::State_MouseOver);
    painter->fillRect(row, color(isCurrent   ? Color::BgSelected
                                 : isHovered ? Color::BgHover
                                             : Color::BgSurface));
    paintHorizontalLine(painter, row.left(), row.right() + 1, row.bottom(), color(Color::Border));
    if (isCurrent) {
        painter->fillRect(
            QStyle::visualRect(option.direction, row,
                               QRect(row.left(), row.top(), currentLayerBar, row.height())),
            color(Color::Accent));
    }
    const QRect body = row.adjusted(space::s4, 0, -space::s4, 0);
    if (layer != nullptr) {
        paintLayer(painter, option, index.row(), body);
    } else {
        const QRect place = QStyle::visualRect(option.direction, body,
                                               body.adjusted(scaled(numberColumn), 0, 0, 0));
        painter->setFont(ui::font(FontRole::Mono));
        painter->setPen(color(Color::Text3));
        painter->drawText(place,
                          int(QStyle::visualAlignment(option.direction, Qt::AlignLeft) |
                              Qt::AlignVCenter | Qt::TextSingleLine),
                          painter->fontMetrics().elidedText(m_model->step(index.row()).text,
                                                            Qt::ElideRight, place.width()));
    }
    painter->restore();
}

void LayerListDelegate::paintLayer(QPainter *painter, const QStyleOptionViewItem &option, int row,
                                   const QRect &body) const
{
    const layers::LayerSummary &layer = *m_model->summary(row);
    const int left = scaled(numberColumn);
    const auto write = [&](int top, FontRole role, Color tone, Qt::Alignment side, int from,
                           int room, const QString &text) {
        const QRect place = QStyle::visualRect(
            option.direction, body,
            QRect(body.left() + from, body.top() + scaled(top), room, lineHeight(role)));
        painter->setFont(side == Qt::AlignRight ? figures(role) : ui::font(role));
        painter->setPen(color(tone));
        painter->drawText(place,
                          int(QStyle::visualAlignment(option.direction, side) | Qt::AlignVCenter |
                              Qt::TextSingleLine),
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    const int width = body.width() - left;
    const auto widthOf = [](FontRole role, const QString &text) {
        return QFontMetrics(figures(role)).horizontalAdvance(text) + 2;
    };
    const QString size = diskSizeText(layer.bytes);
    const int sizeWidth = widthOf(FontRole::Body, size);
    write(firstLine, FontRole::Body, Color::Text3, Qt::AlignLeft, 0, left - space::s1,
          numberText(qint64(m_model->step(row).layer.value_or(0)) + 1));
    write(firstLine, FontRole::Mono, Color::Text, Qt::AlignLeft, left,
          width - sizeWidth - space::s3, m_model->step(row).text);
    write(firstLine, FontRole::Body, Color::Text, Qt::AlignRight, left + width - sizeWidth,
          sizeWidth, size);
    const QString wasted = layer.wasted > 0
                               ? LayerListModel::tr("%1 wasted").arg(diskSizeText(layer.wasted))
                               : QString();
    const int wastedWidth = wasted.isEmpty() ? 0 : widthOf(FontRole::Small, wasted);
    write(secondLine, FontRole::Small, Color::Text3, Qt::AlignLeft, left,
          width - wastedWidth - (wasted.isEmpty() ? 0 : space::s3), layerDeeds(layer));
    write(secondLine, FontRole::Small, Color::Warn, Qt::AlignRight, left + width - wastedWidth,
          wastedWidth, wasted);
    paintShares(painter, option, row,
                QRect(body.left() + left, body.top() + scaled(barLine), width, layerBarHeight));
}

/// All bytes, and over their end those that nobody sees any more.
void LayerListDelegate::paintShares(QPainter *painter, const QStyleOptionViewItem &option, int row,
                                    const QRect &place) const
{
    const layers::LayerSummary &layer = *m_model->summary(row);
    constexpr double least = 0.01; // so that nothing that is there is not seen
    const double all = std::max(m_model->share(row, layer.bytes), layer.bytes > 0 ? least : 0.0);
    const QRect bar = QStyle::visualRect(option.direction, option.rect, place);
    paintBar(painter, bar, all, color(Color::Chart1), option.direction);
    if (layer.wasted == 0) {
        return;
    }
    const double wasted = std::min(all, std::max(m_model->share(row, layer.wasted), least));
    const int from = int(place.width() * (all - wasted));
    const QRect hidden(place.left() + from, place.top(), int(place.width() * all) - from,
                       place.height());
    paintBox(painter, QStyle::visualRect(option.direction, option.rect, hidden), 2,
             color(Color::WarnMark));
}

LayerList::LayerList(QWidget *parent)
    : QListView(parent)
    , m_model(new LayerListModel(this))
{
    setObjectName(QStringLiteral("layerList"));
    setAccessibleName(tr("Layers, the lowest first"));
    setModel(m_model);
    setItemDelegate(new LayerListDelegate(m_model, this));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (m_telling && current.isValid() && m_model->step(current.row()).layer) {
                    Q_EMIT chosen(*m_model->step(current.row()).layer);
                }
            });
}

void LayerList::setImage(const std::vector<LayerStep> &steps,
                         const std::vector<layers::LayerSummary> &summaries)
{
    m_telling = false;
    m_model->setImage(steps, summaries);
    m_telling = true;
}

void LayerList::choose(std::size_t layer)
{
    m_telling = false;
    setCurrentIndex(m_model->index(m_model->rowOf(layer), 0));
    m_telling = true;
}

} // namespace roadstead::ui
