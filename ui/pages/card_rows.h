// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QString>
#include <QWidget>

#include <string>
#include <utility>

class QHBoxLayout;
class QTimer;
class QVBoxLayout;

/// The lines that the cards of an Overview tab are made of. All texts are display texts.
namespace roadstead::ui {

class ElidedLabel;
class IconButton;

/// A 28 px line with the card's margins; with a line above it when it is not the first.
[[nodiscard]] std::pair<QWidget *, QHBoxLayout *> makeRow(bool lineAbove);
[[nodiscard]] ElidedLabel *monoLabel(const QString &text, Color tone = Color::Text);
/// Copies `value` as it is.
[[nodiscard]] IconButton *copyButton(const QString &name, const QString &label, std::string value);
/// A caption beside a value. Yields the line, for a button at its end.
QHBoxLayout *addPair(QVBoxLayout *rows, const QString &caption, const QString &value, bool mono,
                     bool monoCaption = false);

/// A line NAME = value; secret values are masked, shown for 30 s at a press, and copied without
/// being shown.
class VariableRow : public QWidget
{
    Q_OBJECT
public:
    /// `kind` begins the names of its buttons: "variable", "label".
    VariableRow(const QString &kind, const std::string &name, const std::string &value, bool narrow,
                QWidget *parent = nullptr);

    [[nodiscard]] bool isMasked() const { return m_masked; }

private:
    void setRevealed(bool revealed);

    std::string m_value;
    bool m_secret;
    bool m_masked;
    ElidedLabel *m_text;
    IconButton *m_eye = nullptr;
    QTimer *m_hide = nullptr;
};

} // namespace roadstead::ui
