// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layers_tab.h"

#include "ui/pages/images/layers/layer_list.h"
#include "ui/pages/images/layers/layer_tree.h"
#include "ui/pages/images/layers/layers_head.h"
#include "ui/pages/images/layers/waste_panel.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/surface.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace roadstead::ui {

using layers::Change;
using layers::ViewQuestion;

namespace {

constexpr int layerListWidth = 340;
constexpr int filesWidth = 720;
constexpr int leastListWidth = 220;
constexpr int notesHeight = 210;
constexpr int treeHeight = 380;
constexpr int loadingBarWidth = 260;
constexpr int leastSearchWidth = 112;
constexpr int mostOpened = 200; ///< rows that are opened by themselves
constexpr int mostOpenedOfComparison = 30;

} // namespace

LayersTab::LayersTab(LayersController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_stack(new QStackedLayout(this))
    , m_content(new Surface(Color::BgSurface, this))
    , m_message(new EmptyState(QStringLiteral("layersMessage"), this))
    , m_busy(new EmptyState(QStringLiteral("layersLoading"), this))
    , m_nothing(new QWidget(this))
    , m_progress(new ProgressBar)
    , m_head(new LayersHead(controller, this))
    , m_list(new LayerList(this))
{
    setObjectName(QStringLiteral("layersTab"));
    setAccessibleName(tr("Layers"));
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(new Separator(Qt::Horizontal, m_content));
    auto *splitter = new QSplitter(Qt::Horizontal, m_content);
    splitter->setObjectName(QStringLiteral("layersSplitter"));
    splitter->setChildrenCollapsible(false);
    m_list->setMinimumWidth(scaled(leastListWidth));
    splitter->addWidget(m_list);
    splitter->addWidget(buildFiles());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({scaled(layerListWidth), filesWidth});
    column->addWidget(splitter, 1);
    m_busy->setBusy();
    m_progress->setFixedWidth(scaled(loadingBarWidth));
    auto *centred = new QWidget;
    auto *place = new QHBoxLayout(centred);
    place->setContentsMargins(0, 0, 0, 0);
    place->addWidget(m_progress, 0, Qt::AlignCenter);
    m_busy->setExtra(centred);
    m_busy->setSecondary(tr("Stop"));
    for (QWidget *page : {m_nothing, static_cast<QWidget *>(m_busy),
                          static_cast<QWidget *>(m_message), m_content}) {
        m_stack->addWidget(page);
    }
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, &LayersTab::showState);
    connect(m_busy, &EmptyState::secondaryPressed, m_controller, &LayersController::stop);
    connect(m_message, &EmptyState::primaryPressed, m_controller, &LayersController::retry);
    connect(m_controller, &LayersController::stateChanged, this, [this] {
        if (m_controller->state() == LayersController::State::Loading) {
            m_patience.start();
        }
        showState();
    });
    connect(m_controller, &LayersController::progressChanged, this, &LayersTab::showProgress);
    connect(m_controller, &LayersController::viewChanged, this, &LayersTab::showView);
    connect(m_controller, &LayersController::comparisonChanged, this, &LayersTab::showImage);
    connect(m_head, &LayersHead::compareWanted, this, &LayersTab::compareWanted);
    connect(m_waste, &WastePanel::csvWanted, this, &LayersTab::csvWanted);
    connect(m_waste, &WastePanel::fileWanted, m_tree, &LayerTree::reveal);
    connect(m_tree, &LayerTree::menuWanted, this, &LayersTab::showMenu);
    connect(m_list, &LayerList::chosen, this, [this](std::size_t layer) {
        ViewQuestion question = m_controller->question();
        question.layer = layer;
        m_controller->ask(question);
    });
    showState();
}

QWidget *LayersTab::buildFiles()
{
    auto *side = new QSplitter(Qt::Vertical, m_content);
    side->setObjectName(QStringLiteral("layerFilesSplitter"));
    side->setChildrenCollapsible(false);
    auto *top = new QWidget(side);
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(buildTools());
    m_filesStack = new QStackedLayout;
    m_tree = new LayerTree(top);
    m_noFiles = new EmptyState(QStringLiteral("layersNoFiles"), top);
    m_noFiles->setIconName(QStringLiteral("funnel"));
    m_filesStack->addWidget(m_tree);
    m_filesStack->addWidget(m_noFiles);
    column->addLayout(m_filesStack, 1);
    connect(m_noFiles, &EmptyState::primaryPressed, this, [this] {
        m_search->clear();
        m_changes->choose(0);
        ViewQuestion question = m_controller->question();
        question.only.reset();
        question.text.clear();
        m_controller->ask(question);
    });
    m_waste = new WastePanel(m_controller, side);
    side->addWidget(top);
    side->addWidget(m_waste);
    side->setStretchFactor(0, 1);
    side->setStretchFactor(1, 0);
    side->setSizes({treeHeight, scaled(notesHeight)});
    return side;
}

QHBoxLayout *LayersTab::buildTools()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    row->setSpacing(space::s3);
    m_span = new Segmented(QStringLiteral("layerSpan"), tr("What is shown"));
    m_span->addChoice(int(ViewQuestion::Span::ThisLayer), QStringLiteral("layerSpanThis"),
                      tr("This layer"));
    m_span->addChoice(int(ViewQuestion::Span::UpTo), QStringLiteral("layerSpanUpTo"),
                      tr("Everything so far"));
    m_changes = new ChipGroup(QStringLiteral("layerChanges"), tr("Which files"));
    m_changes->addChip(0, QStringLiteral("layerChangesAll"), tr("All"));
    for (const Change change : {Change::Added, Change::Changed, Change::Removed}) {
        m_changes->addChip(int(change), QStringLiteral("layerChanges%1").arg(int(change)),
                           changeWord(change, LayerTreeModel::Words::Layer));
    }
    m_search = new SearchField(QStringLiteral("layerSearch"), tr("Filter files"));
    row->addWidget(m_span);
    m_search->setMinimumWidth(scaled(leastSearchWidth));
    row->addWidget(m_changes, 3);
    row->addWidget(m_search, 1);
    m_span->choose(int(m_controller->question().span));
    m_changes->choose(0);
    connect(m_span, &Segmented::chosenChanged, this, &LayersTab::askSpan);
    connect(m_changes, &ChipGroup::chosenChanged, this, &LayersTab::askChange);
    connect(m_search, &SearchField::settled, this, &LayersTab::askText);
    return row;
}

QWidget *LayersTab::searchField() const
{
    return m_search;
}

void LayersTab::askSpan(int id)
{
    ViewQuestion question = m_controller->question();
    question.span = ViewQuestion::Span(id);
    m_controller->ask(question);
}

void LayersTab::askChange(int id)
{
    ViewQuestion question = m_controller->question();
    question.only = id == 0 ? std::nullopt : std::optional(Change(id));
    m_controller->ask(question);
}

void LayersTab::askText(const QString &text)
{
    ViewQuestion question = m_controller->question();
    question.text = text.toStdString();
    m_controller->ask(question);
}

void LayersTab::showState()
{
    using State = LayersController::State;
    switch (m_controller->state()) {
    case State::Closed:
        m_tree->setFiles({}, {}, LayerTreeModel::Words::Layer);
        m_waste->updateView();
        m_search->clear();
        m_stack->setCurrentWidget(m_nothing);
        break;
    case State::Loading:
        showProgress();
        m_stack->setCurrentWidget(m_patience.isActive() ? m_nothing
                                                        : static_cast<QWidget *>(m_busy));
        break;
    case State::Failed:
        showFailure();
        m_stack->setCurrentWidget(m_message);
        break;
    case State::Ready:
        showImage();
        m_stack->setCurrentWidget(m_content);
        break;
    }
}

void LayersTab::showProgress()
{
    const auto bytes = std::int64_t(m_controller->progress());
    const std::int64_t expected = m_controller->expected();
    m_progress->setShare(
        expected > 0 ? std::min(1.0, double(bytes) / double(std::max(expected, bytes))) : 0);
    m_progress->setVisible(bytes > 0 && expected > 0);
    m_busy->setTexts(tr("Looking into the layers"),
                     bytes == 0 ? tr("What is known of them is kept for the next time.")
                     : expected > 0
                         ? tr("%1 of about %2 from the engine")
                               .arg(diskSizeText(bytes), diskSizeText(std::max(expected, bytes)))
                         : tr("%1 from the engine").arg(diskSizeText(bytes)));
}

void LayersTab::showFailure()
{
    const Error error = m_controller->error().value_or(Error{});
    if (error.kind == ErrorKind::Cancelled) {
        m_message->setIconName(QStringLiteral("layers"));
        m_message->setTexts(tr("The layers were not looked into"),
                            tr("The engine has to send the image once for it."));
        m_message->setPrimary(tr("Look into the layers"));
    } else {
        const Explanation words = describe(error, displayText(m_controller->target().display, 80));
        m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
        m_message->setTexts(words.title, words.body());
        m_message->setPrimary(tr("Try again"));
    }
}

void LayersTab::showImage()
{
    const auto &image = m_controller->image();
    if (!image || m_controller->state() != LayersController::State::Ready) {
        return;
    }
    const bool isComparing = m_controller->isComparing();
    m_head->update();
    m_waste->updateImage();
    m_list->setImage(m_controller->steps(), image->summaries);
    m_list->choose(m_controller->question().layer);
    m_list->setVisible(!isComparing);
    m_span->setVisible(!isComparing);
    m_waste->setVisible(!isComparing);
    m_span->choose(int(m_controller->question().span));
    const auto words =
        isComparing ? LayerTreeModel::Words::Comparison : LayerTreeModel::Words::Layer;
    for (const Change change : {Change::Added, Change::Changed, Change::Removed}) {
        Chip *chip = m_changes->chip(int(change));
        chip->setText(changeWord(change, words));
        chip->setCount({});
    }
    const auto only = m_controller->question().only;
    m_changes->choose(only ? int(*only) : 0);
    m_tree->setColumnHidden(LayerTreeModel::WastedColumn, isComparing);
    showHeadings();
}

void LayersTab::showHeadings()
{
    const QString number = numberText(qint64(m_controller->question().layer) + 1);
    if (m_controller->isComparing()) {
        m_tree->files()->setHeading(tr("What differs"), tr("Where"));
    } else if (m_controller->question().span == ViewQuestion::Span::UpTo) {
        m_tree->files()->setHeading(tr("Files up to layer %1").arg(number),
                                    tr("In layer %1").arg(number));
    } else {
        m_tree->files()->setHeading(tr("Files of layer %1").arg(number),
                                    tr("In layer %1").arg(number));
    }
}

void LayersTab::showView()
{
    const auto view = m_controller->view();
    if (!view) {
        return;
    }
    const bool isComparing = m_controller->isComparing();
    m_changes->chip(int(Change::Added))->setCount(qint64(view->counts.added));
    m_changes->chip(int(Change::Changed))->setCount(qint64(view->counts.changed));
    m_changes->chip(int(Change::Removed))->setCount(qint64(view->counts.removed));
    showHeadings();
    m_tree->setFiles(m_controller->files(), view,
                     isComparing ? LayerTreeModel::Words::Comparison
                                 : LayerTreeModel::Words::Layer);
    const bool isSearched = !m_controller->question().text.empty();
    if (isSearched || isComparing) {
        m_tree->openFound(isSearched ? mostOpened : mostOpenedOfComparison);
    }
    m_waste->updateView();
    const bool isFiltered = isSearched || m_controller->question().only.has_value();
    if (view->rows[layers::topNode].hasChildren) {
        m_filesStack->setCurrentWidget(m_tree);
        return;
    }
    m_noFiles->setIconName(isFiltered    ? QStringLiteral("funnel")
                           : isComparing ? QStringLiteral("check-circle")
                                         : QStringLiteral("layers"));
    m_noFiles->setTexts(isFiltered    ? tr("No file fits")
                        : isComparing ? tr("Both have the same files")
                                      : tr("No files"),
                        isFiltered    ? tr("None is called so, or was changed so.")
                        : isComparing ? tr("By name, kind, size, owner, permissions and time.")
                                      : tr("This layer changes nothing."));
    m_noFiles->setPrimary(isFiltered ? tr("Clear filter") : QString());
    m_filesStack->setCurrentWidget(m_noFiles);
}

void LayersTab::showMenu(layers::NodeId id, QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("layerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *extract = menu->addAction(tr("Extract…"));
    extract->setObjectName(QStringLiteral("layerExtract"));
    extract->setEnabled(m_controller->isExtractable(id));
    setCommandHint(extract, m_controller->extractLine(id, QStringLiteral("FILE")));
    connect(extract, &QAction::triggered, this, [this, id] { Q_EMIT extractWanted(id); });
    menu->addSeparator();
    QAction *copy = menu->addAction(tr("Copy the path"));
    copy->setObjectName(QStringLiteral("layerCopyPath"));
    connect(copy, &QAction::triggered, this, [path = "/" + m_controller->files()->tree().path(id)] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(path));
    });
    menu->popup(position);
}

} // namespace roadstead::ui
