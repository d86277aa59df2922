// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/engine_options.h"
#include "engine/embedded/state_file.h"
#include "engine/privilege/contract/actions.h"
#include "engine/privilege/contract/messages.h"
#include "engine/service/operation.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace roadstead::embedded {

/// What can be seen of the engine without asking it.
struct Observation
{
    bool installed = false; ///< dockerd, our launcher and our helper are there
    std::optional<LauncherState> file{};
    bool launcherAlive = false;
    qint64 dockerdPid = 0; ///< of a living process; 0 = none

    bool operator==(const Observation &) const = default;
};

/// The machine as the life of an engine sees it. GUI thread; no call blocks.
class Host : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// A few small files of /run and /proc, read at once.
    [[nodiscard]] virtual Observation observe() = 0;
    /// Asks the engine whether it answers; ends with probed(), unless asked again before.
    virtual void probe() = 0;
    /// `options` for the verb that carries them.
    virtual service::Operation<privilege::Reply>
    request(privilege::Verb verb, const std::optional<EngineOptions> &options) = 0;
    /// The mark of the options that are set, as root's file has them now.
    [[nodiscard]] virtual QString optionsMark() = 0;
    /// The last 20 lines of the engine's log, capped.
    [[nodiscard]] virtual QStringList logTail() = 0;

Q_SIGNALS:
    void changed();             ///< observe() may say something else now
    void probed(bool answered); ///< within three seconds of probe()
};

} // namespace roadstead::embedded
