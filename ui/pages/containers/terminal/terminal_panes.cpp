// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/terminal_panes.h"

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/terminal/terminal_pane.h"

#include <algorithm>

namespace roadstead::ui {

TerminalPanes::TerminalPanes(ContainerEngine *engine)
    : QObject(engine)
    , m_engine(engine)
{
    connect(engine, &ContainerEngine::containersChanged, this, &TerminalPanes::closeOrphans);
}

TerminalPanes *TerminalPanes::of(ContainerEngine *engine)
{
    auto *panes = engine->findChild<TerminalPanes *>(Qt::FindDirectChildrenOnly);
    return panes ? panes : new TerminalPanes(engine);
}

TerminalPanes::Panes TerminalPanes::in(const std::string &container) const
{
    const auto found = m_panes.find(container);
    return found == m_panes.end() ? Panes() : found->second;
}

void TerminalPanes::add(const std::string &container, TerminalPane *pane)
{
    m_panes[container].push_back(pane);
    connect(pane, &QObject::destroyed, this, [this, pane] { forget(pane); });
    connect(pane->session(), &TerminalSession::stateChanged, this, &TerminalPanes::closeOrphans,
            Qt::QueuedConnection);
    Q_EMIT changed(container);
}

void TerminalPanes::close(TerminalPane *pane)
{
    pane->session()->hangUp();
    forget(pane);
    pane->hide();
    pane->deleteLater();
}

int TerminalPanes::countInUse() const
{
    int count = 0;
    for (const auto &[id, panes] : m_panes) {
        count += int(std::ranges::count_if(panes, &TerminalPane::isInUse));
    }
    return count;
}

void TerminalPanes::closeEnded()
{
    Panes ended;
    for (const auto &[id, panes] : m_panes) {
        std::ranges::copy_if(panes, std::back_inserter(ended), [](TerminalPane *pane) {
            return pane->session()->state() != TerminalSession::State::Open;
        });
    }
    for (TerminalPane *pane : ended) {
        close(pane);
    }
}

/// What ended behind other pages with its container: nobody comes to it any more.
void TerminalPanes::closeOrphans()
{
    if (!m_engine->listed()) {
        return;
    }
    const service::EngineSession::Containers containers = m_engine->containers();
    Panes orphans;
    for (const auto &[id, panes] : m_panes) {
        if (!std::ranges::binary_search(*containers, id, {}, &docker::ContainerSummary::id)) {
            std::ranges::copy_if(panes, std::back_inserter(orphans), [](TerminalPane *pane) {
                return pane->session()->state() != TerminalSession::State::Open &&
                       !pane->isVisible();
            });
        }
    }
    for (TerminalPane *pane : orphans) {
        close(pane);
    }
}

void TerminalPanes::forget(const TerminalPane *pane)
{
    for (auto entry = m_panes.begin(); entry != m_panes.end(); ++entry) {
        if (std::erase(entry->second, pane) > 0) {
            const std::string container = entry->first;
            if (entry->second.empty()) {
                m_panes.erase(entry);
            }
            Q_EMIT changed(container);
            return;
        }
    }
}

} // namespace roadstead::ui
