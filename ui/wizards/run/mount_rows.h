// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/form_rows.h"

class QStringListModel;

namespace roadstead::ui {

/// Folders of this computer, volumes and memory that the container sees.
class MountRows : public FormRows
{
    Q_OBJECT
public:
    explicit MountRows(QWidget *parent = nullptr);

    void setVolumes(const QStringList &names); ///< to choose from
    /// Whether folders can be picked: those of an engine elsewhere can only be typed.
    void setPicksFolders(bool picks) { m_picksFolders = picks; }

    void fill(const RunForm &form) override;
    void collect(RunForm &form) const override;

protected:
    [[nodiscard]] FormRow *makeRow() override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QStringListModel *m_volumes;
    bool m_picksFolders = true;
};

} // namespace roadstead::ui
