// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pages of the window, and the way from one to another.

#include "ui/shell/action_registry.h"
#include "ui/shell/engine_situation.h"
#include "ui/shell/engine_state_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/sidebar.h"
#include "ui/shell/top_bar.h"
#include "ui/widgets/toast.h"

#include <QAction>
#include <QStackedWidget>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr auto settingsId = "settings"_L1;

} // namespace

void MainWindow::addPage(Page *page)
{
    m_pages << page;
    m_sidebar->addPage(page);
    for (QAction *action : page->actions()) {
        m_actions->add(action, page->title());
    }
    connect(page, &Page::primaryActionChanged, this, &MainWindow::refreshPrimary);
    connect(page, &Page::actionsChanged, this, [this, page] {
        for (QAction *action : page->actions()) {
            m_actions->add(action, page->title());
        }
    });
    if (m_current.isEmpty()) {
        showPage(page->id());
    }
}

void MainWindow::replacePages(const QList<Page *> &pages)
{
    m_toasts->dropAll();
    m_palette->close();
    m_topBar->setPrimary(nullptr);
    for (Page *page : std::as_const(m_pages)) {
        page->disconnect(this);
        for (QAction *action : page->actions()) {
            m_actions->remove(action);
        }
    }
    m_sidebar->removePages();
    m_pages.clear();
    for (int i = m_stack->count() - 1; i >= 0; --i) {
        if (m_stack->widget(i) != m_settings) {
            m_stack->removeWidget(m_stack->widget(i));
        }
    }
    const QString current = std::exchange(m_current, {});
    for (Page *page : pages) {
        addPage(page);
    }
    m_visited.clear();
    current == settingsId ? showSettings() : showPage(current);
    m_visited.clear();
}

Page *MainWindow::currentPage() const
{
    for (Page *page : m_pages) {
        if (page->id() == m_current) {
            return page;
        }
    }
    return nullptr;
}

std::optional<DropOffer> MainWindow::offerFor(const QStringList &paths) const
{
    Page *const first = currentPage();
    if (first != nullptr) {
        if (auto offer = first->offerFor(paths)) {
            return offer;
        }
    }
    for (Page *page : m_pages) {
        if (page != first) {
            if (auto offer = page->offerFor(paths)) {
                return offer;
            }
        }
    }
    return std::nullopt;
}

void MainWindow::showPage(const QString &id)
{
    if (id.isEmpty()) {
        return;
    }
    if (id == m_current) {
        // Its own place in the sidebar leads back to what it began with.
        if (Page *page = currentPage(); page != nullptr && page->canGoBack()) {
            page->goBack();
        }
        return;
    }
    for (Page *page : std::as_const(m_pages)) {
        if (page->id() != id) {
            continue;
        }
        if (!m_current.isEmpty()) {
            m_visited << m_current;
        }
        m_current = id;
        QWidget *widget = page->widget();
        if (m_stack->indexOf(widget) < 0) {
            m_stack->addWidget(widget);
        }
        m_stack->setCurrentWidget(widget);
        m_sidebar->setCurrent(id);
        refreshContent();
        return;
    }
}

void MainWindow::showSettings()
{
    if (m_current != settingsId) {
        m_visited << m_current;
        m_current = settingsId;
    }
    m_stack->setCurrentWidget(m_settings);
    m_sidebar->setCurrent(settingsId);
    refreshContent();
}

void MainWindow::showShortcuts()
{
    showSettings();
    m_settings->showShortcuts();
}

void MainWindow::refreshContent()
{
    const Page *page = currentPage();
    const bool independent =
        m_current == settingsId || (page != nullptr && page->worksWithoutEngine());
    const bool showPages = independent || keepsContent(*m_engine);
    if (!showPages) {
        m_statePage->refresh();
    }
    m_banner->refresh();
    m_content->setCurrentWidget(showPages ? static_cast<QWidget *>(m_stack) : m_statePage);
    refreshPrimary();
}

void MainWindow::refreshPrimary()
{
    const Page *page = currentPage();
    const bool usable = page != nullptr && m_content->currentWidget() == m_stack;
    m_topBar->setPrimary(usable ? page->primaryAction() : nullptr);
}

void MainWindow::goBack()
{
    if (m_palette->isOpen()) {
        m_palette->close();
        return;
    }
    Page *page = currentPage();
    if (page != nullptr && page->canGoBack()) {
        page->goBack();
        return;
    }
    while (!m_visited.isEmpty()) {
        const QString id = m_visited.takeLast();
        if (id == m_current || id.isEmpty()) {
            continue;
        }
        const QStringList before = m_visited;
        id == settingsId ? showSettings() : showPage(id);
        m_visited = before;
        return;
    }
}

} // namespace roadstead::ui
