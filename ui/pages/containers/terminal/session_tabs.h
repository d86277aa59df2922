// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace roadstead::ui {

/// The sessions of a container as boxes beside each other, the one in front tinted. A badge and the
/// button to close it stand at the end of each.
class SessionTabs : public QTabBar
{
    Q_OBJECT
public:
    explicit SessionTabs(QWidget *parent = nullptr);

    /// What the boxes are to say; those that are more than before are added, the rest goes.
    void setTitles(const QStringList &titles);
    void setRoot(int index, bool root);

Q_SIGNALS:
    void closeWanted(int index);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeEnd(int index);
    [[nodiscard]] QRect boxOf(int index) const;
};

} // namespace roadstead::ui
