// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_action.h"

#include <QTimer>
#include <QWidget>

#include <string>

namespace roadstead::ui {

class BuildOverview;
class BuildSteps;
class Button;
class EmptyState;
class HistoryController;
class IconButton;
class PaneFrame;
class TabBar;

/// The pane beside the list of builds: one build, how it ended, what can be done with it, its
/// steps.
class BuildDetails : public QWidget
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit BuildDetails(HistoryController *controller, QWidget *parent = nullptr);

    /// Empty = none.
    void setBuild(const std::string &id);
    [[nodiscard]] const std::string &buildId() const { return m_id; }
    [[nodiscard]] TabBar *tabs() const;
    [[nodiscard]] QWidget *firstPlace() const; ///< for the keyboard
    void refresh(); ///< what the engine has, or the record, may have changed

Q_SIGNALS:
    void actionWanted(roadstead::ui::BuildAction action, const std::string &id);
    void menuWanted(const std::string &id, QPoint globalPosition);
    void closeWanted();

private:
    void buildActions();
    void buildParts();
    void show(const BuildRecord &record);
    void askSteps();
    void takeSteps(const Result<service::KeptBuild> &kept);
    void showPart();

    HistoryController *m_controller;
    std::string m_id;
    quint64 m_generation = 0; ///< of the question for steps
    bool m_isReading = false;
    PaneFrame *m_frame;
    Button *m_again = nullptr;
    Button *m_open = nullptr;
    IconButton *m_more = nullptr;
    QWidget *m_overviewPart = nullptr;
    BuildOverview *m_overview = nullptr;
    BuildSteps *m_steps = nullptr;
    EmptyState *m_noSteps = nullptr;
    EmptyState *m_reading = nullptr;
    bool m_hasSteps = false;
    QTimer m_rest; ///< while rows are passed by
    QTimer m_patience;
};

} // namespace roadstead::ui
