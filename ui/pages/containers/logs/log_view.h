// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_view.h"

#include <QAbstractScrollArea>

#include <memory>
#include <optional>
#include <string_view>

class QPushButton;

namespace roadstead::service {
class LogSearch;
}

namespace roadstead::ui {

class LogScrollBar;

/// Draws the lines of a store that are on screen: number, time, level, text. Rows are selected by
/// mouse and keyboard and copied as they came. GUI thread.
class LogView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void setStore(std::shared_ptr<const store::LineStore> store); ///< null = none
    /// The store has more lines, or fewer.
    void refresh();
    void setWanted(store::ClassMask wanted);
    void setTimestampsShown(bool shown);
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] std::int64_t rows() const { return m_view ? m_view->rows() : 0; }
    [[nodiscard]] const store::LineView *lines() const { return m_view.get(); }
    /// Numbers of the first and last line on screen, from 1 on; 0 = none.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> shownLines() const;
    void copy() const;
    void selectAll();
    /// Shows its matches in the lines and beside them; null = none. To be taken back before it
    /// goes.
    void setSearch(const service::LogSearch *search);
    /// Brings a line to the middle of the screen, and makes it the current one.
    void goTo(store::LineNumber line);
    /// The first line of a time or later, in milliseconds since the epoch; else the last line.
    void goToTime(qint64 time);
    [[nodiscard]] store::LineNumber topLine() const;
    /// Of the line at the top; none without lines.
    [[nodiscard]] std::optional<qint64> topTime() const;

Q_SIGNALS:
    void followingChanged(bool following);
    void topReached(); ///< older lines would be of use
    void scrolled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Columns
    {
        int time = 0;
        int mark = 0;
        int level = 0;
        int text = 0;
    };
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleRows() const;
    void paintRow(QPainter &painter, int y, std::int64_t row);
    void paintLine(QPainter &painter, const QRect &rect, store::LineNumber line,
                   const store::LineRecord &record, std::string_view raw, bool selected);
    void updateBars();
    void setCurrent(std::int64_t row, bool extend);
    void read(std::int64_t row) const;
    void userScrolled();
    void placePill();

    std::shared_ptr<const store::LineStore> m_store;
    std::unique_ptr<store::LineView> m_view;
    const service::LogSearch *m_search = nullptr;
    LogScrollBar *m_bar;
    QPushButton *m_pill;
    bool m_timestamps = true;
    bool m_following = true;
    bool m_updating = false;
    int m_widest = 0;
    std::int64_t m_rowsAtPause = 0; ///< when following ended: what the pill counts from
    std::optional<store::LineNumber> m_current;
    store::LineNumber m_anchor = 0;
};

} // namespace roadstead::ui
