// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_matches.h"
#include "engine/store/merged_lines.h"

#include <QList>
#include <QScrollBar>

#include <vector>

namespace roadstead::ui {

/// A scroll bar that has a mark wherever there are lines that match: at most one for each pixel,
/// however many they are.
class LogScrollBar : public QScrollBar
{
    Q_OBJECT
public:
    explicit LogScrollBar(QWidget *parent = nullptr);

    /// The matches of each store; empty = no marks. All outlive the bar or are taken back.
    void setMarked(const store::MergedLines *lines,
                   std::vector<const store::LineMatches *> matches);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const store::MergedLines *m_lines = nullptr;
    std::vector<const store::LineMatches *> m_matches;
};

/// The pixels, of `height`, at which there are matches, each once for each store.
QList<int> matchPixels(const store::MergedLines &lines,
                       const std::vector<const store::LineMatches *> &matches, int height);

} // namespace roadstead::ui
