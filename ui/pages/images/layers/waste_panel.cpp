// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/waste_panel.h"

#include "ui/pages/images/layers/layer_roles.h"
#include "ui/pages/images/layers/layer_tree.h"
#include "ui/pages/images/layers/layers_controller.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_bar.h"
#include "ui/widgets/tree_view.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int adviceCaption = 130;
constexpr int biggestSizeWidth = 96;
constexpr int mostNamedLayers = 4;
constexpr int leastNamedPart = 50; ///< of what is wasted

/// The layer that wastes the most.
std::size_t worstLayer(const std::vector<layers::LayerSummary> &layers)
{
    return std::size_t(std::ranges::max_element(layers, {}, &layers::LayerSummary::wasted) -
                       layers.begin());
}

} // namespace

void BiggestFilesModel::setFiles(std::shared_ptr<const layers::ImageFiles> files,
                                 std::shared_ptr<const layers::FileView> view)
{
    if (!m_rows.empty()) {
        beginRemoveRows({}, 0, int(m_rows.size()) - 1);
        m_rows.clear();
        endRemoveRows();
    }
    m_files = std::move(files);
    m_view = std::move(view);
    if (m_view && !m_view->biggest.empty()) {
        beginInsertRows({}, 0, int(m_view->biggest.size()) - 1);
        m_rows = m_view->biggest;
        endInsertRows();
    }
}

layers::NodeId BiggestFilesModel::nodeAt(int row) const
{
    return m_rows[std::size_t(row)];
}

int BiggestFilesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BiggestFilesModel::columnCount(const QModelIndex & /*parent*/) const
{
    return 2;
}

QVariant BiggestFilesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const layers::NodeId id = nodeAt(index.row());
    const QString path = QStringLiteral("/") + displayText(m_files->tree().path(id));
    const QString size = diskSizeText(m_view->rows[id].size);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == 0 ? path : size;
    case Qt::ToolTipRole:
        return plainTip(path);
    case Qt::AccessibleTextRole:
        return path + QStringLiteral(", ") + size;
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight));
    case LayerIconRole:
        return index.column() == 0 ? QStringLiteral("file-earmark") : QString();
    default:
        return {};
    }
}

WastePanel::WastePanel(LayersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_tabs(new TabBar(QStringLiteral("layerNotes"), tr("About the image"), this))
    , m_stack(new QStackedLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Separator(Qt::Horizontal, this));
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::s4, 0, space::s4, 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    column->addLayout(tabs);
    column->addWidget(new Separator(Qt::Horizontal, this));
    m_tabs->addTab(tr("Wasted"));
    m_stack->addWidget(buildWaste());
    m_tabs->addTab(tr("Biggest files"));
    m_stack->addWidget(buildBiggest());
    column->addLayout(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedLayout::setCurrentIndex);
}

QWidget *WastePanel::buildWaste()
{
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_banner = new Surface(Color::WarnTint);
    auto *row = new QHBoxLayout(m_banner);
    row->setContentsMargins(space::s4, 6, space::s4, 6);
    row->setSpacing(space::s2);
    m_amount = new Label({}, FontRole::Body, Color::Text);
    m_amount->setRole(FontRole::Body, QFont::DemiBold);
    m_where = new ElidedLabel({}, FontRole::Small, Color::Text2);
    m_csv = new Button(QStringLiteral("layersCsv"), tr("Save as CSV…"), ButtonKind::Quiet);
    row->addWidget(new IconLabel(QStringLiteral("exclamation-triangle"), 16, Color::WarnMark));
    row->addWidget(m_amount);
    row->addWidget(m_where, 1);
    row->addWidget(m_csv);
    column->addWidget(m_banner);
    m_nothing = new QWidget;
    auto *nothing = new QHBoxLayout(m_nothing);
    nothing->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    nothing->addWidget(new Label(tr("Nothing is wasted: every file that is stored can be seen."),
                                 FontRole::Small, Color::Text2),
                       0, Qt::AlignTop);
    column->addWidget(m_nothing);
    m_advice = new QWidget;
    auto *grid = new QGridLayout(m_advice);
    grid->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    grid->setHorizontalSpacing(space::s2);
    grid->setVerticalSpacing(space::s2);
    grid->setColumnMinimumWidth(0, scaled(adviceCaption));
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Label(tr("How to get it back"), FontRole::Small, Color::Text), 0, 0,
                    Qt::AlignTop);
    m_how = new Label({}, FontRole::Small, Color::Text2);
    m_how->setWordWrap(true);
    grid->addWidget(m_how, 0, 1);
    m_codeBox = new Surface(Color::BgSunken);
    m_codeBox->setRounded(radius::control);
    auto *code = new QHBoxLayout(m_codeBox);
    code->setContentsMargins(space::s3, space::s1, space::s1, space::s1);
    m_code = new ElidedLabel({}, FontRole::Mono, Color::Text);
    m_code->setObjectName(QStringLiteral("layersBetter"));
    auto *copy = new IconButton(QStringLiteral("layersCopyBetter"), QStringLiteral("copy"),
                                tr("Copy the instruction"));
    connect(copy, &QAbstractButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_code->fullText()); });
    code->addWidget(m_code, 1);
    code->addWidget(copy);
    grid->addWidget(m_codeBox, 1, 1);
    grid->addWidget(new Label(tr("Image would be"), FontRole::Small, Color::Text), 2, 0);
    m_wouldBe = new Label({}, FontRole::Small, Color::Text2);
    grid->addWidget(m_wouldBe, 2, 1);
    column->addWidget(m_advice);
    column->addStretch(1);
    connect(m_csv, &QAbstractButton::clicked, this, &WastePanel::csvWanted);
    return page;
}

QWidget *WastePanel::buildBiggest()
{
    m_biggest = new BiggestFilesModel(this);
    m_biggestList = new TreeView;
    m_biggestList->setObjectName(QStringLiteral("layersBiggest"));
    m_biggestList->setAccessibleName(tr("Biggest files"));
    m_biggestList->setModel(m_biggest);
    m_biggestList->setItemDelegate(new LayerCellDelegate(m_biggestList));
    m_biggestList->setHeaderHidden(true);
    m_biggestList->setRootIsDecorated(false);
    m_biggestList->setIndentation(0);
    m_biggestList->setUniformRowHeights(true);
    m_biggestList->setAllColumnsShowFocus(true);
    m_biggestList->setFrameShape(QFrame::NoFrame);
    m_biggestList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_biggestList->header()->setStretchLastSection(false);
    m_biggestList->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_biggestList->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_biggestList->header()->resizeSection(1, scaled(biggestSizeWidth));
    const auto reveal = [this](const QModelIndex &index) {
        if (index.isValid()) {
            Q_EMIT fileWanted(m_biggest->nodeAt(index.row()));
        }
    };
    connect(m_biggestList, &QAbstractItemView::clicked, this, reveal);
    connect(m_biggestList, &QAbstractItemView::activated, this, reveal);
    return m_biggestList;
}

void WastePanel::updateImage()
{
    const auto &image = m_controller->image();
    const std::int64_t wasted = m_controller->wasted();
    const bool isWasting = image && wasted > 0;
    m_banner->setVisible(isWasting);
    m_advice->setVisible(isWasting);
    m_nothing->setVisible(!isWasting);
    if (!isWasting) {
        return;
    }
    const std::int64_t total = image->files.bytes();
    m_amount->setText(tr("%1 wasted").arg(diskSizeText(wasted)));
    QStringList names; // of those that matter
    int more = 0;
    for (std::size_t layer = 0; layer < image->summaries.size(); ++layer) {
        if (image->summaries[layer].wasted > 0 &&
            image->summaries[layer].wasted >= wasted / leastNamedPart) {
            names.size() < mostNamedLayers ? names.append(numberText(qint64(layer) + 1))
                                           : void(++more);
        }
    }
    const QString list = names.join(QStringLiteral(", "));
    m_where->setFullText(
        tr("%1 of the image, stored in %2, never seen at the end")
            .arg(percentText(100.0 * double(wasted) / double(std::max<std::int64_t>(1, total)), 0),
                 names.size() == 1 && more == 0 ? tr("layer %1").arg(list)
                 : more == 0                    ? tr("layers %1").arg(list)
                                                : tr("layers %1 and others").arg(list)));
    showAdvice();
    m_wouldBe->setText(
        tr("%1 instead of %2").arg(diskSizeText(total - wasted), diskSizeText(total)));
}

void WastePanel::showAdvice()
{
    const std::size_t worst = worstLayer(m_controller->image()->summaries);
    const layers::LayerSummary &layer = m_controller->image()->summaries[worst];
    const QString better = m_controller->betterInstruction(worst);
    const QString stored = numberText(qint64(worst) + 1);
    const QString hidden = numberText(qint64(layer.hidingLayer) + 1);
    m_codeBox->setVisible(!better.isEmpty());
    m_code->setFullText(better);
    m_how->setText(
        better.isEmpty()
            ? tr("Layer %1 stores what layer %2 replaces or removes. Leave it out where it comes "
                 "from (.dockerignore, another stage), or do both in one instruction.")
                  .arg(stored, hidden)
            : tr("Do what layers %1 and %2 do in one instruction, so that it never reaches a "
                 "layer:")
                  .arg(stored, hidden));
}

void WastePanel::updateView()
{
    m_biggest->setFiles(m_controller->files(), m_controller->view());
}

} // namespace roadstead::ui
