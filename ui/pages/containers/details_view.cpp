// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/details_view.h"

#include "ui/models/container_text.h"
#include "ui/pages/containers/container_actions.h"
#include "ui/pages/containers/container_look.h"
#include "ui/pages/containers/containers_controller.h"
#include "ui/pages/containers/facts_line.h"
#include "ui/pages/containers/files/files_tab.h"
#include "ui/pages/containers/inspect_tab.h"
#include "ui/pages/containers/logs/logs_tab.h"
#include "ui/pages/containers/overview_panel.h"
#include "ui/pages/containers/overview_tab.h"
#include "ui/pages/containers/stats/stats_tab.h"
#include "ui/pages/containers/tab/details_tab.h"
#include "ui/pages/containers/terminal/terminal_tab.h"
#include "ui/shell/keymap.h"
#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/announce.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <utility>

namespace roadstead::ui {

namespace {

Tone toneOf(const ContainerRow &row)
{
    switch (row.mark()) {
    case ContainerMark::Running:
        return Tone::Ok;
    case ContainerMark::Unhealthy:
    case ContainerMark::Failed:
    case ContainerMark::Dead:
        return Tone::Danger;
    case ContainerMark::Paused:
        return Tone::Warn;
    case ContainerMark::Restarting:
        return Tone::Accent;
    default:
        return Tone::Neutral;
    }
}

} // namespace

DetailsView::DetailsView(ContainersController *controller, Form form, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_form(form)
    , m_details(controller->engine(), controller->containers())
    , m_actions(new ContainerActions(
          controller, form == Form::Page ? QStringLiteral("details") : QStringLiteral("pane"),
          this))
{
    setObjectName(form == Form::Page ? QStringLiteral("containerDetails")
                                     : QStringLiteral("containerPaneDetails"));
    setFocusPolicy(Qt::ClickFocus); // no stop of the keyboard: the tabs are
    setProperty("focusRing", false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    buildBody(layout);
    connect(&m_details, &DetailsController::stateChanged, this, &DetailsView::showState);
    connect(&m_details, &DetailsController::rowChanged, this, &DetailsView::showRow);
    connect(&m_details, &DetailsController::detailsChanged, this, &DetailsView::showProblem);
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, &DetailsView::showState);
    connect(m_actions, &ContainerActions::triggered, this, &DetailsView::actionWanted);
    connect(controller, &ContainersController::stateChanged, this, [this] {
        m_actions->update();
        showRow();
        showProblem();
    });
    showState();
}

DetailsView::~DetailsView() = default;

QWidget *DetailsView::buildHead()
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
    m_name->setObjectName(QStringLiteral("detailsName"));
    m_name->setElideMode(Qt::ElideMiddle);
    m_badge = new Badge({}, Tone::Neutral, head);
    titleRow->addWidget(m_name);
    titleRow->addWidget(m_badge);
    titleRow->addStretch(1);
    layout->addLayout(titleRow);
    if (page) {
        buildActions(titleRow);
    } else {
        titleRow->addLayout(buildPaneButtons(head));
        auto *actions = new QWidget(head);
        auto *flow = new FlowLayout(actions);
        flow->setContentsMargins(0, space::s1, 0, space::s1);
        flow->setSpacing(space::s2);
        buildActions(flow);
        layout->addWidget(actions);
    }
    m_facts = new FactsLine(head);
    layout->addWidget(m_facts);
    connect(m_facts, &FactsLine::portWanted, this, &DetailsView::portWanted);
    m_problem = new Label({}, FontRole::Small, Color::Warn, head);
    m_problem->setObjectName(QStringLiteral("detailsProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    buildTabs(layout, head);
    return head;
}

QLayout *DetailsView::buildCrumbs(QWidget *head)
{
    auto *crumbs = new QHBoxLayout;
    crumbs->setSpacing(space::s2);
    m_crumbList = new LinkButton(QStringLiteral("crumbContainers"), tr("Containers"), head);
    m_crumbProject = new Label({}, FontRole::Small, Color::Text2, head);
    m_crumbName = new ElidedLabel({}, FontRole::Small, Color::Text2, head);
    crumbs->addWidget(m_crumbList);
    crumbs->addWidget(m_crumbProject);
    crumbs->addWidget(m_crumbName, 1);
    connect(m_crumbList, &QAbstractButton::clicked, this, &DetailsView::backWanted);
    return crumbs;
}

QLayout *DetailsView::buildPaneButtons(QWidget *head)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    auto *enlarge =
        new IconButton(QStringLiteral("paneEnlarge"), QStringLiteral("arrows-angle-expand"),
                       tr("Open as a page"), head);
    enlarge->setLabel(tr("Open as a page"), keysFor(Keys::Open).constFirst());
    auto *close = new IconButton(QStringLiteral("paneClose"), QStringLiteral("x-lg"),
                                 tr("Close the details"), head);
    close->setLabel(tr("Close the details"), keysFor(Keys::Clear).constFirst());
    row->addWidget(enlarge);
    row->addWidget(close);
    connect(enlarge, &QAbstractButton::clicked, this,
            [this] { Q_EMIT pageWanted(m_details.id()); });
    connect(close, &QAbstractButton::clicked, this, &DetailsView::backWanted);
    return row;
}

void DetailsView::buildTabs(QBoxLayout *column, QWidget *head)
{
    m_tabs = new TabBar(QStringLiteral("detailsTabs"), tr("Parts of the container"), head);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->addWidget(m_tabs, 1);
    m_recreate = new Button(m_form == Form::Page ? QStringLiteral("detailsRecreate")
                                                 : QStringLiteral("paneRecreate"),
                            tr("Edit and recreate…"), ButtonKind::Normal, head);
    m_recreate->setIconName(QStringLiteral("pencil"));
    m_recreate->hide();
    row->addWidget(m_recreate);
    column->addLayout(row);
    connect(m_recreate, &Button::clicked, this, [this] { Q_EMIT recreateWanted(m_details.id()); });
}

/// The pane has no room for the button.
void DetailsView::offerRecreate()
{
    m_recreate->setVisible(m_form == Form::Page);
}

void DetailsView::buildActions(QLayout *row)
{
    for (const ContainerAction action :
         {ContainerAction::Start, ContainerAction::Stop, ContainerAction::Restart,
          ContainerAction::Pause, ContainerAction::Unpause}) {
        auto *button = new Button(QStringLiteral("details%1Button").arg(int(action)),
                                  actionLabel(action), ButtonKind::Normal, this);
        QAction *qAction = m_actions->action(action);
        button->setObjectName(qAction->objectName() + QStringLiteral("Button"));
        button->follow(qAction);
        const bool always = action == ContainerAction::Restart;
        const auto showOrHide = [button, qAction, always] {
            button->setVisible(always || qAction->isEnabled());
        };
        connect(qAction, &QAction::changed, button, showOrHide);
        showOrHide();
        row->addWidget(button);
    }
    m_more = new IconButton(QStringLiteral("detailsMore"), QStringLiteral("three-dots"),
                            tr("More actions"), this);
    m_more->setBordered(true);
    row->addWidget(m_more);
    connect(m_more, &QAbstractButton::clicked, this, &DetailsView::showMore);
}

void DetailsView::buildBody(QBoxLayout *layout)
{
    layout->addWidget(new Separator(Qt::Horizontal, this));
    m_stack = new QStackedLayout;
    m_message = new EmptyState(QStringLiteral("detailsMessage"), this);
    m_stack->addWidget(m_message);
    m_busy = new EmptyState(QStringLiteral("detailsLoading"), this);
    m_busy->setBusy();
    m_busy->setTexts(tr("Reading the container"), {});
    m_nothing = new QWidget(this);
    m_stack->addWidget(m_busy);
    m_stack->addWidget(m_nothing);
    layout->addLayout(m_stack, 1);
    addParts();
    connect(m_tabs, &QTabBar::currentChanged, this, &DetailsView::showState);
    connect(m_message, &EmptyState::primaryPressed, this, [this] {
        if (m_details.state() == DetailsController::State::Failed) {
            m_details.refresh();
        } else {
            Q_EMIT backWanted();
        }
    });
}

void DetailsView::addParts()
{
    ContainerEngine *engine = m_controller->engine();
    m_parts.emplace(m_tabs, m_stack, m_recreate);
    m_parts->add(tr("Overview"), [this](QWidget *parent) { return makeOverview(parent); });
    m_parts->add(tr("Logs"), [engine](QWidget *parent) { return new LogsTab(engine, parent); });
    m_terminal = m_parts->add(
        tr("Terminal"), [engine](QWidget *parent) { return new TerminalTab(engine, parent); });
    m_files = m_parts->add(tr("Files"),
                           [engine](QWidget *parent) { return new FilesTab(engine, parent); });
    m_stats = m_parts->add(tr("Stats"),
                           [engine](QWidget *parent) { return new StatsTab(engine, parent); });
    m_inspect = m_parts->add(
        tr("Inspect"), [this](QWidget *parent) { return new InspectTab(&m_details, parent); });
}

DetailsTab *DetailsView::makeOverview(QWidget *parent)
{
    auto *overview = new OverviewTab(m_controller, &m_details, parent);
    connect(overview->panel(), &OverviewPanel::folderWanted, this, [this](const auto &folder) {
        static_cast<FilesTab *>(m_parts->part(m_files))->showFolder(folder);
        m_tabs->setCurrentIndex(m_files);
    });
    connect(overview->panel(), &OverviewPanel::portWanted, this, &DetailsView::portWanted);
    connect(overview->panel(), &OverviewPanel::connectWanted, this,
            [this] { Q_EMIT connectWanted(m_details.id()); });
    connect(
        overview->panel(), &OverviewPanel::disconnectWanted, this,
        [this](const std::string &network) { Q_EMIT disconnectWanted(m_details.id(), network); });
    return overview;
}

void DetailsView::open(const std::string &id)
{
    if (m_form == Form::Page) {
        m_tabs->setCurrentIndex(0);
    } // a pane that goes from one to the next shows the same of each
    m_announced.clear();
    m_patience.start();
    m_details.open(id);
    m_actions->setTargets({id});
    showRow();
}

void DetailsView::close()
{
    m_details.close();
    m_actions->setTargets({});
    m_parts->clear();
}

void DetailsView::refresh()
{
    m_details.refresh();
}

QWidget *DetailsView::searchField()
{
    const DetailsTab *chosen = m_parts->chosen();
    QWidget *field =
        chosen != nullptr && m_stack->currentWidget() == chosen ? chosen->searchField() : nullptr;
    if (field != nullptr) {
        return field;
    }
    m_tabs->setCurrentIndex(m_inspect);
    return m_parts->part(m_inspect)->searchField();
}

void DetailsView::showTerminal()
{
    m_tabs->setCurrentIndex(m_terminal);
    static_cast<TerminalTab *>(m_parts->part(m_terminal))->focusTerminal();
}

void DetailsView::showState()
{
    using State = DetailsController::State;
    switch (m_details.state()) {
    case State::Gone:
        m_parts->setGone();
        m_message->setIconName(QStringLiteral("trash"));
        m_message->setTexts(tr("This container was removed"),
                            tr("It is no longer in the engine. What it printed and changed inside "
                               "went with it."));
        m_message->setPrimary(m_form == Form::Page ? tr("Back to the list") : QString());
        m_stack->setCurrentWidget(m_message);
        break;
    case State::Failed: {
        const Explanation words = describe(m_details.error().value_or(Error{}),
                                           m_details.row() ? m_details.row()->name : QString());
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
        if (m_parts->chosen() == nullptr) {
            m_stack->setCurrentWidget(m_nothing); // there may never be more to see
            break;
        }
        [[fallthrough]];
    case State::Ready:
        m_parts->showChosen();
        break;
    }
    m_parts->setShown(isVisible());
    showProblem();
    m_actions->update();
    Q_EMIT containerChanged();
}

void DetailsView::showRow()
{
    const ContainerRowPointer row = m_details.row();
    if (!row) {
        return;
    }
    m_name->setFullText(row->name);
    if (m_crumbName) {
        m_crumbName->setFullText(QStringLiteral("›  ") + row->name);
        m_crumbProject->setVisible(!row->project.isEmpty());
        m_crumbProject->setText(QStringLiteral("›  ") + row->project);
    }
    setAccessibleName(tr("Container %1").arg(row->name));
    const QString before = m_announced;
    QString state = containerStateText(*row);
    if (row->mark() == ContainerMark::Running && row->health == docker::Health::Healthy) {
        state = tr("Running, healthy");
    }
    m_badge->setText(state);
    const bool stale = m_controller->isStale();
    m_badge->setTone(stale                               ? Tone::Neutral
                     : row->pending == PendingWork::None ? toneOf(*row)
                                                         : Tone::Accent);
    m_badge->setMark(stateLookOf(*row).mark);
    m_name->setTone(stale ? Color::Text3 : Color::Text);
    // The list tells what changes in it, and in the pane beside it.
    if (!std::exchange(m_announced, state).isEmpty() && m_announced != before && isVisible() &&
        m_form == Form::Page) {
        announce(this, tr("%1: %2", "name, state").arg(row->name, state));
    }
    m_facts->setRow(*row, row->state == docker::ContainerState::Running && !stale,
                    m_controller->containers()->now());
    m_parts->setContainer(row);
    m_actions->update();
    Q_EMIT containerChanged();
}

/// Why what is shown may not be so any more.
void DetailsView::showProblem()
{
    QString problem;
    if (m_details.state() == DetailsController::State::Ready) {
        if (m_controller->isStale()) {
            problem = tr("The engine does not answer. What is shown may be out of date.");
        } else if (m_details.error()) {
            problem =
                tr("What is shown may be out of date. %1").arg(describe(*m_details.error()).body());
        }
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void DetailsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_parts->setShown(true);
}

void DetailsView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_parts->setShown(false);
}

void DetailsView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT escaped();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace roadstead::ui
