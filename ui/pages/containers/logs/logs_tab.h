// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/container_engine.h"
#include "ui/pages/containers/tab/details_tab.h"

#include <string>

namespace roadstead::ui {

class LogPanel;
class LogView;

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
    [[nodiscard]] LogView *view() const;
    [[nodiscard]] LogPanel *panel() const { return m_panel; }

private:
    LogPanel *m_panel;
    std::string m_id;
};

} // namespace roadstead::ui
