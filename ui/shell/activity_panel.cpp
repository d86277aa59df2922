// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/activity_panel.h"

#include "ui/shell/command_history.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int panelWidth = 468;
constexpr int keptFinished = 50;

void clearLayout(QVBoxLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

ActivityPanel::ActivityPanel(EngineView *engine, QWidget *window)
    : Surface(Color::BgRaised, window)
    , m_engine(engine)
    , m_window(window)
    , m_badge(new Badge({}, Tone::Neutral))
    , m_empty(
          new Label(tr("Nothing runs, and nothing has ended yet."), FontRole::Small, Color::Text3))
{
    setObjectName(u"activityPanel"_s);
    setAccessibleName(tr("Activity"));
    setLines(Qt::LeftEdge | Qt::BottomEdge, Color::BorderStrong);
    hide();
    auto *title = new Label(tr("Activity"), FontRole::Section);
    auto *clear = new Button(u"activityClear"_s, tr("Clear finished"), ButtonKind::Quiet);
    clear->setLook(ButtonKind::Quiet, ButtonSize::Small);
    auto *closeButton = new IconButton(u"activityClose"_s, u"x-lg"_s, tr("Close"));
    connect(clear, &QPushButton::clicked, this, &ActivityPanel::clearFinished);
    connect(closeButton, &QToolButton::clicked, this, &ActivityPanel::close);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(space::s4, space::s2, space::s2, space::s2);
    head->setSpacing(space::s2);
    head->addWidget(title);
    head->addWidget(m_badge);
    head->addStretch();
    head->addWidget(clear);
    head->addWidget(closeButton);

    setRaised(this);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_running = section(tr("Running"), column, &m_runningBox);
    m_finished = section(tr("Finished"), column, &m_finishedBox);
    m_empty->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->addWidget(m_empty);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"activityScroll"_s);
    scroll->setAccessibleName(tr("Tasks"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(new Separator);
    layout->addWidget(scroll, 3);
    layout->addWidget(new Separator);
    layout->addWidget(new CommandHistoryList(u"activityHistory"_s, engine), 2);
    connect(engine, &EngineView::historyChanged, this, &ActivityPanel::refresh);
    window->installEventFilter(this);
    refresh();
}

QVBoxLayout *ActivityPanel::section(const QString &title, QVBoxLayout *into, QWidget **box)
{
    *box = new QWidget;
    auto *outer = new QVBoxLayout(*box);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *label = new Label(title, FontRole::Caption, Color::Text3);
    label->setRole(FontRole::Caption, QFont::DemiBold);
    label->setContentsMargins(space::s4, space::s2, space::s4, space::s1);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(0);
    outer->addWidget(label);
    outer->addLayout(rows);
    into->addWidget(*box);
    return rows;
}

QWidget *ActivityPanel::row(StateMark mark, const QString &title, const QString &text,
                            const QString &time)
{
    auto *box = new Surface(Color::BgRaised);
    box->setLines(Qt::BottomEdge);
    auto *name = new ElidedLabel(title);
    name->setRole(FontRole::Body, QFont::Medium);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addWidget(name);
    if (!text.isEmpty()) {
        auto *why = new Label(text, FontRole::Small, Color::Text2);
        why->setWordWrap(true);
        lines->addWidget(why);
    }
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    layout->setSpacing(space::s3);
    layout->addWidget(new MarkLabel(mark), 0, Qt::AlignTop);
    layout->addLayout(lines, 1);
    layout->addWidget(new Label(time, FontRole::Small, Color::Text3), 0, Qt::AlignTop);
    return box;
}

void ActivityPanel::add(const ToastContent &content)
{
    if (content.kind == ToastKind::Undo || content.kind == ToastKind::Work) {
        return; // what came of it is told when it is done
    }
    const StateMark mark = content.kind == ToastKind::Error ? StateMark::Error : StateMark::Done;
    m_finished->insertWidget(
        0, row(mark, content.title, content.text,
               momentText(QDateTime::currentDateTime(), QDateTime::currentDateTime())));
    ++m_finishedCount;
    while (m_finished->count() > keptFinished) {
        QLayoutItem *last = m_finished->takeAt(m_finished->count() - 1);
        delete last->widget();
        delete last;
        --m_finishedCount;
    }
    refresh();
}

void ActivityPanel::refresh()
{
    const auto &history = m_engine->history();
    const auto count = static_cast<int>(std::ranges::count_if(
        history, [](const service::CommandRecord &record) { return !record.milliseconds; }));
    if (isVisible()) {
        showRunning();
    }
    m_runningBox->setVisible(count > 0);
    m_finishedBox->setVisible(m_finishedCount > 0);
    m_empty->setVisible(count == 0 && m_finishedCount == 0);
    m_badge->setText(tr("%n running", nullptr, count));
    m_badge->setVisible(count > 0);
    if (count != m_runningCount) {
        m_runningCount = count;
        Q_EMIT runningChanged(count);
    }
}

/// A row stays for as long as its command runs, so that a press on its button meets that command.
void ActivityPanel::showRunning()
{
    QHash<quint64, QWidget *> gone = std::exchange(m_runningRows, {});
    for (const service::CommandRecord &record : m_engine->history()) {
        if (record.milliseconds) {
            continue;
        }
        QWidget *row = gone.take(record.id);
        if (row == nullptr) {
            row = runningRow(record);
            m_running->addWidget(row);
        }
        m_runningRows.insert(record.id, row);
    }
    qDeleteAll(gone);
}

QWidget *ActivityPanel::runningRow(const service::CommandRecord &record)
{
    QWidget *box = row(StateMark::Busy, displayText(record.line, 120), {},
                       momentText(record.startedAt, QDateTime::currentDateTime()));
    if (record.isCancellable) {
        auto *stop = new Button(u"activityStop"_s, tr("Stop"));
        stop->setLook(ButtonKind::Normal, ButtonSize::Small);
        stop->setAccessibleName(tr("Stop %1").arg(displayText(record.line, 60)));
        connect(stop, &QPushButton::clicked, this,
                [this, id = record.id] { m_engine->cancelCommand(id); });
        box->layout()->addWidget(stop);
        box->layout()->setAlignment(stop, Qt::AlignTop);
    }
    return box;
}

void ActivityPanel::clearFinished()
{
    clearLayout(m_finished);
    m_finishedCount = 0;
    refresh();
}

void ActivityPanel::place()
{
    const int width = std::min(scaled(panelWidth), m_window->width());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setGeometry(mirrored ? 0 : m_window->width() - width, m_top, width,
                m_window->height() - m_top - m_bottom);
}

void ActivityPanel::open(int top, int bottomInset)
{
    m_top = top;
    m_bottom = bottomInset;
    place();
    showRunning();
    show();
    raise();
    if (auto *button = findChild<QWidget *>(u"activityClose"_s)) {
        button->setFocus(Qt::PopupFocusReason);
    }
}

void ActivityPanel::close()
{
    if (isVisible()) {
        hide();
        Q_EMIT closed();
    }
}

bool ActivityPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return false;
}

void ActivityPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    Surface::keyPressEvent(event);
}

} // namespace roadstead::ui
