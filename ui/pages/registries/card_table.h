// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QList>
#include <QString>
#include <QtClassHelperMacros>

#include <optional>
#include <utility>

class QHBoxLayout;
class QWidget;

/// The tables in the cards of the registries page. All texts are display texts.
namespace roadstead::ui {

class Card;

/// A row of a table: as tall as rows are, with a line above it.
[[nodiscard]] std::pair<QWidget *, QHBoxLayout *> tableRow(bool isHead);
/// The titles of columns with their shares of the width; `tail` is left free at the end.
[[nodiscard]] QWidget *headRow(const QList<std::pair<QString, int>> &columns, int tail);
/// A mark and words in a column of its own.
[[nodiscard]] QWidget *markedCell(StateMark mark, const QString &text, Color tone,
                                  const QString &tip);
/// An empty place for rows in the card's body, instead of `before`.
[[nodiscard]] QWidget *newRows(Card *card, QWidget *before);

/// Whoever goes through rows by keyboard stays where they are when the rows are made anew: while
/// this lives, `rows` may be replaced, and at its end what has the name of what had the focus has
/// it again, else the first that can.
class KeptFocus
{
public:
    explicit KeptFocus(QWidget *const &rows);
    ~KeptFocus();
    Q_DISABLE_COPY_MOVE(KeptFocus)

private:
    QWidget *const &m_rows;
    std::optional<QString> m_name{}; ///< accessible name; unset = the focus was elsewhere
};

/// Gives a cell its share of a row, however long its words are.
void addTableCell(QHBoxLayout *line, QWidget *cell, int share);

} // namespace roadstead::ui
