// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/containers/terminal/terminal_session.h"

#include <QWidget>

class QStackedLayout;

namespace roadstead::ui {

class Button;
class EmptyState;
class Label;
class MarkLabel;
class Surface;
class TerminalFrame;
class TerminalScreen;

/// One session: its screen, what is said in place of it, and the line of its state.
class TerminalPane : public QWidget
{
    Q_OBJECT
public:
    TerminalPane(ContainerEngine *engine, const TerminalChoice &choice, const QString &container,
                 QWidget *parent = nullptr);

    [[nodiscard]] TerminalSession *session() { return &m_session; }
    [[nodiscard]] TerminalScreen *screen() const { return m_screen; }
    /// For its tab: "sh as node".
    [[nodiscard]] QString title() const;
    void start();
    /// Whether a person runs something in it, as far as one can tell from outside: it is open, and
    /// was written to. A shell that the tab opened by itself, and nobody touched, is not.
    [[nodiscard]] bool isInUse() const;

Q_SIGNALS:
    void titleChanged();
    void debugWanted(); ///< there is no shell in it

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildStatus();
    QWidget *buildHints(QWidget *bar);
    void connectScreen();
    void placeHints();
    QWidget *buildQuestion();
    void pump();
    void showState();
    void showStatus();
    [[nodiscard]] QString endText() const;
    [[nodiscard]] QString failureTitle() const;
    void showMessage();
    void showFocus();

    TerminalSession m_session;
    QString m_container;
    TerminalScreen *m_screen;
    TerminalFrame *m_frame;
    EmptyState *m_message;
    QStackedLayout *m_stack;
    Surface *m_question = nullptr;
    QString m_pasted;
    MarkLabel *m_mark = nullptr;
    Label *m_status = nullptr;
    Button *m_reconnect = nullptr;
    QWidget *m_hints = nullptr;
};

} // namespace roadstead::ui
