// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QBoxLayout;

namespace roadstead::ui {

class BulkBar;
class Button;
class CacheController;
class ChipGroup;
class Label;
class LegendLabel;
class ListStack;
class ListTable;
class SearchField;
class StackBar;

/// The tab Cache: what the engine keeps of builds, record by record.
class CacheView : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit CacheView(CacheController *controller, QWidget *parent = nullptr);

    [[nodiscard]] ListTable *table() const { return m_table; }
    [[nodiscard]] SearchField *filterField() const { return m_filter; }

Q_SIGNALS:
    void removeWanted(const std::vector<std::string> &ids);
    void pruneWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildToolbar(QBoxLayout *layout);
    void buildUsage(QBoxLayout *layout);
    void buildStates();
    void refresh();
    void refreshUsage();
    void refreshSelection(int hidden = 0);
    void showMenu(const std::vector<std::string> &ids, QPoint position);

    CacheController *m_controller;
    ListTable *m_table;
    SearchField *m_filter = nullptr;
    ChipGroup *m_chips = nullptr;
    Button *m_prune = nullptr;
    QWidget *m_usage = nullptr;
    StackBar *m_bar = nullptr;
    LegendLabel *m_free = nullptr;
    LegendLabel *m_shared = nullptr;
    LegendLabel *m_inUse = nullptr;
    Label *m_total = nullptr;
    ListStack *m_stack = nullptr;
    BulkBar *m_bulk = nullptr;
};

} // namespace roadstead::ui
