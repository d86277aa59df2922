// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QStackedWidget;

namespace roadstead::ui {

class Label;

/// The page of a wizard: a head with its title, what is filled in, what will come of it at the
/// side, and a footer with the ways out. Not a dialog: what it started goes on when one leaves.
class WizardFrame : public QWidget
{
    Q_OBJECT
public:
    WizardFrame(const QString &name, const QString &title, QWidget *parent = nullptr);

    void addHeadWidget(QWidget *widget);  ///< at the end of the head
    void addLeaveWidget(QWidget *widget); ///< at the start of the footer
    void addNextWidget(QWidget *widget);  ///< at its end
    /// What scrolls, and what stands beside it. Taken over.
    void setBody(QWidget *body, QWidget *side);
    /// Something else in their place, while it is shown. Taken over.
    void setOther(QWidget *other);
    void showBody();
    void showOther();
    /// For a wizard of several steps, in place of the four above: one page each, in order. Taken
    /// over.
    void addStepPage(QWidget *page);
    void showStepPage(int step);
    /// Scrolls so that it can be seen.
    void reveal(QWidget *widget);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *m_foot = nullptr;
    QHBoxLayout *m_head;
    QHBoxLayout *m_leave;
    QHBoxLayout *m_next;
    QStackedWidget *m_stack;
    QScrollArea *m_scroll = nullptr;
};

} // namespace roadstead::ui
