// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QList>
#include <QString>

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
/// Gives a cell its share of a row, however long its words are.
void addTableCell(QHBoxLayout *line, QWidget *cell, int share);

} // namespace roadstead::ui
