// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/build/build_picture.h"

#include <QList>
#include <QRect>
#include <QWidget>

#include <cstddef>
#include <optional>

namespace roadstead::ui {

/// The stages of a build as cards, those that are made from others to their right, with the steps
/// inside. Arrows and presses choose a step; the Dockerfile beside it shows the same.
class StageView : public QWidget
{
    Q_OBJECT
public:
    explicit StageView(QWidget *parent = nullptr);

    void setPicture(const BuildPicture &picture);
    /// The step of that index in the snapshot.
    void setChosen(std::optional<std::size_t> step);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void stepChosen(std::size_t step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Place
    {
        qsizetype card;
        qsizetype step;
    };
    void layOut();
    [[nodiscard]] QRect stepRect(const Place &place) const;
    [[nodiscard]] std::optional<Place> chosenPlace() const;
    void choose(const Place &place);
    void paintEdges(QPainter &painter) const;
    void paintCard(QPainter &painter, qsizetype card) const;
    void paintStep(QPainter &painter, const Place &place) const;
    void describe();

    BuildPicture m_picture;
    QList<QRect> m_cards;
    QSize m_size;
    std::optional<std::size_t> m_chosen;
};

} // namespace roadstead::ui
