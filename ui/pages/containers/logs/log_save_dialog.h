// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>

#include <functional>

class QCheckBox;
class QRadioButton;

namespace roadstead::ui {

/// What of a log is to be saved.
struct LogSaveChoice
{
    enum class What {
        All,     ///< the whole log
        Shown,   ///< what the filter lets through
        Matching ///< of that, the lines in which something is found
    };
    What what = What::All;
    bool timestamps = false;
};

/// Asks what of a log is to be saved; where is asked afterwards.
class LogSaveDialog : public Dialog
{
    Q_OBJECT
public:
    /// One thing that can be saved.
    struct Offer
    {
        LogSaveChoice::What what = LogSaveChoice::What::All;
        QString name; ///< of the button
        QString text;
    };
    /// The line that a choice stands for; empty = docker has none.
    using Line = std::function<QString(const LogSaveChoice &)>;

    LogSaveDialog(const QList<Offer> &offers, Line line, QWidget *parent);

    [[nodiscard]] LogSaveChoice choice() const;

private:
    void showCommand();

    Line m_line;
    QList<QRadioButton *> m_choices;
    QList<LogSaveChoice::What> m_whats;
    QCheckBox *m_timestamps;
};

} // namespace roadstead::ui
