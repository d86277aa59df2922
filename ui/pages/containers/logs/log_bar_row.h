// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace roadstead::ui {

/// Two groups of controls on one line, the second at its end; where they have no room beside each
/// other, the second below the first.
class LogBarRow : public QWidget
{
    Q_OBJECT
public:
    LogBarRow(QWidget *start, QWidget *end, QWidget *parent);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *m_start;
    QWidget *m_end;
    QBoxLayout *m_layout;
};

} // namespace roadstead::ui
