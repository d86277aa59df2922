// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/commit/commit_form.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace roadstead::ui {

class LinkButton;
class RemarkLine;

/// Instructions for the new image, one a row, each with what is wrong with it below.
class ChangeRows : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeRows(QWidget *parent = nullptr);

    void setChanges(const std::vector<CommitChange> &changes);
    [[nodiscard]] std::vector<CommitChange> changes() const;
    void mark(const std::vector<CommitRemark> &remarks);
    [[nodiscard]] QWidget *field(int row) const; ///< null when there is no such row

Q_SIGNALS:
    void edited(); ///< by the person, not by setChanges()

private:
    struct Row
    {
        QWidget *widget;
        QComboBox *instruction;
        QLineEdit *value;
        RemarkLine *remark;
    };
    void append(const CommitChange &change);
    void remove(const QWidget *widget);
    void number();

    QVBoxLayout *m_column;
    LinkButton *m_add;
    QList<Row> m_rows;
};

} // namespace roadstead::ui
