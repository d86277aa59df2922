// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What LogPanel says of its logs: how many lines, how they stand, why there are none.

#include "ui/pages/containers/logs/log_panel.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/text/error_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QStackedLayout>

#include <algorithm>
#include <cmath>

namespace roadstead::ui {

using service::LogState;

QWidget *LogPanel::buildStatus()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s2);
    line->setFixedHeight(heightFor(FontRole::Small, size::commandBar));
    m_count = new ElidedLabel({}, FontRole::Small, Color::Text2, line);
    m_count->setObjectName(QStringLiteral("logsCount"));
    m_readAll = new LinkButton(QStringLiteral("logsReadAll"), tr("Read all"), line);
    m_readAll->setToolTip(tr("Read all older lines from the engine"));
    m_readAll->hide();
    m_mark = new MarkLabel(StateMark::Running, 12, line);
    m_mark->setObjectName(QStringLiteral("logsMark"));
    m_mark->hide();
    m_status = new Label({}, FontRole::Small, Color::Text2, line);
    m_status->setObjectName(QStringLiteral("logsStatus"));
    row->addWidget(m_count);
    row->addWidget(m_readAll);
    row->addStretch(1);
    row->addWidget(m_mark);
    row->addWidget(m_status);
    connect(m_readAll, &LinkButton::clicked, this, &LogPanel::readAll);
    return line;
}

std::uint64_t LogPanel::bytesOnDisk() const
{
    std::uint64_t sum = 0;
    for (const Entry &entry : m_entries) {
        sum += entry.feed ? entry.feed->store()->bytesOnDisk() : 0;
    }
    return sum;
}

bool LogPanel::hasOlder() const
{
    return std::ranges::any_of(
        m_entries, [](const Entry &entry) { return entry.feed && entry.feed->hasOlder(); });
}

bool LogPanel::isReadingOlder() const
{
    return std::ranges::any_of(
        m_entries, [](const Entry &entry) { return entry.feed && entry.feed->isReadingOlder(); });
}

std::optional<Error> LogPanel::feedError() const
{
    for (const Entry &entry : m_entries) {
        if (entry.feed && entry.feed->error()) {
            return entry.feed->error();
        }
    }
    return {};
}

/// Of several the one that a person has to know.
LogState LogPanel::state() const
{
    for (const LogState wanted : {LogState::Interrupted, LogState::Loading, LogState::Following,
                                  LogState::Ended, LogState::Unreadable}) {
        const bool any = std::ranges::any_of(m_entries, [wanted](const Entry &entry) {
            return entry.feed && entry.feed->state() == wanted;
        });
        if (any) {
            return wanted;
        }
    }
    const bool gone =
        std::ranges::any_of(m_entries, [](const Entry &entry) { return entry.feed != nullptr; });
    return gone ? LogState::Gone : LogState::Loading;
}

void LogPanel::showLines()
{
    const store::MergedLines &lines = m_view->lines();
    if (lines.sources() == 0) {
        m_count->setFullText({});
        return;
    }
    for (std::size_t level = 1; level < store::levelCount; ++level) {
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < lines.sources(); ++i) {
            const auto &all = lines.counts(i).all;
            sum += lines.isShown(i) ? all.at(level) + all.at(store::levelCount + level) : 0;
        }
        m_levels->chip(int(level))->setCount(qint64(sum));
    }
    const QString count = numberText(lines.lines());
    const QString bytes = diskSizeText(qint64(bytesOnDisk()));
    if (m_view->rows() == 0) {
        m_count->setFullText(lines.lines() == 0
                                 ? QString()
                                 : tr("Lines: %1 · %2 on disk · None shown").arg(count, bytes));
        return;
    }
    const auto [first, last] = m_view->shownLines();
    m_count->setFullText(tr("Lines: %1 · %2 on disk · Showing %3 to %4")
                             .arg(count, bytes, numberText(first), numberText(last)));
}

QString LogPanel::stateText() const
{
    if (m_engine->link() == service::Link::NotAnswering) {
        return tr("The engine does not answer");
    }
    if (isReadingOlder()) {
        return tr("Reading older lines");
    }
    const bool tooMany = std::ranges::any_of(m_entries, [](const Entry &entry) {
        return entry.feed && entry.feed->olderError() &&
               entry.feed->olderError()->kind == ErrorKind::DiskFull;
    });
    if (tooMany) {
        return tr("The log is larger than what is kept here. Save… writes all of it.");
    }
    switch (state()) {
    case LogState::Following: {
        const int rate = int(std::lround(m_rate.perSecond(m_clock.elapsed())));
        if (!m_view->isFollowing()) { // lines come, and are not gone to
            return rate > 0 ? tr("Live, about %n lines per second", nullptr, rate) : tr("Live");
        }
        return rate > 0 ? tr("Following, about %n lines per second", nullptr, rate)
                        : tr("Following");
    }
    case LogState::Ended:
        return m_form == Form::One ? tr("The container does not run")
                                   : tr("None of the containers runs");
    case LogState::Interrupted:
        return tr("Interrupted, trying again");
    case LogState::Gone:
        return m_form == Form::One ? tr("The container was removed")
                                   : tr("The containers were removed");
    case LogState::Loading:
    case LogState::Unreadable:
        break;
    }
    return {};
}

/// What a field has to say stays until something else is typed there, or changes.
void LogPanel::showStatus()
{
    if (m_status->tone() != Color::Text2) {
        return;
    }
    m_status->setText(stateText());
    const LogState now = state();
    m_mark->setMark(now == LogState::Ended ? StateMark::Exited : StateMark::Running);
    m_mark->setVisible(m_shown && (now == LogState::Following || now == LogState::Ended) &&
                       m_engine->link() == service::Link::Live && !isReadingOlder());
}

void LogPanel::showMessage(const QString &icon, const QString &what, const QString &why,
                           const QString &primary)
{
    m_message->setIconName(icon);
    m_message->setTexts(what, why);
    m_message->setPrimary(primary);
    m_stack->setCurrentWidget(m_message);
}

void LogPanel::showState()
{
    m_status->setTone(Color::Text2);
    showStatus();
    showCommand();
    m_readAll->setVisible(hasOlder() && !isReadingOlder());
    m_save->setEnabled(!m_entries.empty() && !m_saving);
    if (m_view->rows() > 0) {
        m_stack->setCurrentWidget(m_view);
    } else if (m_view->lines().lines() > 0) {
        showMessage(QStringLiteral("funnel"), tr("No line passes the filter"), hiddenText(),
                    tr("Clear filter"));
    } else {
        showNoLines(state());
    }
}

QString LogPanel::hiddenText() const
{
    const QString count = numberText(m_view->lines().lines());
    const QString hidden =
        m_form == Form::One
            ? tr("Lines of other levels or of the other stream: %1.").arg(count)
            : tr("Lines of other levels, of the other stream or of other containers: %1.")
                  .arg(count);
    return hasOlder() ? tr("%1 Older ones were not read yet.").arg(hidden) : hidden;
}

void LogPanel::showNoLines(LogState state)
{
    if (m_storeError) {
        showMessage(QStringLiteral("exclamation-circle"), tr("The log could not be kept"),
                    describe(*m_storeError).body());
    } else if (state == LogState::Unreadable) {
        showMessage(QStringLiteral("journal-text"), tr("This log cannot be read"),
                    tr("The container's log driver sends its output elsewhere. Read it there, or "
                       "create the container with the driver json-file or local."));
    } else if (state == LogState::Interrupted) {
        showMessage(QStringLiteral("wifi-off"), tr("The log could not be read"),
                    describe(feedError().value_or(Error{})).body());
    } else if (state == LogState::Loading) {
        m_message->setBusy();
        m_message->setTexts(tr("Reading the log"), {});
        m_message->setPrimary({});
        m_stack->setCurrentWidget(m_message);
    } else {
        showNothingWritten(state);
    }
}

void LogPanel::showNothingWritten(LogState state)
{
    const QString icon = QStringLiteral("journal-text");
    const bool isOne = m_form == Form::One;
    if (state == LogState::Gone) {
        showMessage(icon,
                    isOne ? tr("The container was removed") : tr("The containers were removed"),
                    isOne ? tr("Its log went with it.") : tr("Their logs went with them."));
    } else if (state == LogState::Ended) {
        showMessage(icon,
                    isOne ? tr("The container wrote nothing") : tr("The containers wrote nothing"),
                    isOne ? tr("It does not run. What it prints when it is started again appears "
                               "here.")
                          : tr("None of them runs. What they print when they are started again "
                               "appears here."));
    } else {
        showMessage(icon, tr("Nothing was written yet"),
                    isOne ? tr("What the container prints appears here.")
                          : tr("What the containers print appears here."));
    }
}

} // namespace roadstead::ui
