// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <string_view>

class QSocketNotifier;
class QTermWidget;
class QTimer;

namespace roadstead::ui {

/// A terminal emulator without a process: what is written to it is drawn, what is typed comes out.
/// Keys that leave it (F6, Shift+F6, Ctrl+Shift+P, and Ctrl+Shift+W, which closes it) pass to what
/// is round it; all others are its own.
class TerminalScreen : public QWidget
{
    Q_OBJECT
public:
    explicit TerminalScreen(QWidget *parent = nullptr);
    ~TerminalScreen() override;

    /// Draws `bytes`, which must have been through TerminalFilter. What the emulator cannot take
    /// at once waits; hasRoom() is false as long.
    void write(std::string_view bytes);
    [[nodiscard]] bool hasRoom() const { return m_waiting.empty(); }
    [[nodiscard]] int rows() const;
    [[nodiscard]] int columns() const;
    /// All of it that is remembered, line by line; the end of it is the accessible description.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QWidget *display() const { return m_display; }
    /// Whether a person wrote to the program; what the emulator answers by itself does not count.
    [[nodiscard]] bool wasUsed() const { return m_used; }

    void copy();
    void paste();
    void findText();
    void zoom(int steps);
    void clearScreen();
    /// Pastes what pasteQuestioned() asked about.
    void sendPasted(const QString &text);

Q_SIGNALS:
    void typed(const QByteArray &bytes);
    void sized(int rows, int columns);
    void roomMade();
    /// Several lines, for a program that would run each as it comes.
    void pasteQuestioned(const QString &text);
    void focusChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool takesKey(const QKeyEvent &event);
    void pasteText(const QString &text);
    void writeWaiting();
    void checkSize();
    void keepBackground();
    void dressSearchBar();
    void restyle();
    void describeText();
    void showMenu(const QPoint &globalPosition);

    QTermWidget *m_terminal = nullptr;
    QWidget *m_display = nullptr;
    QSocketNotifier *m_notifier = nullptr;
    QWidget *m_searchBar = nullptr; ///< the library's own
    QTimer *m_describing;
    std::string m_waiting;
    bool m_used = false;
    int m_zoom = 0;
    int m_rows = 0;
    int m_columns = 0;
};

} // namespace roadstead::ui
