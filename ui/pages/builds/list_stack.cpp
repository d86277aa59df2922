// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/list_stack.h"

#include "ui/pages/skeleton_rows.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"

#include <QStackedLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

ListStack::ListStack(QWidget *list, const Names &names, QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedLayout(this))
    , m_list(list)
    , m_skeleton(new SkeletonRows)
    , m_away(new EmptyState(names.away))
    , m_empty(new EmptyState(names.empty))
    , m_noMatch(new EmptyState(names.noMatch))
{
    m_stack->setContentsMargins(0, 0, 0, 0);
    for (QWidget *each :
         {m_list, static_cast<QWidget *>(m_skeleton), static_cast<QWidget *>(m_away),
          static_cast<QWidget *>(m_empty), static_cast<QWidget *>(m_noMatch)}) {
        m_stack->addWidget(each);
    }
    m_away->setIconName(u"plug"_s);
    m_away->setPrimary(tr("Try again"), u"arrow-clockwise"_s);
    m_noMatch->setIconName(u"funnel"_s);
    m_noMatch->setPrimary(tr("Clear filter"));
    m_patience.setSingleShot(true);
    m_patience.setInterval(duration::spinnerAfter);
    connect(&m_patience, &QTimer::timeout, this, [this] { m_skeleton->setVisibleRows(true); });
    connect(m_away, &EmptyState::primaryPressed, this, &ListStack::againWanted);
    connect(m_noMatch, &EmptyState::primaryPressed, this, &ListStack::clearWanted);
}

void ListStack::showState(ListState state)
{
    if (state != ListState::Loading) {
        m_patience.stop();
        m_skeleton->setVisibleRows(false);
    } else if (!m_patience.isActive()) {
        m_patience.start();
    }
    m_stack->setCurrentWidget(state == ListState::Loading    ? static_cast<QWidget *>(m_skeleton)
                              : state == ListState::Away     ? static_cast<QWidget *>(m_away)
                              : state == ListState::Empty    ? static_cast<QWidget *>(m_empty)
                              : state == ListState::NoResult ? static_cast<QWidget *>(m_noMatch)
                                                             : m_list);
}

} // namespace roadstead::ui
