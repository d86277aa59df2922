// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/engine_host.h"
#include "app/helper/polkit_ear.h"
#include "engine/privilege/contract/actions.h"

#include <KAuth/ActionReply>

#include <QObject>
#include <QTimer>
#include <QVariantMap>

namespace roadstead::helper {

/// What stands around KAuth's own check of a request: who asks, how long polkit may take, how
/// often, what is written down. Lives in the helper's only event-loop thread.
///
/// KAuth asks polkit from a nested event loop that never ends when polkit fails, and refuses other
/// calls meanwhile; hence the watchdog, which ends the process, and the busy name, by which other
/// clients know at once.
class Gate : public QObject
{
    Q_OBJECT
public:
    Gate();

    /// Called by a slot, so after polkit has said yes: checks identity and arguments, runs
    /// `function` and writes the audit line. The reply is always a successful one that carries an
    /// outcome.
    KAuth::ActionReply serve(privilege::Verb verb, const QVariantMap &arguments,
                             VerbFunction function);

private Q_SLOTS:
    void attach();
    void onKAuthSignal(int type, const QString &action);

private:
    void onStarted(const QString &action);
    void onRefused(privilege::Stage stage);
    void onPerformed();
    void setBusy(bool busy);
    void tell(privilege::Stage stage);
    [[noreturn]] void end(const QString &why, privilege::Stage stage = privilege::Stage::NoAnswer);
    privilege::Reply decide(privilege::Verb verb, const QVariantMap &arguments,
                            VerbFunction function);

    PolkitEar m_ear;
    QTimer m_watchdog;
    QString m_verdict;   ///< why not, in the audit line
    QString m_operation; ///< of the request under way, for the audit line
    int m_uid = -1;      ///< who asked, from the bus
    bool m_served = false;
    bool m_busy = false;
};

} // namespace roadstead::helper
