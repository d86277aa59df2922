// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/toast.h"

class QVBoxLayout;

#include <QHash>

namespace roadstead::ui {

class Badge;
class Label;

/// What runs, what has ended, and the command history: 468 px at the end of the window, over the
/// page, between top and command bar. A child frame; Esc or a second press of its button closes it.
class ActivityPanel : public Surface
{
    Q_OBJECT
public:
    ActivityPanel(EngineView *engine, QWidget *window);

    /// Keeps what a toast said.
    void add(const ToastContent &content);
    void open(int top, int bottomInset);
    void close();
    [[nodiscard]] int running() const { return m_runningCount; }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void runningChanged(int count);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void showRunning();
    QWidget *runningRow(const service::CommandRecord &record);
    void place();
    void clearFinished();
    QWidget *row(StateMark mark, const QString &title, const QString &text, const QString &time);
    QVBoxLayout *section(const QString &title, QVBoxLayout *into, QWidget **box);

    EngineView *m_engine;
    QWidget *m_window;
    Badge *m_badge;
    QWidget *m_runningBox = nullptr;
    QWidget *m_finishedBox = nullptr;
    QVBoxLayout *m_running = nullptr;
    QVBoxLayout *m_finished = nullptr;
    Label *m_empty;
    QHash<quint64, QWidget *> m_runningRows; ///< by record id
    int m_runningCount = 0;
    int m_finishedCount = 0;
    int m_top = 48;
    int m_bottom = 30;
};

} // namespace roadstead::ui
