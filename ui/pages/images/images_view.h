// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/images/image_action.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QBoxLayout;
class QHBoxLayout;
class QMenu;
class QStackedLayout;

namespace roadstead::ui {

class BulkBar;
class Button;
class ChipGroup;
class EmptyState;
class IconButton;
class ImageActions;
class ImagePane;
class ImageTransfers;
class ImagesController;
class ListTable;
class PageHeader;
class SearchField;
class SidePane;
class SkeletonRows;
class TransferBar;
class UsageBar;

/// The list of the images page: head, filter and chips, table or what stands in its place, what the
/// images take, the bar for the selection, and the pane of details. Only shows and asks; ImagesPage
/// does.
class ImagesView : public QWidget
{
    Q_OBJECT
public:
    ImagesView(ImagesController *controller, ImageTransfers *transfers, QWidget *parent = nullptr);
    ~ImagesView() override;

    [[nodiscard]] ListTable *table() const { return m_table; }
    [[nodiscard]] SearchField *filterField() const { return m_filter; }
    [[nodiscard]] ImagePane *pane() const { return m_pane; }
    [[nodiscard]] QMenu *columnMenu() const { return m_columnMenu; }
    [[nodiscard]] bool isPaneOpen() const;
    /// A pane that closes gives the keyboard back to the list.
    void setPaneOpen(bool open, Qt::FocusReason reason);
    /// Lines of the menu at the end of the head, in order; null = a line between.
    void setPageActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void actionWanted(roadstead::ui::ImageAction action, const std::vector<std::string> &ids);
    void targetsChanged(); ///< what a command from the keyboard acts on, or its state
    void menuWanted(const std::vector<std::string> &ids, QPoint globalPosition);
    void opened(const std::string &id);
    void refreshWanted();
    void pullWanted();
    void loadWanted();
    void freeWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildHead(QBoxLayout *layout);
    void buildToolbar(QBoxLayout *layout);
    void buildPane(QBoxLayout *layout, ImageTransfers *transfers);
    void buildStates();
    void buildBulkBar(QBoxLayout *layout);
    void connectTable();
    void placeChips();
    void followCurrent();
    void retarget();
    void followScreen();
    void refreshSelection(int hidden = 0);
    void refreshCounts();
    void refreshTotals();
    void refreshState();
    void clearFilter();
    void hintForHover(ImageAction action, const std::vector<std::string> &ids);

    ImagesController *m_controller;
    ImageActions *m_actions; ///< for what is selected or current
    ListTable *m_table;
    PageHeader *m_header = nullptr;
    Button *m_free = nullptr;
    IconButton *m_more = nullptr;
    QMenu *m_moreMenu = nullptr;
    SearchField *m_filter = nullptr;
    ChipGroup *m_chips = nullptr;
    QHBoxLayout *m_toolbar = nullptr;
    QHBoxLayout *m_secondRow = nullptr;
    bool m_chipsBelow = false;
    QMenu *m_columnMenu = nullptr;
    IconButton *m_paneButton = nullptr;
    QStackedLayout *m_stack = nullptr;
    SkeletonRows *m_skeleton = nullptr;
    EmptyState *m_empty = nullptr;
    EmptyState *m_noResult = nullptr;
    EmptyState *m_away = nullptr;
    UsageBar *m_usage = nullptr;
    BulkBar *m_bulk = nullptr;
    SidePane *m_side = nullptr;
    ImagePane *m_pane = nullptr;
    QTimer m_loadingTimer;
    QTimer m_ageTimer;
    QTimer m_retarget; ///< many rows change at once: the actions follow after the last
    QTimer m_screen;   ///< what is on screen is told once scrolling rests
};

} // namespace roadstead::ui
