// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/trying_dialog.h"

#include "ui/widgets/announce.h"

namespace roadstead::ui {

void TryingDialog::accept()
{
    if (m_isBusy) {
        return;
    }
    m_tried = true;
    m_refused.clear();
    m_isBusy = problem().isEmpty();
    refresh();
    if (m_isBusy) {
        begin();
        return;
    }
    announce(this, problem());
    wrongField()->setFocus(Qt::OtherFocusReason);
}

void TryingDialog::succeed()
{
    m_isBusy = false;
    Dialog::accept();
}

void TryingDialog::refuse(const QString &reason)
{
    m_isBusy = false;
    m_refused = reason;
    refresh();
    announce(this, reason);
}

void TryingDialog::forgetRefusal()
{
    m_refused.clear();
    refresh();
}

QString TryingDialog::shownProblem() const
{
    if (!m_refused.isEmpty()) {
        return m_refused;
    }
    return m_tried && !m_isBusy ? problem() : QString();
}

} // namespace roadstead::ui
