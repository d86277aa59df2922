// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/pages/containers/limits_form.h"
#include "ui/widgets/card.h"

#include <array>
#include <cstdint>
#include <optional>

class QLayout;
class QLineEdit;

namespace roadstead::ui {

class Badge;
class Button;
class ContainerEngine;
class Label;
class ProgressBar;

/// What a container uses of what can be limited.
struct LimitsUsage
{
    double cpuPercent = 0; ///< of one CPU
    std::int64_t memoryBytes = 0;
    std::int64_t memoryLimit = 0; ///< what it can have, of its own or the machine's; 0 = not known
};

/// The limits of a container: shown, and changed while it runs. What is being written stays
/// whatever the engine says meanwhile, until it is applied, given up, or another container is
/// shown.
class LimitsCard : public Card
{
    Q_OBJECT
public:
    /// `engine` must outlive this.
    explicit LimitsCard(ContainerEngine *engine, QWidget *parent = nullptr);

    void setDetails(const docker::ContainerDetails &details);
    void setUsage(const std::optional<LimitsUsage> &usage); ///< now; none = not known
    void clear();
    /// Whether something is written that is not applied.
    [[nodiscard]] bool isFilled() const;
    [[nodiscard]] const docker::ContainerDetails &details() const { return m_details; }

Q_SIGNALS:
    void applied(); ///< the engine has other limits now

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *buildValues();
    QWidget *buildEditor();
    QWidget *buildField(LimitsForm::Field field, const QString &caption);
    QLayout *buildMeter(LimitsForm::Field field, const QString &caption);
    void fill();
    void showUsage();
    void setEditing(bool editing);
    void apply();
    void finish(const Result<std::string> &result);
    /// Problems only of fields that were left, or of all once Apply was pressed.
    void showProblems();
    void setBusy(bool busy);

    ContainerEngine *m_engine;
    docker::ContainerDetails m_details;
    LimitsForm m_form;
    bool m_tried = false;
    unsigned m_generation = 0; ///< of the answer that is waited for
    Badge *m_badge;
    Button *m_edit;
    std::array<Label *, LimitsForm::fields> m_values{};
    std::array<QLineEdit *, LimitsForm::fields> m_fields{};
    std::array<Label *, LimitsForm::fields> m_notes{};
    std::array<ProgressBar *, LimitsForm::Processes> m_bars{};
    std::optional<LimitsUsage> m_used;
    Label *m_usage = nullptr;
    Label *m_problem = nullptr;
    Button *m_cancel = nullptr;
    Button *m_apply = nullptr;
};

/// The restart policy of a container: shown, and another chosen from a menu.
class RestartCard : public Card
{
    Q_OBJECT
public:
    /// `engine` must outlive this.
    explicit RestartCard(ContainerEngine *engine, QWidget *parent = nullptr);

    void setDetails(const docker::ContainerDetails &details);
    void clear();

Q_SIGNALS:
    void applied(); ///< the engine has another policy now

private:
    void choose();
    void apply(const docker::UpdateContainer &command);

    ContainerEngine *m_engine;
    docker::ContainerDetails m_details;
    unsigned m_generation = 0;
    Label *m_policy;
    Button *m_edit;
    Label *m_problem;
};

} // namespace roadstead::ui
