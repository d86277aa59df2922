// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_details.h"

#include "ui/pages/builds/build_overview.h"
#include "ui/pages/builds/build_row.h"
#include "ui/pages/builds/build_steps.h"
#include "ui/pages/builds/history_controller.h"
#include "ui/pages/builds/pane_frame.h"
#include "ui/text/error_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/tab_bar.h"

#include <QScrollArea>
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
    , m_frame(new PaneFrame({.name = u"build"_s,
                             .none = tr("No build chosen"),
                             .hint = tr("Choose one in the list to see its details."),
                             .tabs = tr("Parts of the build")}))
{
    setObjectName(u"buildDetails"_s);
    setAccessibleName(tr("Details"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_frame);
    buildActions();
    buildParts();
    connect(m_frame, &PaneFrame::closeWanted, this, &BuildDetails::closeWanted);
    m_rest.setSingleShot(true);
    m_rest.setInterval(stepsRest);
    connect(&m_rest, &QTimer::timeout, this, &BuildDetails::askSteps);
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, &BuildDetails::showPart);
}

void BuildDetails::buildActions()
{
    m_again = new Button(u"buildAgain"_s, buildActionText(BuildAction::Again));
    m_again->setIconName(buildActionIcon(BuildAction::Again));
    m_open = new Button(u"buildOpenImage"_s, buildActionText(BuildAction::OpenImage));
    m_open->setIconName(buildActionIcon(BuildAction::OpenImage));
    m_more = new IconButton(u"buildMore"_s, u"three-dots"_s, tr("More actions"));
    m_more->setBordered(true);
    for (QWidget *button : {static_cast<QWidget *>(m_again), static_cast<QWidget *>(m_open),
                            static_cast<QWidget *>(m_more)}) {
        m_frame->addAction(button);
    }
    connect(m_again, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::Again, m_id); });
    connect(m_open, &QAbstractButton::clicked, this,
            [this] { Q_EMIT actionWanted(BuildAction::OpenImage, m_id); });
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { Q_EMIT menuWanted(m_id, m_more->mapToGlobal(QPoint(0, m_more->height()))); });
}

void BuildDetails::buildParts()
{
    m_overview = new BuildOverview;
    m_overviewPart = PaneFrame::scrolled(u"buildOverviewScroll"_s, tr("Overview"), m_overview);
    m_steps = new BuildSteps;
    m_noSteps = new EmptyState(u"noBuildSteps"_s);
    m_noSteps->setIconName(u"list-ul"_s);
    m_reading = new EmptyState(u"readingBuildSteps"_s);
    m_reading->setBusy();
    m_reading->setTexts(tr("Reading the steps"), {});
    m_frame->addTab(tr("Overview"), m_overviewPart);
    m_frame->addTab(tr("Steps"), m_steps);
    m_frame->addPart(m_noSteps);
    m_frame->addPart(m_reading);
    connect(tabs(), &QTabBar::currentChanged, this, &BuildDetails::showPart);
    connect(m_noSteps, &EmptyState::primaryPressed, this, &BuildDetails::askSteps);
}

TabBar *BuildDetails::tabs() const
{
    return m_frame->tabs();
}

QWidget *BuildDetails::firstPlace() const
{
    return tabs();
}

void BuildDetails::setBuild(const std::string &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    ++m_generation;
    const BuildRecord *record = m_controller->record(id);
    m_frame->setChosen(record != nullptr);
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
    m_frame->setTitle(record.shownName());
    setAccessibleName(tr("Build of %1").arg(record.shownName()));
    m_frame->setState(outcomeText(record.outcome), toneOf(record.outcome));
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
    if (tabs()->currentIndex() == 0) {
        m_frame->showPart(m_overviewPart);
    } else if (m_hasSteps) {
        m_frame->showPart(m_steps);
    } else if (m_isReading) {
        // What was there stays for as long as a spinner would be a flash.
        if (!m_patience.isActive()) {
            m_frame->showPart(m_reading);
        }
    } else {
        m_frame->showPart(m_noSteps);
    }
}

} // namespace roadstead::ui
