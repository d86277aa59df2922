// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"
#include "engine/privilege/contract/actions.h"
#include "engine/privilege/contract/messages.h"

#include <QObject>
#include <QVariantMap>

namespace roadstead::privilege {

/// Carries one request at a time to the helper. Ends each with exactly one of answered() and
/// failed(), or never: the client has a watchdog. GUI thread; no call blocks.
class Transport : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// `windowId`: the window the prompt belongs to (a WId), 0 = none. Never called while a request
    /// is under way.
    virtual void send(Verb verb, const Request &request, quintptr windowId) = 0;
    /// Forgets the request under way: nothing is emitted for it any more.
    virtual void abandon() = 0;

Q_SIGNALS:
    void sent(); ///< the helper and polkit are there, and the request is on its way
    void progressed(const QVariantMap &data); ///< as broadcast: perhaps another user's
    void answered(const QVariantMap &data);   ///< data of a successful reply, perhaps another's
    void refused();                           ///< polkit said no, perhaps to somebody else
    void failed(const roadstead::Error &error);
};

} // namespace roadstead::privilege
