// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/badge.h"

#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QStackedLayout;

namespace roadstead::ui {

class ElidedLabel;
class FlowLayout;
class TabBar;

/// What a pane beside a list is made of: a head with a name, how it is, and what can be done; tabs;
/// the part that is chosen. Or that nothing is chosen.
class PaneFrame : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString name; ///< begins the object names: "build"
        QString none; ///< "No build chosen"
        QString hint;
        QString tabs; ///< for assistive technology
    };
    explicit PaneFrame(const Words &words, QWidget *parent = nullptr);

    void setChosen(bool chosen);
    void setTitle(const QString &title); ///< display text
    void setState(const QString &text, Tone tone);
    void addBadge(QWidget *badge);
    void addAction(QWidget *button);
    using QWidget::addAction;
    /// A tab; its part is put where the chosen one is shown.
    void addTab(const QString &text, QWidget *part);
    /// The same for what only takes the place of a tab's part.
    void addPart(QWidget *part);
    void showPart(QWidget *part);
    [[nodiscard]] TabBar *tabs() const { return m_tabs; }
    /// `inner` on the page's own ground, scrolled down and up.
    [[nodiscard]] static QScrollArea *scrolled(const QString &name, const QString &label,
                                               QWidget *inner);

Q_SIGNALS:
    void closeWanted();

private:
    QStackedLayout *m_stack;
    QStackedLayout *m_parts;
    QHBoxLayout *m_row;
    FlowLayout *m_actions;
    ElidedLabel *m_title;
    Badge *m_state;
    TabBar *m_tabs;
};

} // namespace roadstead::ui
