// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

#include <string>

/// Fields of the run wizard: made with their names, read as UTF-8.
namespace roadstead::ui {

/// `label`: for assistive technology. Words of a command are in the fixed font.
[[nodiscard]] QLineEdit *makeField(const QString &name, const QString &label,
                                   const QString &placeholder = {});
[[nodiscard]] QCheckBox *makeCheck(const QString &name, const QString &text);
/// Does not change with the wheel of a mouse that only scrolls the page.
[[nodiscard]] QComboBox *makeChoice(const QString &name, const QString &label);

[[nodiscard]] std::string textOf(const QLineEdit *field);
void setText(QLineEdit *field, const std::string &text); ///< keeps the cursor when it is the same

enum class NoteAt { Below, BesideLabel };
/// A label above a widget, with room for a note.
[[nodiscard]] QWidget *labelled(const QString &label, QWidget *field, QWidget *note,
                                NoteAt noteAt = NoteAt::Below);

} // namespace roadstead::ui
