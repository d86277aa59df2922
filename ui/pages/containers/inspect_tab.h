// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/tab/details_tab.h"

namespace roadstead::ui {

class DetailsController;
class InspectView;

/// What the engine said of the container, word for word, as a tab.
class InspectTab : public DetailsTab
{
    Q_OBJECT
public:
    /// `details` must outlive this.
    explicit InspectTab(DetailsController *details, QWidget *parent = nullptr);

    void setContainer(const ContainerRow &row) override;
    void clear() override {} // hidden then, and filled before it is shown again
    void setShown(bool /*shown*/) override {}
    [[nodiscard]] QWidget *searchField() const override;

private:
    void showDetails();

    DetailsController *m_details;
    InspectView *m_view;
};

} // namespace roadstead::ui
