// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>

class QPlainTextEdit;

namespace roadstead::ui {

class Label;
class SearchField;

/// What the engine says of an object, as indented JSON: to read, search and copy. Formatting runs
/// outside the GUI thread; very long replies are shown cut and copied whole.
class InspectView : public QWidget
{
    Q_OBJECT
public:
    explicit InspectView(QWidget *parent = nullptr);

    void setJson(const std::string &raw);
    /// The command line that prints the same, for the command bar.
    void setCommand(const QString &line);
    [[nodiscard]] SearchField *searchField() const { return m_search; }
    [[nodiscard]] QString shownText() const;

private:
    void show(const std::string &pretty);
    void findNext(bool backwards);
    void markMatches();
    void copyAll() const;

    SearchField *m_search;
    Label *m_matches;
    QPlainTextEdit *m_text;
    std::string m_raw;
    unsigned m_generation = 0;
};

} // namespace roadstead::ui
