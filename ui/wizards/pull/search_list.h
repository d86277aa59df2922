// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;

namespace roadstead::ui {

class Label;
class PullController;

/// What Docker Hub has under what is typed: a name a line, to be chosen; or why there is nothing.
class SearchList : public QWidget
{
    Q_OBJECT
public:
    explicit SearchList(PullController *controller, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &name);

private:
    void refresh();

    PullController *m_controller;
    Label *m_note;
    QListWidget *m_list;
};

} // namespace roadstead::ui
