// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/widgets/surface.h"

#include <QAbstractButton>
#include <QPointer>

class QAction;

namespace roadstead::ui {

class Button;

/// The engine's name with its state mark; opens the engine popup.
class EngineButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit EngineButton(EngineView *engine, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    EngineView *m_engine;
    StateMark m_mark = StateMark::Exited;
};

/// Looks like a field and opens the command palette; typing into it opens it with what was typed.
class SearchButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SearchButton(QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void typed(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

/// "Activity" with a ring and the number of running tasks.
class ActivityButton : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ActivityButton(QWidget *parent = nullptr);
    void setRunning(int count);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_running = 0;
};

/// The bar at the top, 48 px.
class TopBar : public Surface
{
    Q_OBJECT
public:
    explicit TopBar(EngineView *engine, QWidget *parent = nullptr);

    /// The page's primary action; null hides the button.
    void setPrimary(QAction *action);
    [[nodiscard]] EngineButton *engineButton() const { return m_engine; }
    [[nodiscard]] SearchButton *searchButton() const { return m_search; }
    [[nodiscard]] ActivityButton *activityButton() const { return m_activity; }

private:
    EngineButton *m_engine;
    SearchButton *m_search;
    ActivityButton *m_activity;
    QWidget *m_primaryPlace;
    QPointer<Button> m_primary;
};

} // namespace roadstead::ui
