// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_matches.h"
#include "engine/store/merged_lines.h"

#include <QList>
#include <QScrollBar>
#include <QTimer>

#include <vector>

namespace roadstead::ui {

/// A scroll bar that has a mark wherever there are lines that match: at most one for each pixel,
/// however many they are. Where they are is found out a few milliseconds at a time, since it takes
/// longer the more logs are merged; until then the marks are those of before.
class LogScrollBar : public QScrollBar
{
    Q_OBJECT
public:
    explicit LogScrollBar(QWidget *parent = nullptr);

    /// The matches of each store; empty = no marks. All outlive the bar or are taken back.
    void setMarked(const store::MergedLines *lines,
                   std::vector<const store::LineMatches *> matches);
    /// Lines or matches have become others.
    void refreshMarks();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRect groove() const;
    void goOn();

    const store::MergedLines *m_lines = nullptr;
    std::vector<const store::LineMatches *> m_matches;
    QList<int> m_pixels; ///< what is painted
    QList<int> m_coming; ///< of the logs before m_next
    std::size_t m_next = 0;
    bool m_isStale = false; ///< something has changed since the first of the logs was looked at
    QTimer m_turns;
};

/// Adds the pixels, of `height`, at which there are matches of a store, each once.
void addMatchPixels(QList<int> &pixels, const store::MergedLines &lines, std::size_t source,
                    const store::LineMatches &matches, int height);

} // namespace roadstead::ui
