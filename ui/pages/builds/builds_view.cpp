// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/builds_view.h"

#include "ui/pages/builds/history_controller.h"
#include "ui/pages/builds/history_view.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/tab_bar.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

BuildsView::BuildsView(HistoryController *history, QWidget *builders, QWidget *cache,
                       QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(history)
    , m_header(new PageHeader(tr("Builds")))
    , m_runningBar(new Surface(Color::AccentTint))
    , m_running(new Label)
    , m_tabs(new TabBar(u"buildsTabs"_s, tr("Parts of this page")))
    , m_stack(new QStackedWidget)
    , m_history(new HistoryView(history))
{
    setObjectName(u"buildsView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    auto *running = new QHBoxLayout(m_runningBar);
    running->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    running->setSpacing(space::s2);
    running->addWidget(new MarkLabel(StateMark::Busy));
    m_running->setObjectName(u"runningBuild"_s);
    running->addWidget(m_running, 1);
    auto *show = new Button(u"showRunningBuild"_s, tr("Show"));
    connect(show, &Button::clicked, this, &BuildsView::runningWanted);
    running->addWidget(show);
    m_runningBar->hide();
    column->addWidget(m_runningBar);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::s2, 0, space::s4, 0); // a tab has the rest of the margin
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    column->addLayout(tabs);
    column->addWidget(new Separator);
    m_tabs->addTab(tr("History"));
    m_tabs->addTab(tr("Builders"));
    m_tabs->addTab(tr("Cache"));
    for (QWidget *part : {static_cast<QWidget *>(m_history), builders, cache}) {
        m_stack->addWidget(part);
    }
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        refresh();
        Q_EMIT tabChanged();
    });
    connect(history->list(), &FlatListModelBase::countsChanged, this, &BuildsView::refresh);
    refresh();
}

void BuildsView::setRunning(const QString &text)
{
    m_running->setText(text);
    m_runningBar->setVisible(!text.isEmpty());
}

BuildsView::Tab BuildsView::tab() const
{
    return Tab(m_tabs->currentIndex());
}

void BuildsView::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(int(tab));
}

void BuildsView::refresh()
{
    const int all = m_controller->list()->counts()[std::size_t(BuildFilter::All)];
    m_header->setSummary(all > 0 && tab() == Tab::History ? tr("%n builds", nullptr, all)
                                                          : QString());
}

} // namespace roadstead::ui
