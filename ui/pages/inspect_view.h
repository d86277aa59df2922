// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <string>

class QPlainTextEdit;

namespace roadstead::ui {

class Button;
class Label;
class SearchField;

/// What the engine says of an object, as indented JSON: to read, search and copy. Formatting runs
/// outside the GUI thread; very long replies are shown cut and copied whole. Values that look
/// secret are masked, and shown for 30 s at a press.
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
    struct Shown
    {
        std::string plain;
        std::string masked;
        int secrets = 0;
    };

    void show();
    void setRevealed(bool revealed);
    void findNext(bool backwards);
    void markMatches();
    void copyAll();

    SearchField *m_search;
    Label *m_matches;
    QPlainTextEdit *m_text;
    Button *m_reveal;
    QTimer m_hide;
    std::string m_raw;
    Shown m_shown;
    bool m_revealed = false;
    unsigned m_generation = 0;
};

} // namespace roadstead::ui
