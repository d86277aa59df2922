// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

namespace roadstead::ui {

/// A question whose verb is tried: it stays open, with the reason, until that worked.
class TryingDialog : public Dialog
{
    Q_OBJECT
public:
    using Dialog::Dialog;

    /// Leads to what is wrong, else tries; not while it is being tried.
    void accept() final;

protected:
    [[nodiscard]] virtual QString problem() const = 0; ///< of what is filled in; display text
    [[nodiscard]] virtual QWidget *wrongField() const = 0;
    virtual void refresh() = 0;
    virtual void begin() = 0; ///< ends with succeed() or refuse()

    void succeed();
    void refuse(const QString &reason); ///< display text
    /// Something else is filled in: what was refused counts no more.
    void forgetRefusal();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    /// What is to be said now; problems are not said before the verb was pressed.
    [[nodiscard]] QString shownProblem() const;

private:
    QString m_refused;
    bool m_tried = false;
    bool m_isBusy = false;
};

} // namespace roadstead::ui
