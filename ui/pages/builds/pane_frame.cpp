// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/pane_frame.h"

#include "ui/shell/keymap.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

PaneFrame::PaneFrame(const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_parts(new QStackedLayout)
    , m_row(new QHBoxLayout)
    , m_actions(nullptr)
    , m_title(new ElidedLabel({}, FontRole::Section))
    , m_state(new Badge({}))
    , m_tabs(new TabBar(words.name + u"Tabs"_s, words.tabs))
{
    m_stack->setContentsMargins(0, 0, 0, 0);
    auto *none = new EmptyState(words.name + u"PaneEmpty"_s);
    none->setIconName(u"layout-sidebar-reverse"_s);
    none->setTexts(words.none, words.hint);
    m_stack->addWidget(none);

    m_title->setObjectName(words.name + u"Title"_s);
    m_title->setElideMode(Qt::ElideMiddle);
    m_state->setObjectName(words.name + u"State"_s);
    auto *close = new IconButton(words.name + u"PaneClose"_s, u"x-lg"_s, tr("Close the details"));
    close->setLabel(tr("Close the details"), keysFor(Keys::Clear).constFirst());
    m_row->setSpacing(space::s2);
    m_row->addWidget(m_title);
    m_row->addWidget(m_state);
    m_row->addStretch(1);
    m_row->addWidget(close);
    auto *actions = new QWidget;
    m_actions = new FlowLayout(actions);
    m_actions->setContentsMargins(0, space::s1, 0, space::s1);
    m_actions->setSpacing(space::s2);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(space::s4, space::s3, space::s4, 0);
    head->setSpacing(space::s1);
    head->addLayout(m_row);
    head->addWidget(actions);
    head->addWidget(m_tabs);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new Separator);
    column->addLayout(m_parts, 1);
    m_stack->addWidget(body);
    connect(close, &QAbstractButton::clicked, this, &PaneFrame::closeWanted);
}

void PaneFrame::setChosen(bool chosen)
{
    m_stack->setCurrentIndex(chosen ? 1 : 0);
}

void PaneFrame::setTitle(const QString &title)
{
    m_title->setFullText(title);
}

void PaneFrame::setState(const QString &text, Tone tone)
{
    m_state->setText(text);
    m_state->setTone(tone);
}

void PaneFrame::addBadge(QWidget *badge)
{
    m_row->insertWidget(m_row->indexOf(m_state) + 1, badge);
}

void PaneFrame::addAction(QWidget *button)
{
    m_actions->addWidget(button);
}

void PaneFrame::addTab(const QString &text, QWidget *part)
{
    m_tabs->addTab(text);
    m_parts->addWidget(part);
}

void PaneFrame::addPart(QWidget *part)
{
    m_parts->addWidget(part);
}

void PaneFrame::showPart(QWidget *part)
{
    m_parts->setCurrentWidget(part);
}

QScrollArea *PaneFrame::scrolled(const QString &name, const QString &label, QWidget *inner)
{
    auto *scroll = new QScrollArea;
    scroll->setObjectName(name);
    scroll->setAccessibleName(label);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    scroll->viewport()->setAutoFillBackground(false); // the page's own ground
    inner->setAutoFillBackground(false);
    return scroll;
}

} // namespace roadstead::ui
