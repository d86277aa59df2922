// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_bar.h"

#include "ui/shell/command_history.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/running_line.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

/// The nearest widget upwards that says what it would run.
QObject *hintedAbove(QObject *object)
{
    for (auto *widget = qobject_cast<QWidget *>(object); widget != nullptr;
         widget = widget->isWindow() ? nullptr : widget->parentWidget()) {
        if (!commandHint(widget).isEmpty()) {
            return widget;
        }
    }
    return nullptr;
}

QString whenFor(const QObject *control)
{
    const QString own = commandHintWhen(control);
    if (!own.isEmpty()) {
        return own;
    }
    QString label;
    if (const auto *button = qobject_cast<const QAbstractButton *>(control)) {
        label = button->text().isEmpty() ? button->accessibleName() : button->text();
    } else if (const auto *action = qobject_cast<const QAction *>(control)) {
        label = action->text();
    }
    label.replace(u"&&"_s, u"\u0001"_s).remove(u'&').replace(u'\u0001', u'&');
    return label.isEmpty() ? QString() : CommandBar::tr("when you press %1").arg(label);
}

} // namespace

CommandBar::CommandBar(EngineView *engine, QWidget *parent)
    : Surface(Color::BgWindow, parent)
    , m_engine(engine)
    , m_label(new Label({}, FontRole::Body, Color::Text3))
    , m_busy(new MarkLabel(StateMark::Busy, 12))
    , m_line(new ElidedLabel({}, FontRole::Mono))
    , m_note(new ElidedLabel({}, FontRole::Small, Color::Text3))
    , m_resultIcon(new IconLabel(u"check-lg"_s, 12))
    , m_result(new Label({}, FontRole::Small, Color::Text3))
    , m_copy(new Button(u"commandCopy"_s, tr("Copy"), ButtonKind::Quiet))
    , m_history(new Button(u"commandHistory"_s, tr("History"), ButtonKind::Quiet))
{
    setObjectName(u"commandBar"_s);
    setAccessibleName(tr("Command bar"));
    layOut();
    connect(m_copy, &QPushButton::clicked, this, &CommandBar::copy);
    connect(m_history, &QPushButton::clicked, this, [this] { Q_EMIT historyRequested(m_history); });
    connect(engine, &EngineView::historyChanged, this, &CommandBar::refresh);
    connect(&RunningLines::instance(), &RunningLines::changed, this, &CommandBar::refresh);
    qApp->installEventFilter(this);
    refresh();
}

CommandBar::~CommandBar() = default;

void CommandBar::layOut()
{
    setLines(Qt::TopEdge);
    setFixedHeight(heightFor(FontRole::Mono, size::commandBar));
    m_label->setObjectName(u"commandLabel"_s);
    m_line->setObjectName(u"commandLine"_s);
    m_note->setObjectName(u"commandNote"_s);
    m_result->setObjectName(u"commandResult"_s);
    m_line->setLayoutDirection(Qt::LeftToRight);
    m_line->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // A long command gives way to the few words behind it, which are of no use when cut.
    m_note->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    m_note->setMaximumWidth(scaled(360));
    m_copy->setLook(ButtonKind::Quiet, ButtonSize::Small);
    m_copy->setIconName(u"copy"_s);
    m_copy->setToolTip(tr("Copy the whole command (Ctrl+Alt+C)"));
    m_history->setLook(ButtonKind::Quiet, ButtonSize::Small);
    m_history->setIconName(u"clock-history"_s);
    m_history->setToolTip(tr("Commands of this session (Ctrl+H)"));
    auto *separator = new Separator(Qt::Vertical);
    separator->setFixedHeight(scaled(14));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s3, 0, space::s2, 0);
    layout->setSpacing(space::s2);
    layout->addWidget(new IconLabel(u"prompt"_s, 14));
    layout->addWidget(m_label);
    layout->addWidget(m_busy);
    layout->addSpacing(2);
    layout->addWidget(separator);
    layout->addSpacing(2);
    layout->addWidget(m_line, 0);
    layout->addWidget(m_note, 0);
    layout->addWidget(m_resultIcon);
    layout->addWidget(m_result);
    layout->addStretch(1);
    layout->addWidget(m_copy);
    layout->addWidget(m_history);
}

void CommandBar::display(const QString &label, const QString &command, const QString &note)
{
    m_command = command;
    m_label->setText(label);
    m_line->setFullText(displayText(command, 4096));
    m_note->setFullText(note);
    m_note->setVisible(!note.isEmpty());
    m_line->setVisible(!command.isEmpty());
    m_copy->setEnabled(!command.isEmpty());
}

void CommandBar::refresh()
{
    QObject *hinted = m_hovered != nullptr ? m_hovered : m_focused;
    const QString hint = !m_hint.isEmpty() ? m_hint : commandHint(hinted);
    m_busy->hide();
    m_result->hide();
    m_resultIcon->hide();
    if (!hint.isEmpty()) {
        display(tr("Will run"), hint, !m_hint.isEmpty() ? m_hintWhen : whenFor(hinted));
        return;
    }
    const QList<service::CommandRecord> &history = m_engine->history();
    const auto running = RunningLines::instance().newest();
    for (auto it = history.rbegin(); it != history.rend(); ++it) {
        if (!it->milliseconds) {
            display(tr("Running"), it->line, {});
            m_busy->show();
            return;
        }
    }
    // What is kept running is the newest until something else was done.
    if (running && (history.isEmpty() || history.constLast().startedAt < running->since)) {
        display(tr("Running"), running->command,
                tr("started %1").arg(QLocale().toString(running->since.time(), u"HH:mm:ss"_s)));
        return;
    }
    if (history.isEmpty()) {
        display(tr("Last action"), {}, tr("Nothing has been run yet"));
        return;
    }
    showLast(history.constLast());
}

void CommandBar::showLast(const service::CommandRecord &last)
{
    display(tr("Last action"), last.line, {});
    const bool failed = last.error.has_value();
    const bool cancelled = failed && last.error->kind == ErrorKind::Cancelled;
    const bool warned = !failed && !last.warnings.isEmpty();
    m_resultIcon->setIconName(failed   ? u"x-lg"_s
                              : warned ? u"exclamation-triangle"_s
                                       : u"check-lg"_s,
                              cancelled ? Color::Text3
                              : failed  ? Color::Danger
                              : warned  ? Color::WarnMark
                                        : Color::Ok);
    m_result->setTone(failed && !cancelled ? Color::Danger : Color::Text3);
    m_result->setText(resultText(last));
    m_result->setToolTip(warningsTip(last));
    m_resultIcon->show();
    m_result->show();
}

void CommandBar::setHint(const QString &command, const QString &when)
{
    m_hint = command;
    m_hintWhen = when;
    refresh();
}

void CommandBar::copy()
{
    if (!m_command.isEmpty()) {
        QApplication::clipboard()->setText(m_command);
    }
}

void CommandBar::watchMenu(QMenu *menu)
{
    connect(menu, &QMenu::hovered, this, [this](QAction *action) {
        m_hovered = commandHint(action).isEmpty() ? nullptr : action;
        refresh();
    });
    connect(menu, &QMenu::aboutToHide, this, [this] {
        m_hovered = nullptr;
        refresh();
    });
}

bool CommandBar::eventFilter(QObject *watched, QEvent *event)
{
    // Windows and styles get focus and hover events, too; they say nothing about a control.
    if (!watched->isWidgetType()) {
        return false;
    }
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::HoverEnter: {
        QObject *hinted = hintedAbove(watched);
        if (hinted != m_hovered) {
            m_hovered = hinted;
            refresh();
        }
        break;
    }
    case QEvent::Leave:
    case QEvent::Hide:
        if (watched == m_hovered) {
            m_hovered = nullptr;
            refresh();
        }
        break;
    case QEvent::FocusIn: {
        QObject *hinted = hintedAbove(watched);
        if (hinted != m_focused) {
            m_focused = hinted;
            refresh();
        }
        break;
    }
    case QEvent::FocusOut:
        if (watched == m_focused) {
            m_focused = nullptr;
            refresh();
        }
        break;
    case QEvent::DynamicPropertyChange: {
        auto *widget = qobject_cast<QWidget *>(watched);
        if (watched == m_hovered || watched == m_focused) {
            refresh();
        } else if (widget != nullptr && widget->underMouse() && hintedAbove(widget) == widget) {
            m_hovered = widget;
            refresh();
        }
        break;
    }
    case QEvent::Show:
        if (auto *menu = qobject_cast<QMenu *>(watched)) {
            disconnect(menu, nullptr, this, nullptr);
            watchMenu(menu);
        }
        break;
    default:
        break;
    }
    return false;
}

} // namespace roadstead::ui
