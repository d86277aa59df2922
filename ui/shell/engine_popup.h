// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_choice.h"
#include "ui/shell/engine_view.h"

#include <QFrame>

#include <optional>

class QCheckBox;
class QScrollArea;
class QVBoxLayout;

namespace roadstead::ui {

class Button;
class EngineRow;
class Label;
class Surface;

/// The engine's popup, under the switcher and beside the engine card: the engines there are, with
/// their states and the one action that helps; what else can be done with the one that is shown,
/// and the last log lines of its failure.
class EnginePopup : public QFrame
{
    Q_OBJECT
public:
    /// `choice` may be null: then there is the one engine only. Both must outlive this.
    EnginePopup(EngineView *engine, EngineChoice *choice, QWidget *parent);

    /// Below `anchor`, or above it when that fits better.
    void popUp(const QWidget *anchor);

Q_SIGNALS:
    void addWanted();
    void editWanted(const QString &contextName);
    void removeWanted(const QString &contextName);

protected:
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void layOut();
    void refresh();
    void refreshRows();
    void refreshFooter();
    void makeRows(const QList<EngineRowText> &rows);
    void act(const EngineRow *row);
    void choose(const EngineRow *row);
    void step(const EngineRow *from, int step);
    void showMenu(const EngineRow *row, QPoint position);
    void fit();
    [[nodiscard]] QList<EngineRowText> texts() const;

    EngineView *m_engine;
    EngineChoice *m_choice;
    QScrollArea *m_scroll;
    QWidget *m_list = nullptr;
    QVBoxLayout *m_listLayout = nullptr;
    QList<EngineRow *> m_rows;
    std::string m_explained; ///< id of the engine whose fault is told in full
    Label *m_why;
    Surface *m_logBox;
    Label *m_log;
    Button *m_start;
    Button *m_restart;
    Button *m_stop;
    QWidget *m_footer = nullptr;
    QWidget *m_choices = nullptr; ///< the terminal, and adding
    QCheckBox *m_terminalToo;
};

} // namespace roadstead::ui
