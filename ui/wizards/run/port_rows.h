// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_rows.h"

namespace roadstead::ui {

/// The published ports.
class PortRows : public FormRows
{
    Q_OBJECT
public:
    explicit PortRows(QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;

protected:
    [[nodiscard]] FormRow *makeRow() override;
};

} // namespace roadstead::ui
