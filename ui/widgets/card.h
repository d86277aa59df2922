// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

class QHBoxLayout;
class QVBoxLayout;

namespace roadstead::ui {

class ElidedLabel;
class Label;

/// A bordered card with a 36 px head (title, note, own controls at the end) and a body.
class Card : public Surface
{
    Q_OBJECT
public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// In the head, elided where it has no room.
    void setNote(const QString &note);
    /// Why there is nothing to show, above the body's rows; until the next note or problem.
    void setProblem(const QString &problem);
    /// At the end of the head, in order.
    void addHeadWidget(QWidget *widget);
    /// Directly after the title: a badge.
    void addTitleWidget(QWidget *widget);
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    /// A row of the body with a line above it.
    void addRow(QWidget *row);

private:
    QWidget *m_head;
    Label *m_title;
    ElidedLabel *m_note;
    QHBoxLayout *m_titleEnd;
    QHBoxLayout *m_headEnd;
    QVBoxLayout *m_body;
    Label *m_problem = nullptr;
};

/// A 1 px line across, or down.
class Separator : public QWidget
{
    Q_OBJECT
public:
    explicit Separator(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Orientation m_orientation;
};

} // namespace roadstead::ui
