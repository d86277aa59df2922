// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

#include <array>

namespace roadstead::ui {

/// The heading of the container list: a check box for all rows, sort by a press, widths that share
/// the room there is. What a person has chosen is kept by ContainerTable.
class ContainerHeader : public QHeaderView
{
    Q_OBJECT
public:
    explicit ContainerHeader(QWidget *parent = nullptr);

    void setCheck(Qt::CheckState state);
    [[nodiscard]] Qt::CheckState check() const { return m_check; }

    /// Widths before free room is shared out, in px of the design, by ContainerColumn.
    [[nodiscard]] QList<int> baseWidths() const;
    void setBaseWidths(const QList<int> &widths);
    void setWantedHidden(const QList<int> &columns); ///< chosen by a person
    [[nodiscard]] QList<int> wantedHidden() const;
    [[nodiscard]] int lastShown() const; ///< the column at the end of a row
    /// Shares `width` among the columns; where it is too narrow, ports and uptime go first.
    void distribute(int width);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void checkPressed();
    void layoutChosen(); ///< widths were changed by hand

protected:
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRect checkRect() const;
    void takeResize(int column, int before, int after);

    Qt::CheckState m_check = Qt::Unchecked;
    QList<int> m_base;
    QList<int> m_hidden;
    int m_width = 0;
    bool m_distributing = false;
    bool m_checkDown = false;
};

} // namespace roadstead::ui
