// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/tree_view.h"

namespace roadstead::ui {

TreeView::TreeView(QWidget *parent)
    : QTreeView(parent)
{
    QAccessible::installActivationObserver(this);
}

TreeView::~TreeView()
{
    QAccessible::removeActivationObserver(this);
}

/// What Qt's view does on each of these signals comes first, for it is connected first.
void TreeView::setModel(QAbstractItemModel *newModel)
{
    using Model = QAbstractItemModel;
    const auto forEachChange = [](auto &&use) {
        use(&Model::rowsInserted);
        use(&Model::rowsRemoved);
        use(&Model::rowsMoved);
        use(&Model::layoutChanged);
        use(&Model::modelReset);
    };
    if (Model *old = model()) {
        forEachChange(
            [&](auto signal) { disconnect(old, signal, this, &TreeView::layOutForReader); });
    }
    QTreeView::setModel(newModel);
    if (newModel != nullptr) {
        forEachChange(
            [&](auto signal) { connect(newModel, signal, this, &TreeView::layOutForReader); });
    }
    layOutForReader();
}

void TreeView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    layOutForReader();
}

void TreeView::accessibilityActiveChanged(bool active)
{
    m_listenedTo = active;
    layOutForReader();
}

void TreeView::layOutForReader()
{
    if (m_listenedTo) {
        executeDelayedItemsLayout();
    }
}

} // namespace roadstead::ui
