// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/buildx_builder.h"

#include <QWidget>

#include <string>

class QBoxLayout;

namespace roadstead::ui {

class BuilderPane;
class BuildersController;
class ListStack;
class ListTable;
class SearchField;
class SidePane;

/// The tab Builders: what buildx builds with, and one of them beside the list.
class BuildersView : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit BuildersView(BuildersController *controller, QWidget *parent = nullptr);

    [[nodiscard]] ListTable *table() const { return m_table; }
    [[nodiscard]] SearchField *filterField() const { return m_filter; }

Q_SIGNALS:
    void createWanted();
    void verbWanted(roadstead::docker::BuilderVerb verb, const std::string &name);

protected:
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildToolbar(QBoxLayout *layout);
    void buildStates();
    void refresh();
    void showMenu(const std::string &name, QPoint position);
    void setPaneOpen(bool open);

    BuildersController *m_controller;
    ListTable *m_table;
    SearchField *m_filter = nullptr;
    ListStack *m_stack = nullptr;
    SidePane *m_side = nullptr;
    BuilderPane *m_pane = nullptr;
};

} // namespace roadstead::ui
