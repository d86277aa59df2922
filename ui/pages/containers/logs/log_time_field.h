// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/search_field.h"

#include <QDateTime>

#include <optional>

namespace roadstead::ui {

class LogView;

/// A field that takes a time and brings the first line of it, or after it, on screen.
class LogTimeField : public SearchField
{
    Q_OBJECT
public:
    explicit LogTimeField(LogView *view, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// What is wrong with what was typed; empty = nothing.
    void told(const QString &what);

private:
    void go();

    LogView *m_view;
};

/// "14:31", "14:31:38", "14:31:38.5", each with a date ("2026-01-02 14:31") or without: of `day`
/// then.
std::optional<QDateTime> typedTime(const QString &text, QDate day);

} // namespace roadstead::ui
