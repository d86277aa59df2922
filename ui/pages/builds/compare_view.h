// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/build_comparison.h"
#include "ui/widgets/surface.h"

#include <optional>
#include <string>

class QTreeWidget;

namespace roadstead::ui {

class Card;
class EmptyState;
class HistoryController;
class Label;

/// Two builds side by side: what was asked for differently, the steps of both, and where the cache
/// parts. A page with a way back.
class CompareView : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit CompareView(HistoryController *controller, QWidget *parent = nullptr);

    void compare(const std::string &left, const std::string &right);
    [[nodiscard]] const BuildComparison &comparison() const { return m_comparison; }

Q_SIGNALS:
    void backWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeHead();
    void readRight(quint64 generation, const std::string &right);
    void show();
    void fillOptions();
    void fillSteps();

    HistoryController *m_controller;
    quint64 m_generation = 0;
    BuildRecord m_left;
    BuildRecord m_right;
    std::optional<service::KeptBuild> m_leftSteps;
    std::optional<service::KeptBuild> m_rightSteps;
    BuildComparison m_comparison;
    Label *m_title;
    Label *m_verdict;
    Card *m_optionsCard;
    Card *m_stepsCard;
    QTreeWidget *m_options;
    QTreeWidget *m_steps;
    Label *m_same;
};

} // namespace roadstead::ui
