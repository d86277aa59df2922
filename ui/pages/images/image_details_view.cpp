// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_details_view.h"

#include "engine/docker/question.h"
#include "ui/pages/images/image_actions.h"
#include "ui/pages/images/image_overview.h"
#include "ui/pages/images/images_controller.h"
#include "ui/pages/images/layers/layers_tab.h"
#include "ui/pages/inspect_view.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

namespace {

LayersController::Parts layerParts(ImageEngine *engine)
{
    return {.open =
                [engine](const docker::Target &image, LayersController::Advances advances) {
                    return engine->openLayers(image, std::move(advances));
                },
            .extract =
                [engine](const docker::Target &image, const layers::FileInLayer &file,
                         const std::string &path) { return engine->extract(image, file, path); }};
}

} // namespace

ImageDetailsView::ImageDetailsView(ImagesController *controller, Form form, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_form(form)
    , m_details(controller->engine(), controller->images())
    , m_layers(layerParts(controller->engine()))
    , m_actions(new ImageActions(
          controller, form == Form::Page ? QStringLiteral("details") : QStringLiteral("pane"),
          this))
{
    setObjectName(form == Form::Page ? QStringLiteral("imageDetails")
                                     : QStringLiteral("imagePaneDetails"));
    setFocusPolicy(Qt::ClickFocus); // no stop of the keyboard: the tabs are
    setProperty("focusRing", false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    buildBody(layout);
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, &ImageDetailsView::showState);
    connect(&m_details, &ImageDetailsController::stateChanged, this, &ImageDetailsView::showState);
    connect(&m_details, &ImageDetailsController::rowChanged, this, &ImageDetailsView::showRow);
    connect(&m_details, &ImageDetailsController::detailsChanged, this,
            &ImageDetailsView::showDetails);
    connect(m_actions, &ImageActions::triggered, this, &ImageDetailsView::actionWanted);
    connect(controller, &ImagesController::stateChanged, m_actions, &ImageActions::update);
    showState();
}

ImageDetailsView::~ImageDetailsView() = default;

QWidget *ImageDetailsView::buildHead()
{
    const bool page = m_form == Form::Page;
    auto *head = new QWidget(this);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(space::s4, page ? space::s2 : space::s3, space::s4, 0);
    layout->setSpacing(space::s1);
    if (page) {
        layout->addLayout(buildCrumbs(head));
    }
    auto *titleRow = new QHBoxLayout;
    titleRow->setSpacing(space::s2);
    m_name = new ElidedLabel({}, page ? FontRole::Title : FontRole::Section, Color::Text, head);
    m_name->setObjectName(QStringLiteral("imageName"));
    m_name->setElideMode(Qt::ElideMiddle);
    m_badge = new Badge({}, Tone::Neutral, head);
    m_badge->setObjectName(QStringLiteral("imageUse"));
    m_news = new Badge(tr("Newer version"), Tone::Accent, head);
    m_news->hide();
    titleRow->addWidget(m_name);
    titleRow->addWidget(m_badge);
    titleRow->addWidget(m_news);
    titleRow->addStretch(1);
    layout->addLayout(titleRow);
    if (page) {
        buildActions(titleRow);
    } else {
        buildPaneButtons(head, titleRow);
        auto *actions = new QWidget(head);
        auto *flow = new FlowLayout(actions);
        flow->setContentsMargins(0, space::s1, 0, space::s1);
        flow->setSpacing(space::s2);
        buildActions(flow);
        layout->addWidget(actions);
    }
    m_tabs = new TabBar(QStringLiteral("imageTabs"), tr("Parts of the image"), head);
    layout->addWidget(m_tabs);
    return head;
}

QLayout *ImageDetailsView::buildCrumbs(QWidget *head)
{
    auto *crumbs = new QHBoxLayout;
    crumbs->setSpacing(space::s2);
    auto *list = new LinkButton(QStringLiteral("crumbImages"), tr("Images"), head);
    m_crumbName = new ElidedLabel({}, FontRole::Small, Color::Text2, head);
    crumbs->addWidget(list);
    crumbs->addWidget(m_crumbName, 1);
    connect(list, &QAbstractButton::clicked, this, &ImageDetailsView::backWanted);
    return crumbs;
}

void ImageDetailsView::setTrust(service::TrustDesk *trust)
{
    m_overview->setTrust(trust);
}

void ImageDetailsView::buildPaneButtons(QWidget *head, QBoxLayout *row)
{
    auto *enlarge =
        new IconButton(QStringLiteral("imagePaneEnlarge"), QStringLiteral("arrows-angle-expand"),
                       tr("Open as a page"), head);
    enlarge->setLabel(tr("Open as a page"), keysFor(Keys::Open).constFirst());
    auto *close = new IconButton(QStringLiteral("imagePaneClose"), QStringLiteral("x-lg"),
                                 tr("Close the details"), head);
    close->setLabel(tr("Close the details"), keysFor(Keys::Clear).constFirst());
    row->addWidget(enlarge);
    row->addWidget(close);
    connect(enlarge, &QAbstractButton::clicked, this,
            [this] { Q_EMIT pageWanted(m_details.id()); });
    connect(close, &QAbstractButton::clicked, this, &ImageDetailsView::backWanted);
}

void ImageDetailsView::buildActions(QLayout *row)
{
    for (const ImageAction action :
         {ImageAction::Run, ImageAction::Push, ImageAction::Save, ImageAction::Tag}) {
        QAction *qAction = m_actions->action(action);
        auto *button =
            new Button(qAction->objectName() + QStringLiteral("Button"), actionLabel(action),
                       action == ImageAction::Run ? ButtonKind::Primary : ButtonKind::Normal, this);
        button->follow(qAction);
        // In the button's own tone, which the action does not know.
        const auto takeIcon = [button, action] { button->setIconName(actionIcon(action)); };
        takeIcon();
        connect(qAction, &QAction::changed, button, takeIcon);
        row->addWidget(button);
    }
    m_more = new IconButton(QStringLiteral("imageMore"), QStringLiteral("three-dots"),
                            tr("More actions"), this);
    m_more->setBordered(true);
    row->addWidget(m_more);
    connect(m_more, &QAbstractButton::clicked, this, [this] {
        Q_EMIT menuWanted({m_details.id()}, m_more->mapToGlobal(QPoint(0, m_more->height())));
    });
}

void ImageDetailsView::buildBody(QBoxLayout *layout)
{
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_stack = new QStackedLayout;
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("imageOverviewScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Overview"));
    m_overview = new ImageOverview(scroll);
    scroll->setWidget(m_overview);
    m_inspect = new InspectView(this);
    m_tabs->addTab(tr("Overview"));
    m_stack->addWidget(scroll);
    if (m_form == Form::Page) {
        m_layersTab = new LayersTab(&m_layers, this);
        m_tabs->addTab(tr("Layers"));
        m_stack->addWidget(m_layersTab);
    }
    m_tabs->addTab(tr("Inspect"));
    m_stack->addWidget(m_inspect);
    m_message = new EmptyState(QStringLiteral("imageMessage"), this);
    m_busy = new EmptyState(QStringLiteral("imageLoading"), this);
    m_busy->setBusy();
    m_busy->setTexts(tr("Reading the image"), {});
    m_nothing = new QWidget(this);
    for (QWidget *other :
         {static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_busy), m_nothing}) {
        m_stack->addWidget(other);
    }
    layout->addLayout(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, &ImageDetailsView::showState);
    connect(m_tabs, &QTabBar::currentChanged, this, &ImageDetailsView::openLayers);
    connect(m_overview, &ImageOverview::tagWanted, this,
            [this] { Q_EMIT actionWanted(ImageAction::Tag, {m_details.id()}); });
    connect(m_overview, &ImageOverview::containerWanted, this, &ImageDetailsView::containerWanted);
    connect(m_message, &EmptyState::primaryPressed, this, [this] {
        if (m_details.state() == ImageDetailsController::State::Failed) {
            m_details.refresh();
        } else {
            Q_EMIT backWanted();
        }
    });
}

void ImageDetailsView::open(const std::string &id)
{
    if (m_form == Form::Page) {
        m_tabs->setCurrentIndex(0);
    } // a pane that goes from one to the next shows the same of each
    m_overview->clear();
    m_layers.close();
    m_patience.start();
    m_details.open(id);
    m_actions->setTargets({id});
    showRow();
}

void ImageDetailsView::close()
{
    m_details.close();
    m_layers.close();
    m_actions->setTargets({});
}

void ImageDetailsView::refresh()
{
    m_details.refresh();
}

void ImageDetailsView::showLayers()
{
    if (m_layersTab) {
        m_tabs->setCurrentIndex(m_stack->indexOf(m_layersTab));
    }
}

/// Once they are looked for: the engine may have to send the whole image.
void ImageDetailsView::openLayers()
{
    const ImageRowPointer row = m_details.row();
    if (m_layersTab && row && m_stack->indexOf(m_layersTab) == m_tabs->currentIndex() &&
        m_layers.state() == LayersController::State::Closed) {
        m_layers.open({row->id(), row->reference()}, row->summary.size);
    }
}

QWidget *ImageDetailsView::searchField() const
{
    if (m_layersTab && m_stack->indexOf(m_layersTab) == m_tabs->currentIndex()) {
        return m_layersTab->searchField();
    }
    m_tabs->setCurrentIndex(m_stack->indexOf(m_inspect));
    return m_inspect->searchField();
}

void ImageDetailsView::showState()
{
    using State = ImageDetailsController::State;
    switch (m_details.state()) {
    case State::Gone:
        m_message->setIconName(QStringLiteral("trash"));
        m_message->setTexts(tr("This image was removed"), tr("It is no longer in the engine."));
        m_message->setPrimary(m_form == Form::Page ? tr("Back to the list") : QString());
        m_stack->setCurrentWidget(m_message);
        break;
    case State::Failed: {
        const Explanation words = describe(m_details.error().value_or(Error{}),
                                           m_details.row() ? m_details.row()->title() : QString());
        m_message->setIconName(QStringLiteral("exclamation-circle"), Tone::Danger);
        m_message->setTexts(words.title, words.body());
        m_message->setPrimary(tr("Try again"));
        m_stack->setCurrentWidget(m_message);
        break;
    }
    case State::Loading:
        m_stack->setCurrentWidget(m_patience.isActive() ? m_nothing : m_busy);
        break;
    case State::Closed:
    case State::Ready:
        m_stack->setCurrentIndex(m_tabs->currentIndex());
        break;
    }
    m_actions->update();
}

void ImageDetailsView::showRow()
{
    const ImageRowPointer row = m_details.row();
    if (!row) {
        return;
    }
    const QString title = row->tags.empty() && !row->name.isEmpty() ? row->name : row->title();
    m_name->setFullText(title);
    if (m_crumbName) {
        m_crumbName->setFullText(QStringLiteral("›  ") + title);
    }
    setAccessibleName(tr("Image %1").arg(title));
    m_badge->setText(row->isInUse()      ? tr("In use by %1").arg(row->users.size())
                     : row->isUntagged() ? tr("Untagged")
                                         : tr("Unused"));
    m_badge->setTone(row->isInUse() ? Tone::Ok : Tone::Neutral);
    m_news->setVisible(row->news == ImageNews::Newer);
    m_overview->setRow(*row, m_controller->images()->now());
    const docker::InspectImage inspect{.image = {row->id(), row->reference()}};
    m_inspect->setCommand(QString::fromStdString(docker::commandLine(docker::arguments(inspect))));
    m_actions->update();
}

void ImageDetailsView::showDetails()
{
    if (m_details.details()) {
        m_overview->setDetails(*m_details.details());
        m_inspect->setJson(m_details.details()->raw);
    }
    if (m_details.history()) {
        m_overview->setHistory(*m_details.history());
    }
}

void ImageDetailsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace roadstead::ui
