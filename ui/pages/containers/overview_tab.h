// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/details_tab.h"

#include <string>

namespace roadstead::ui {

class ContainersController;
class DetailsController;
class OverviewPanel;

/// The Overview as a tab: what the details' controller has read, in a panel that scrolls.
class OverviewTab : public DetailsTab
{
    Q_OBJECT
public:
    /// Both must outlive this.
    OverviewTab(ContainersController *controller, DetailsController *details,
                QWidget *parent = nullptr);

    void setContainer(const ContainerRow &row) override;
    void clear() override;
    void setShown(bool /*shown*/) override {} // its cards look for themselves
    [[nodiscard]] OverviewPanel *panel() const { return m_panel; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showDetails();
    void showLog();

    ContainersController *m_controller;
    DetailsController *m_details;
    OverviewPanel *m_panel;
    std::string m_id;
};

} // namespace roadstead::ui
