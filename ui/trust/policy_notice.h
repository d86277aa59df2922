// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry/trust/trust_rules.h"
#include "ui/widgets/surface.h"

#include <QString>

#include <optional>

namespace roadstead::ui {

class Button;
class Label;

/// Says that the policy holds an image back, why, and what can be done.
class PolicyNotice : public Surface
{
    Q_OBJECT
public:
    /// `button`: the name of the button that goes on all the same, and its text.
    PolicyNotice(const QString &name, const QString &button, const QString &text,
                 QWidget *parent = nullptr);

    /// None hides it. `mayDecide`: a person may go on all the same.
    void show(const std::optional<trust::Verdict> &held, bool mayDecide);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QWidget *button() const;

Q_SIGNALS:
    void anywayWanted();

private:
    Label *m_title;
    Label *m_text;
    Button *m_anyway;
};

} // namespace roadstead::ui
