// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/merged_lines.h"
#include "ui/theme/tokens.h"

#include <QAbstractScrollArea>
#include <QHash>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QPushButton;

namespace roadstead::service {
class LogSearch;
}

namespace roadstead::ui {

class LogScrollBar;
struct LogLineText;

/// One of the logs that a view shows.
struct ShownLog
{
    std::shared_ptr<const store::LineStore> store;
    QString name; ///< of its container, display text
    std::string rawName;
    Color tone = Color::Text2;
};

/// Draws the lines on screen of one log, or of several by time: number or container, time, level,
/// text. Rows are selected by mouse and keyboard and copied as they came. GUI thread.
class LogView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    /// Another log, or others; none = nothing to see. Lines then say whose they are when `named`.
    void setLogs(std::vector<ShownLog> logs, bool named = false);
    void addLog(ShownLog log); ///< one that joins those that are there
    [[nodiscard]] const std::vector<ShownLog> &logs() const { return m_logs; }
    void setLogShown(std::size_t log, bool shown);
    /// The logs have more lines, or fewer.
    void refresh();
    void setWanted(store::ClassMask wanted);
    void setTimestampsShown(bool shown);
    /// Breaks long lines to the view's width.
    void setWrapped(bool wrapped);
    void setFollowing(bool following);
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] std::int64_t rows() const { return m_lines.rows(); }
    [[nodiscard]] const store::MergedLines &lines() const { return m_lines; }
    /// Numbers of the first and last line on screen, from 1 on; 0 = none. Of several logs those of
    /// their rows.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> shownLines() const;
    void copy() const;
    void selectAll();
    /// Shows the matches in the lines and beside them, one search for each log; empty = none. To be
    /// taken back before they go.
    void setSearches(std::vector<const service::LogSearch *> searches);
    void refreshMarks(); ///< of what is searched for, at the scroll bar
    /// Brings a line to the middle of the screen, and makes it the current one.
    void goTo(const store::LinePlace &place);
    /// The first line of a time or later, in milliseconds since the epoch; else the last line.
    void goToTime(qint64 time);
    [[nodiscard]] std::int64_t topRow() const;
    /// Of the line at the top; none without lines.
    [[nodiscard]] std::optional<qint64> topTime() const;

Q_SIGNALS:
    void followingChanged(bool following);
    void topReached(); ///< older lines would be of use
    void scrolled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Columns
    {
        int name = 0;
        int time = 0;
        int mark = 0;
        int level = 0;
        int text = 0;
    };
    /// What is at the top of the screen: a row, and how many of its lines are above.
    struct Top
    {
        std::int64_t row = 0;
        int skip = 0;
    };
    /// A row on screen.
    struct Placed
    {
        std::int64_t row = 0;
        int y = 0;
        int lines = 1;
    };
    struct RowLook
    {
        bool selected = false;
        bool current = false;
    };
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] int nameWidth() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] int visibleRows() const;
    [[nodiscard]] int wrapWidth() const; ///< 0 = not wrapped
    [[nodiscard]] int linesOf(std::int64_t row) const;
    [[nodiscard]] Top topFor(std::int64_t last) const;
    [[nodiscard]] std::vector<Placed> placed() const;
    [[nodiscard]] std::int64_t rowAtY(int y) const;
    void setTop(const Top &top);
    void scrollLines(int lines);
    void keepTop(const std::optional<store::LinePlace> &top);
    void paintRow(QPainter &painter, const Placed &placed, const RowLook &look);
    void paintLine(QPainter &painter, const QRect &rect, const store::LinePlace &place,
                   const store::LineRecord &record, std::string_view raw, const RowLook &look);
    void paintHead(QPainter &painter, const QRect &rect, const store::LinePlace &place,
                   const store::LineRecord &record);
    [[nodiscard]] LogLineText lineText(const store::LinePlace &place,
                                       const store::LineRecord &record, std::string_view raw,
                                       bool isCurrent) const;
    void updateBars();
    void setCurrent(std::int64_t row, bool extend);
    void bringIn(std::int64_t row);
    void read(std::int64_t row) const;
    void userScrolled();
    void placePill();
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> selectedRows() const; ///< none = (0, -1)

    std::vector<ShownLog> m_logs;
    bool m_named = false;
    store::MergedLines m_lines;
    std::vector<const service::LogSearch *> m_searches;
    LogScrollBar *m_bar;
    QPushButton *m_pill;
    bool m_timestamps = true;
    bool m_wrapped = false;
    bool m_following = true;
    bool m_updating = false;
    int m_widest = 0;
    int m_skip = 0; ///< lines of the row at the top that are above the screen
    mutable int m_heightsFor = 0;
    mutable QHash<quint64, int> m_heights; ///< of wrapped lines that were on screen
    std::int64_t m_rowsAtPause = 0;        ///< when following ended: what the pill counts from
    std::optional<store::LinePlace> m_current;
    store::LinePlace m_anchor;
};

} // namespace roadstead::ui
