// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_rows.h"

namespace roadstead::ui {

/// The environment. Values of secret variables are masked, and shown for 30 s at a press.
class VariableRows : public FormRows
{
    Q_OBJECT
public:
    explicit VariableRows(QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;

Q_SIGNALS:
    void importWanted(const QString &path); ///< an .env file

protected:
    [[nodiscard]] FormRow *makeRow() override;

private:
    void pickFile();
};

} // namespace roadstead::ui
