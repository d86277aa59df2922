// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QTreeView>

namespace roadstead::ui {

/// The tree view that every list and tree here is made of.
///
/// Qt's puts its layout off until somebody needs it, for ever while it is hidden, and forgets all
/// accessible cells when it is made up for. A screen reader that asks a cell for its place is such
/// a somebody: the cell is destroyed while it answers (Qt 6.8,
/// `QTreeViewPrivate::updateAccessibility`). So while a screen reader listens, no layout is put
/// off. Where nobody listens nothing is different.
class TreeView : public QTreeView, private QAccessible::ActivationObserver
{
    Q_OBJECT
public:
    explicit TreeView(QWidget *parent = nullptr);
    ~TreeView() override;

    void setModel(QAbstractItemModel *model) override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void accessibilityActiveChanged(bool active) override;
    void layOutForReader();

    bool m_listenedTo = QAccessible::isActive();
};

} // namespace roadstead::ui
