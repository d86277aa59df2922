// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/build_view.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/terminal_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/wizards/build/dockerfile_view.h"
#include "ui/wizards/build/stage_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace roadstead::ui {

namespace {

constexpr int mostOutputLines = 20'000;
constexpr int dockerfileWidth = 396; // the shares of a first look; what is more goes to the stages
constexpr int stagesWidth = 668;
constexpr int stagesHeight = 300;
constexpr int outputHeight = 260;
constexpr std::size_t linesAtOnce = 2'000;

Timestamp wallClock()
{
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

Surface *headOf(const QString &title, QHBoxLayout *&row)
{
    auto *head = new Surface(Color::BgSurface);
    head->setLines(Qt::BottomEdge);
    head->setFixedHeight(heightFor(FontRole::Body, size::cardHeader));
    row = new QHBoxLayout(head);
    row->setContentsMargins(space::s4, 0, space::s2, 0);
    row->setSpacing(space::s2);
    if (!title.isEmpty()) {
        auto *label = new Label(title);
        label->setRole(FontRole::Body, QFont::DemiBold);
        row->addWidget(label);
    }
    return head;
}

/// "0.4  > npm run build": the seconds since the step began.
QString outputText(const service::BuildLine &line, const build::BuildStep &step)
{
    const std::int64_t since =
        line.when && step.started ? line.when->nanoseconds - step.started->nanoseconds : 0;
    return u"%1  %2"_s.arg(double(std::max<std::int64_t>(0, since)) / 1e9, 5, 'f', 1)
        .arg(terminalText(line.text));
}

} // namespace

BuildView::BuildView(QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_title(new Label({}, FontRole::Body))
    , m_counts(new Label({}, FontRole::Body, Color::Text2))
    , m_time(new Label({}, FontRole::Body))
    , m_bar(new ProgressBar(6))
    , m_context(new ElidedLabel({}, FontRole::Mono, Color::Text2))
    , m_text(new DockerfileView(u"buildDockerfile"_s, tr("Dockerfile")))
    , m_stages(new StageView)
    , m_stepMark(new MarkLabel(StateMark::Waiting))
    , m_stepName(new ElidedLabel)
    , m_follow(new Chip(u"followBuild"_s, tr("Follow")))
    , m_copy(new IconButton(u"copyStepOutput"_s, u"copy"_s, tr("Copy what the step printed")))
    , m_output(new QPlainTextEdit)
{
    setObjectName(u"buildView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeSummary());

    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    QHBoxLayout *head = nullptr;
    leftColumn->addWidget(headOf(tr("Dockerfile"), head));
    head->addWidget(m_context, 1);
    m_text->setReadOnly(true);
    leftColumn->addWidget(m_text, 1);

    auto *right = new QSplitter(Qt::Vertical);
    right->setChildrenCollapsible(false);
    right->addWidget(makeStages());
    right->addWidget(makeOutput());
    right->setSizes({stagesHeight, outputHeight});
    auto *both = new QSplitter(Qt::Horizontal);
    both->setChildrenCollapsible(false);
    both->addWidget(left);
    both->addWidget(right);
    both->setSizes({dockerfileWidth, stagesWidth});
    both->setStretchFactor(1, 1);
    column->addWidget(both, 1);

    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &BuildView::refresh);
    connect(m_stages, &StageView::stepChosen, this,
            [this](std::size_t step) { choose(step, true); });
    connect(m_text, &DockerfileView::lineChosen, this, [this](int line) {
        if (const auto step = m_picture.lines.value(line).step) {
            choose(step, true);
        }
    });
    connect(m_follow, &Chip::toggled, this, [this](bool on) {
        m_isChosenByPerson = !on;
        refresh();
    });
}

QWidget *BuildView::makeSummary()
{
    auto *box = new Surface(Color::BgSurface);
    box->setLines(Qt::BottomEdge);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    m_title->setRole(FontRole::Body, QFont::DemiBold);
    m_title->setObjectName(u"buildTitle"_s);
    m_counts->setObjectName(u"buildCounts"_s);
    row->addWidget(m_title);
    row->addWidget(m_counts);
    row->addStretch(1);
    row->addWidget(m_time);
    column->addLayout(row);
    column->addWidget(m_bar);
    return box;
}

QWidget *BuildView::makeStages()
{
    auto *box = new Surface(Color::BgSurface);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout *head = nullptr;
    column->addWidget(headOf(tr("Stages"), head));
    head->addStretch(1);
    const auto explain = [head](StateMark mark, const QString &word) {
        head->addWidget(new MarkLabel(mark));
        head->addWidget(new Label(word, FontRole::Small, Color::Text2));
    };
    explain(StateMark::Cached, tr("Cached"));
    explain(StateMark::Done, tr("Done"));
    explain(StateMark::Busy, tr("Running"));
    explain(StateMark::Waiting, tr("Waiting"));
    explain(StateMark::Error, tr("Failed"));
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"buildStagesScroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_stages);
    m_stages->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    return box;
}

QWidget *BuildView::makeOutput()
{
    auto *box = new Surface(Color::BgSurface);
    box->setLines(Qt::TopEdge);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout *head = nullptr;
    column->addWidget(headOf({}, head));
    m_stepName->setObjectName(u"buildStep"_s);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setIconName(u"arrow-down"_s);
    head->addWidget(m_stepMark);
    head->addWidget(m_stepName, 1);
    head->addWidget(m_follow);
    head->addWidget(m_copy);
    m_output->setObjectName(u"buildOutput"_s);
    m_output->setAccessibleName(tr("What the step printed"));
    m_output->setReadOnly(true);
    m_output->setFrameShape(QFrame::NoFrame);
    m_output->setLayoutDirection(Qt::LeftToRight);
    m_output->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_output->setMaximumBlockCount(mostOutputLines);
    m_output->setTabChangesFocus(true);
    const auto restyle = [this] {
        m_output->setFont(ui::font(FontRole::Mono));
        QPalette colors = m_output->palette();
        colors.setColor(QPalette::Base, color(Color::BgSunken));
        m_output->setPalette(colors);
    };
    restyle();
    connect(&Theme::instance(), &Theme::changed, this, restyle);
    connect(m_copy, &IconButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_output->toPlainText()); });
    column->addWidget(m_output, 1);
    return box;
}

void BuildView::setRun(const service::BuildRun *run, const QString &text)
{
    m_run = run;
    m_dockerfile = build::readDockerfile(text.toStdString());
    m_text->setPlainText(text);
    m_text->setWrongLines(0, 0);
    m_isChosenByPerson = false;
    m_follow->setChecked(true);
    choose(std::nullopt, false);
    refresh();
}

void BuildView::refresh()
{
    if (m_run == nullptr) {
        return;
    }
    m_picture = pictureOf(m_dockerfile, m_run->build().target, m_run->snapshot(), wallClock());
    m_text->setSteps(m_picture.lines);
    m_stages->setPicture(m_picture);
    if (const auto &failure = m_run->snapshot().failure) {
        m_text->setWrongLines(failure->firstLine, failure->lastLine);
    }
    refreshSummary();
    follow();
    showOutput();
    const bool isRunning = m_run->state() == service::BuildState::Running;
    isRunning ? m_clock.start() : m_clock.stop();
}

void BuildView::refreshSummary()
{
    using service::BuildState;
    const BuildState state = m_run->state();
    m_context->setFullText(displayText(m_run->build().context, 200));
    m_title->setText(
        state == BuildState::Succeeded ? tr("Built")
        : state == BuildState::Failed  ? tr("Failed")
        : state == BuildState::Stopped ? tr("Stopped")
        : m_picture.total == 0
            ? tr("Starting")
            : tr("Building, %1 of %2 steps done").arg(m_picture.done).arg(m_picture.total));
    m_title->setTone(state == BuildState::Failed ? Color::Danger : Color::Text);
    m_counts->setText(tr("%1 cached, %2 running").arg(m_picture.cached).arg(m_picture.running));
    m_counts->setVisible(m_picture.total > 0);
    const QDateTime end =
        m_run->endedAt().isValid() ? m_run->endedAt() : QDateTime::currentDateTimeUtc();
    m_time->setText(elapsedText(std::max<qint64>(0, m_run->startedAt().msecsTo(end))));
    m_bar->setShare(m_picture.total > 0 ? double(m_picture.done) / m_picture.total : 0);
    m_bar->setTone(state == BuildState::Failed      ? Color::DangerMark
                   : state == BuildState::Succeeded ? Color::OkMark
                                                    : Color::AccentSolid);
}

/// The step that failed, else the one that began last.
void BuildView::follow()
{
    if (m_isChosenByPerson) {
        return;
    }
    const auto &snapshot = m_run->snapshot();
    std::optional<std::size_t> wanted = snapshot.failedStep;
    for (std::size_t i = 0; !snapshot.failedStep && i < snapshot.steps.size(); ++i) {
        const build::BuildStep &step = snapshot.steps[i];
        if (!step.isInternal && step.state == build::StepState::Running &&
            (!wanted || step.started > snapshot.steps[*wanted].started)) {
            wanted = i;
        }
    }
    if (wanted && wanted != m_chosen) {
        choose(wanted, false);
    }
}

void BuildView::choose(std::optional<std::size_t> step, bool byPerson)
{
    if (byPerson) {
        m_isChosenByPerson = true;
        const QSignalBlocker quiet(m_follow);
        m_follow->setChecked(false);
    }
    if (step == m_chosen && step) {
        return;
    }
    m_chosen = step;
    m_shownLines = 0;
    m_output->clear();
    m_stages->setChosen(step);
    int line = 0;
    for (const PictureStep &one : std::as_const(m_picture.lines)) {
        line = step && one.step == step ? one.line : line;
    }
    m_text->setChosenLine(line);
    showOutput();
}

void BuildView::showOutput()
{
    if (m_run == nullptr || !m_chosen || *m_chosen >= m_run->snapshot().steps.size()) {
        m_stepName->setFullText(tr("No step is chosen"));
        m_stepMark->setMark(StateMark::Waiting);
        m_output->setPlaceholderText({});
        return;
    }
    const build::BuildStep &step = m_run->snapshot().steps[*m_chosen];
    m_stepMark->setMark(markOf(step.state));
    m_output->setPlaceholderText(silenceText(step.state));
    const QString place = step.place.number > 0
                              ? u"%1 %2/%3  "_s.arg(displayText(step.place.stage, 60))
                                    .arg(step.place.number)
                                    .arg(step.place.count)
                              : QString();
    m_stepName->setFullText(place + displayText(step.words, 200));
    QScrollBar *bar = m_output->verticalScrollBar();
    const bool isAtEnd = bar->value() == bar->maximum();
    for (const service::BuildLine &line :
         m_run->lines().lines(*m_chosen, m_shownLines, linesAtOnce)) {
        m_output->appendPlainText(outputText(line, step));
        ++m_shownLines;
    }
    if (isAtEnd) {
        bar->setValue(bar->maximum());
    }
}

} // namespace roadstead::ui
