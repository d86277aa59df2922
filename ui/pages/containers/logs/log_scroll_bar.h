// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_matches.h"
#include "engine/store/line_view.h"

#include <QScrollBar>

namespace roadstead::ui {

/// A scroll bar that has a mark wherever there are lines that match: at most one for each pixel,
/// however many they are.
class LogScrollBar : public QScrollBar
{
    Q_OBJECT
public:
    explicit LogScrollBar(QWidget *parent = nullptr);

    /// Both outlive the bar or are taken back; null = no marks.
    void setMarked(const store::LineView *lines, const store::LineMatches *matches);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const store::LineView *m_lines = nullptr;
    const store::LineMatches *m_matches = nullptr;
};

/// The pixels, of `height`, at which there are matches, from above.
QList<int> matchPixels(const store::LineView &lines, const store::LineMatches &matches, int height);

} // namespace roadstead::ui
