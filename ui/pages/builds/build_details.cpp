// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_details.h"

#include "ui/pages/builds/build_overview.h"
#include "ui/pages/builds/build_row.h"
#include "ui/pages/builds/build_steps.h"
#include "ui/pages/builds/history_controller.h"
#include "ui/shell/keymap.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// Longer than the repeat of a key that is held down.
constexpr std::chrono::milliseconds stepsRest{120};

Tone toneOf(BuildRecord::Outcome outcome)
{
    return outcome == BuildRecord::Outcome::Built    ? Tone::Ok
           : outcome == BuildRecord::Outcome::Failed ? Tone::Danger
                                                     : Tone::Neutral;
}

} // namespace

BuildDetails::BuildDetails(HistoryController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_stack(new QStackedLayout(this))
{
    setObjectName(u"buildDetails"_s);
    setAccessibleName(tr("Details"));
    m_stack->setContentsMargins(0, 0, 0, 0);
    auto *none = new EmptyState(u"buildDetailsEmpty"_s, this);
    none->setIconName(u"layout-sidebar-reverse"_s);
    none->setTexts(tr("No build chosen"), tr("Choose one in the list to see its details."));
    m_none = none;
    m_stack->addWidget(m_none);
    m_body = new QWidget(this);
    auto *column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(new Separator);
    buildBody();
    column->addLayout(m_parts, 1);
    m_stack->addWidget(m_body);
    m_rest.setSingleShot(true);
    m_rest.setInterval(stepsRest);
    connect(&m_rest, &QTimer::timeout, this, &BuildDetails::askSteps);
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, &BuildDetails::showPart);
}

QWidget *BuildDetails::buildHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(space::s4, space::s3, space::s4, 0);
    column->setSpacing(space::s1);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    m_name = new ElidedLabel({}, FontRole::Section, Color::Text);
    m_name->setObjectName(u"buildName"_s);
    m_name->setElideMode(Qt::ElideMiddle);
    m_result = new Badge({});
    m_result->setObjectName(u"buildResult"_s);
    auto *close = new IconButton(u"buildPaneClose"_s, u"x-lg"_s, tr("Close the details"));
    close->setLabel(tr("Close the details"), keysFor(Keys::Clear).constFirst());
    row->addWidget(m_name);
    row->addWidget(m_result);
    row->addStretch(1);
    row->addWidget(close);
    column->addLayout(row);
    auto *actions = new QWidget;
    auto *flow = new FlowLayout(actions);
    flow->setContentsMargins(0, space::s1, 0, space::s1);
    flow->setSpacing(space::s2);
    m_again = new Button(u"buildAgain"_s, buildActionText(BuildAction::Again));
    m_again->setIconName(buildActionIcon(BuildAction::Again));
    m_open = new Button(u"buildOpenImage"_s, buildActionText(BuildAction::OpenImage));
    m_open->setIconName(buildActionIcon(BuildAction::OpenImage));
    m_more = new IconButton(u"buildMore"_s, u"three-dots"_s, tr("More actions"));
    m_more->setBordered(true);
    flow->addWidget(m_again);
    flow->addWidget(m_open);
    flow->addWidget(m_more);
    column->addWidget(actions);
    m_tabs = new TabBar(u"buildTabs"_s, tr("Parts of the build"));
    m_tabs->addTab(tr("Overview"));
    m_tabs->addTab(tr("Steps"));
    column->addWidget(m_tabs);
    connect(close, &QAbstractButton::clicked, this, &BuildDetails::closeWanted);
    connect(m_again, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::Again, m_id); });
    connect(m_open, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::OpenImage, m_id); });
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { Q_EMIT menuWanted(m_id, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    return head;
}

void BuildDetails::buildBody()
{
    m_parts = new QStackedLayout;
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"buildOverviewScroll"_s);
    scroll->setAccessibleName(tr("Overview"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_overview = new BuildOverview;
    scroll->setWidget(m_overview);
    m_overviewPart = scroll;
    m_steps = new BuildSteps;
    m_noSteps = new EmptyState(u"noBuildSteps"_s);
    m_noSteps->setIconName(u"list-ul"_s);
    m_reading = new EmptyState(u"readingBuildSteps"_s);
    m_reading->setBusy();
    m_reading->setTexts(tr("Reading the steps"), {});
    for (QWidget *part : {m_overviewPart, static_cast<QWidget *>(m_steps),
                          static_cast<QWidget *>(m_noSteps), static_cast<QWidget *>(m_reading)}) {
        m_parts->addWidget(part);
    }
    connect(m_tabs, &QTabBar::currentChanged, this, &BuildDetails::showPart);
    connect(m_noSteps, &EmptyState::primaryPressed, this, &BuildDetails::askSteps);
}

QWidget *BuildDetails::firstPlace() const
{
    return m_tabs;
}

void BuildDetails::setBuild(const std::string &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    ++m_generation;
    const BuildRecord *record = m_controller->record(id);
    m_stack->setCurrentWidget(record != nullptr ? m_body : m_none);
    m_hasSteps = false;
    m_steps->clear();
    if (record == nullptr) {
        m_id.clear();
        m_rest.stop();
        return;
    }
    show(*record);
    m_isReading = true;
    m_patience.start();
    m_rest.isActive() ? m_rest.start() : askSteps();
    m_rest.start();
    showPart();
}

void BuildDetails::refresh()
{
    const BuildRecord *record = m_controller->record(m_id);
    if (record == nullptr) {
        setBuild({});
        return;
    }
    m_open->setEnabled(!m_controller->imageOf(*record).empty());
}

void BuildDetails::show(const BuildRecord &record)
{
    m_name->setFullText(record.shownName());
    setAccessibleName(tr("Build of %1").arg(record.shownName()));
    m_result->setText(outcomeText(record.outcome));
    m_result->setTone(toneOf(record.outcome));
    m_again->setEnabled(isRepeatable(record));
    setCommandHint(m_again, record.line);
    m_open->setEnabled(!m_controller->imageOf(record).empty());
    m_overview->setRecord(record);
}

void BuildDetails::askSteps()
{
    if (m_id.empty() || m_hasSteps) {
        return;
    }
    m_isReading = true;
    m_patience.start();
    const quint64 generation = ++m_generation;
    m_controller->steps(m_id).then(this,
                                   [this, generation](const Result<service::KeptBuild> &kept) {
                                       if (generation == m_generation) {
                                           takeSteps(kept);
                                       }
                                   });
    showPart();
}

void BuildDetails::takeSteps(const Result<service::KeptBuild> &kept)
{
    m_isReading = false;
    m_hasSteps = kept && !kept->steps.empty();
    if (kept) {
        m_overview->setKept(*kept);
        m_steps->setKept(*kept);
        m_noSteps->setTexts(tr("No steps are kept"),
                            tr("The builder told none, or the build ended before the first."));
        m_noSteps->setPrimary({});
    } else if (kept.error().kind == ErrorKind::NotFound) {
        m_noSteps->setTexts(tr("The steps are no longer kept"),
                            tr("Steps and logs of the newest builds are kept, up to 64 MB."));
        m_noSteps->setPrimary({});
    } else if (kept.error().kind == ErrorKind::MalformedReply) {
        m_noSteps->setTexts(tr("The steps cannot be read"),
                            tr("The file that they are kept in is damaged."));
        m_noSteps->setPrimary({});
    } else {
        const Explanation words = describe(kept.error());
        m_noSteps->setTexts(tr("The steps cannot be read"), words.body());
        m_noSteps->setPrimary(tr("Try again"), u"arrow-clockwise"_s);
    }
    showPart();
}

void BuildDetails::showPart()
{
    if (m_tabs->currentIndex() == 0) {
        m_parts->setCurrentWidget(m_overviewPart);
    } else if (m_hasSteps) {
        m_parts->setCurrentWidget(m_steps);
    } else if (m_isReading) {
        // What was there stays for as long as a spinner would be a flash.
        if (!m_patience.isActive()) {
            m_parts->setCurrentWidget(m_reading);
        }
    } else {
        m_parts->setCurrentWidget(m_noSteps);
    }
}

} // namespace roadstead::ui
