// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QStringList>

class QListView;
class QSortFilterProxyModel;

namespace roadstead::ui {

class SearchField;

/// Asks for one of several images, by their names.
class ChooseImageDialog : public Dialog
{
    Q_OBJECT
public:
    /// `names`: display texts; `verb`: of the button.
    ChooseImageDialog(const QString &question, const QString &text, const QStringList &names,
                      const QString &verb, QWidget *parent);

    /// Place in `names` of the one that is chosen; -1 = none.
    [[nodiscard]] int chosen() const;

private:
    void chooseFirst();

    SearchField *m_search;
    QListView *m_list;
    QSortFilterProxyModel *m_found;
};

} // namespace roadstead::ui
