// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace roadstead::ui {

/// Two or more choices side by side, one of them chosen.
class Segmented : public QWidget
{
    Q_OBJECT
public:
    Segmented(const QString &name, const QString &label, QWidget *parent = nullptr);

    void addChoice(int id, const QString &name, const QString &text);
    [[nodiscard]] int chosen() const;
    void choose(int id);

Q_SIGNALS:
    void chosenChanged(int id);

private:
    QButtonGroup *m_group;
    QHBoxLayout *m_layout;
};

} // namespace roadstead::ui
