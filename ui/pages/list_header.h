// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QList>

namespace roadstead::ui {

/// How a column of a list takes its place.
struct ListColumn
{
    int width = 96;             ///< px of the design, before free room is shared out
    int narrowest = 0;          ///< what it may shrink to; 0 = it does not
    int stretch = 0;            ///< its part of the free room
    int dropped = 0;            ///< 1 = the first to go where there is no room; 0 = stays
    bool numbers = false;       ///< at the end of the column
    bool hiddenAtFirst = false; ///< until a person chooses it
};

/// The heading of a flat list: sort by a press, widths that share the room there is. What a person
/// has chosen is kept by ListTable.
class ListHeader : public QHeaderView
{
    Q_OBJECT
public:
    /// The first of `columns` always stays.
    ListHeader(const QString &name, const QList<ListColumn> &columns, QWidget *parent = nullptr);

    [[nodiscard]] QList<int> baseWidths() const { return m_base; }
    void setBaseWidths(const QList<int> &widths); ///< ignored unless there is one for each
    void setWantedHidden(const QList<int> &columns);
    [[nodiscard]] QList<int> wantedHidden() const { return m_hidden; }
    [[nodiscard]] int lastShown() const; ///< the column at the end of a row
    /// Shares `width` among the columns.
    void distribute(int width);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void layoutChosen(); ///< widths were changed by hand

protected:
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QList<int> fitting(int width) const;
    void takeResize(int column, int before, int after);

    QList<ListColumn> m_columns;
    QList<int> m_base;
    QList<int> m_hidden;
    int m_width = 0;
    bool m_distributing = false;
};

} // namespace roadstead::ui
