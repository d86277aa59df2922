// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/engine_view.h"
#include "ui/widgets/surface.h"

#include <QPointer>

class QAction;
class QMenu;

namespace roadstead::ui {

class Button;
class ElidedLabel;
class Label;
class MarkLabel;

/// The strip at the bottom, 30 px: what ran last, runs now or would run. It watches the whole
/// program: hovering or focusing a control, or a menu's action, with a command hint shows that as
/// "Will run". A view whose hint depends on the row changes its own hint; that is noticed too.
class CommandBar : public Surface
{
    Q_OBJECT
public:
    explicit CommandBar(EngineView *engine, QWidget *parent = nullptr);
    ~CommandBar() override;

    /// Shows a hint that belongs to no widget (the palette's current line); empty ends it.
    void setHint(const QString &command, const QString &when = {});
    /// The whole command that is shown, unshortened.
    [[nodiscard]] QString command() const { return m_command; }
    void copy();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void historyRequested(QWidget *anchor);

private:
    void refresh();
    void showHintOf(QObject *control);
    void showHistory();
    void showLast(const service::CommandRecord &last);
    void watchMenu(QMenu *menu);
    void layOut();
    void display(const QString &label, const QString &command, const QString &note);

    EngineView *m_engine;
    Label *m_label;
    MarkLabel *m_busy;
    ElidedLabel *m_line;
    ElidedLabel *m_note;
    class IconLabel *m_resultIcon;
    Label *m_result;
    Button *m_copy;
    Button *m_history;
    QString m_command;
    QString m_hint; ///< given by setHint()
    QString m_hintWhen;
    QPointer<QObject> m_hovered; ///< the control or action whose hint is shown
    QPointer<QObject> m_focused;
};

} // namespace roadstead::ui
