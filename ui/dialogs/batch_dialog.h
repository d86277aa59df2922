// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <QList>
#include <QStringList>

namespace roadstead::ui {

/// One object that an action on several failed for. Display texts.
struct BatchFailure
{
    QString name;
    QString reason;    ///< why, and what to do
    QString details{}; ///< what the engine said
};

/// What came of an action on several objects: which failed and why, and which were done. Its verb
/// tries the failed ones again.
class BatchDialog : public Dialog
{
    Q_OBJECT
public:
    /// `title`: "2 of 5 containers were not stopped"; `again`: the verb; `command`: what it runs.
    BatchDialog(const QString &title, const QList<BatchFailure> &failed, const QStringList &done,
                const QString &again, const QString &command, QWidget *parent);

private:
    [[nodiscard]] static QWidget *failureRow(const BatchFailure &failure, int number);
};

} // namespace roadstead::ui
