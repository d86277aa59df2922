// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/pages/containers/limits_form.h"
#include "ui/widgets/card.h"

#include <array>

class QGridLayout;
class QLineEdit;

namespace roadstead::ui {

class Badge;
class Button;
class ContainerEngine;
class Label;

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
    void setUsage(const QString &text); ///< what it uses now; display text
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
    void buildField(QGridLayout *grid, LimitsForm::Field field, const QString &caption);
    void fill();
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
