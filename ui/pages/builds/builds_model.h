// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_history.h"

#include <QAbstractTableModel>

namespace roadstead::ui {

/// The builds that have ended, newest first.
class BuildsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { ResultColumn, NameColumn, ContextColumn, StepsColumn, TimeColumn, StartedColumn };
    static constexpr int columns = StartedColumn + 1;
    enum Role { MarkRole = Qt::UserRole }; ///< the StateMark of a result, as an int

    /// `history` must outlive this.
    explicit BuildsModel(const BuildHistory *history, QObject *parent = nullptr);

    [[nodiscard]] const BuildRecord *record(int row) const; ///< null when there is none
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void update();

    const BuildHistory *m_history;
    QList<BuildRecord> m_shown;
};

} // namespace roadstead::ui
