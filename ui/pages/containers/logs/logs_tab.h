// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/log_feed.h"
#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"

#include <memory>
#include <string>

class QStackedLayout;

namespace roadstead::ui {

class Button;
class ChipGroup;
class EmptyState;
class Label;
class LogSearchBar;
class LogView;
class Segmented;

/// The log of a container: its newest lines at once, then what it writes.
class LogsTab : public DetailsTab
{
    Q_OBJECT
public:
    explicit LogsTab(ContainerEngine *engine, QWidget *parent = nullptr);
    ~LogsTab() override;

    void setContainer(const ContainerRow &row) override;
    void clear() override;
    void setShown(bool shown) override;
    [[nodiscard]] QWidget *searchField() const override;
    [[nodiscard]] LogView *view() const { return m_view; }

private:
    QWidget *buildBar();
    QWidget *buildStatus();
    void openFeed();
    void applyFilter();
    void showLines();
    void showState();
    void showMessage(const QString &icon, const QString &what, const QString &why);

    ContainerEngine *m_engine;
    LogView *m_view;
    LogSearchBar *m_search;
    ChipGroup *m_levels = nullptr;
    Segmented *m_streams = nullptr;
    Button *m_timestamps = nullptr;
    Button *m_follow = nullptr;
    Label *m_count = nullptr;
    Label *m_status = nullptr;
    EmptyState *m_message;
    QStackedLayout *m_stack = nullptr;
    std::string m_id;
    std::string m_name; ///< as the engine has it
    bool m_alive = false;
    bool m_shown = false;
    std::optional<Error> m_storeError;
    std::unique_ptr<service::LogFeed> m_feed;
};

} // namespace roadstead::ui
