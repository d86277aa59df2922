// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_strip.h"

#include "ui/text/display_text.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

CommandStrip::CommandStrip(QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_line(new ElidedLabel({}, FontRole::Mono))
    , m_note(new ElidedLabel({}, FontRole::Small, Color::Text3))
{
    setLines(Qt::TopEdge | Qt::BottomEdge);
    m_line->setObjectName(u"dialogCommand"_s);
    // Commands read left to right in every language.
    m_line->setLayoutDirection(Qt::LeftToRight);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::s3 + 2, 0, space::s3, 0);
    layout->setSpacing(space::s2);
    layout->addWidget(new IconLabel(u"prompt"_s, 14));
    layout->addWidget(m_line);
    layout->addWidget(m_note, 1);
    setFixedHeight(heightFor(FontRole::Mono, 28));
}

void CommandStrip::setCommand(const QString &command, const QString &note)
{
    m_command = command;
    m_line->setFullText(displayText(command, 4096));
    m_note->setFullText(note);
}

void CommandStrip::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(ui::icon(u"copy"_s), tr("Copy command"), this,
                    [this] { QApplication::clipboard()->setText(m_command); });
    menu->popup(event->globalPos());
}

IconLabel::IconLabel(const QString &iconName, int side, Color tone, QWidget *parent)
    : QWidget(parent)
    , m_iconName(iconName)
    , m_side(side)
    , m_tone(tone)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconLabel::setIconName(const QString &iconName, Color tone)
{
    m_iconName = iconName;
    m_tone = tone;
    update();
}

QSize IconLabel::sizeHint() const
{
    return {scaled(m_side), scaled(m_side)};
}

void IconLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintIcon(&painter, rect(), m_iconName, m_tone);
}

MarkLabel::MarkLabel(StateMark mark, int side, QWidget *parent)
    : QWidget(parent)
    , m_mark(mark)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    BusyClock::instance().setBusy(this, mark == StateMark::Busy);
}

void MarkLabel::setMark(StateMark mark)
{
    if (mark != m_mark) {
        m_mark = mark;
        BusyClock::instance().setBusy(this, mark == StateMark::Busy);
        update();
    }
}

QSize MarkLabel::sizeHint() const
{
    return {scaled(m_side), scaled(m_side)};
}

void MarkLabel::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    paintStateMark(&painter, rect(), m_mark);
}

} // namespace roadstead::ui
