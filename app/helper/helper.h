// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/helper/gate.h"

#include <KAuth/ActionReply>

#include <QObject>
#include <QVariantMap>

namespace roadstead::helper {

/// The slots that KAuth calls once polkit has said yes, found by their names. One line each.
class Helper : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    KAuth::ActionReply start(const QVariantMap &arguments)
    {
        return m_gate.serve(privilege::Verb::EngineStart, arguments, startEngine);
    }
    KAuth::ActionReply stop(const QVariantMap &arguments)
    {
        return m_gate.serve(privilege::Verb::EngineStop, arguments, stopEngine);
    }
    KAuth::ActionReply restart(const QVariantMap &arguments)
    {
        return m_gate.serve(privilege::Verb::EngineRestart, arguments, restartEngine);
    }
    KAuth::ActionReply configure(const QVariantMap &arguments)
    {
        return m_gate.serve(privilege::Verb::EngineConfigure, arguments, configureEngine);
    }

private:
    Gate m_gate;
};

} // namespace roadstead::helper
