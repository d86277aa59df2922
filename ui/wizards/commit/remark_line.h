// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace roadstead::ui {

class IconLabel;
class Label;

/// A sign and a sentence below a field; takes no room while there is nothing to say.
class RemarkLine : public QWidget
{
    Q_OBJECT
public:
    explicit RemarkLine(const QString &name, QWidget *parent = nullptr);

    /// Display text; empty hides it.
    void say(const QString &text, bool isWrong);
    [[nodiscard]] QString text() const;

private:
    IconLabel *m_icon;
    Label *m_text;
};

} // namespace roadstead::ui
