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
class QVBoxLayout;

namespace roadstead::ui {

class Badge;
class Button;
class BuildersController;
class PaneFrame;

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
    void buildActions();
    void fill(const build::Builder &builder);
    void addNode(QVBoxLayout *column, const build::BuilderNode &node);
    void inspect();

    BuildersController *m_controller;
    std::string m_name;
    std::optional<build::Builder> m_shown;
    quint64 m_generation = 0;
    PaneFrame *m_frame;
    Badge *m_current = nullptr;
    Button *m_use = nullptr;
    Button *m_stop = nullptr;
    Button *m_remove = nullptr;
    QVBoxLayout *m_place = nullptr;
    QWidget *m_facts = nullptr;
    QPlainTextEdit *m_inspected = nullptr;
};

} // namespace roadstead::ui
