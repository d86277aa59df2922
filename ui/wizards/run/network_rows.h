// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_rows.h"
#include "ui/wizards/run/option_section.h"

class QStringListModel;

namespace roadstead::ui {

/// The networks that the container joins, with its names and addresses in each. The first is the
/// one of the basic fields.
class NetworkRows : public FormRows
{
    Q_OBJECT
public:
    /// `networks`: names to choose from; must outlive this.
    explicit NetworkRows(QStringListModel *networks, QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;

protected:
    [[nodiscard]] FormRow *makeRow() override;

private:
    QStringListModel *m_networks;
    int m_filled = 0; ///< rows, when it was filled last
};

/// The same, as a part that opens and closes.
class NetworkSection : public CollapsiblePart
{
    Q_OBJECT
public:
    explicit NetworkSection(QStringListModel *networks, QWidget *parent = nullptr);

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;
    /// The first network has its field elsewhere.
    [[nodiscard]] bool has(const RunPlace &place) const override
    {
        return place.field == "network" && place.row > 0;
    }

protected:
    void build(QWidget *body) override;

private:
    QStringListModel *m_networks;
    RunForm m_form; ///< until it is built
    NetworkRows *m_rows = nullptr;
};

} // namespace roadstead::ui
