// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/buildx_listings.h"
#include "engine/docker/buildx_builder.h"
#include "engine/service/build/buildx_tool.h"

#include <QWidget>

#include <optional>
#include <string>

class QPlainTextEdit;
class QStackedLayout;
class QVBoxLayout;

namespace roadstead::ui {

class Badge;
class Button;
class BuildersController;
class ElidedLabel;
class TabBar;

/// One builder beside the list: its nodes, what can be done with it, and what buildx says of it.
class BuilderPane : public QWidget
{
    Q_OBJECT
public:
    explicit BuilderPane(BuildersController *controller, QWidget *parent = nullptr);

    void setBuilder(const std::string &name); ///< empty = none
    void refresh();
    [[nodiscard]] QWidget *firstPlace() const;

Q_SIGNALS:
    void verbWanted(roadstead::docker::BuilderVerb verb, const std::string &name);
    void closeWanted();

private:
    QWidget *buildHead();
    void fill(const build::Builder &builder);
    void addNode(QVBoxLayout *column, const build::BuilderNode &node);
    void inspect();

    BuildersController *m_controller;
    std::string m_name;
    std::optional<build::Builder> m_shown;
    quint64 m_generation = 0;
    QStackedLayout *m_stack;
    QWidget *m_none;
    ElidedLabel *m_title = nullptr;
    Badge *m_state = nullptr;
    Badge *m_current = nullptr;
    Button *m_use = nullptr;
    Button *m_stop = nullptr;
    Button *m_remove = nullptr;
    TabBar *m_tabs = nullptr;
    QStackedLayout *m_parts = nullptr;
    QVBoxLayout *m_place = nullptr;
    QWidget *m_facts = nullptr;
    QPlainTextEdit *m_inspected = nullptr;
};

} // namespace roadstead::ui
