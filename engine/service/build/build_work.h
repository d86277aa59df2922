// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace roadstead::service {

struct BuildSnapshot;

/// How a build ended.
struct BuildEnding
{
    std::optional<Error> error{};
    std::string imageDigest{};
    std::string ref{}; ///< "builder/node/id", see BuildRun::ref()
};

/// What does the work behind a BuildRun, in the thread of that run. Its signals are for other
/// threads.
class BuildWork : public QObject
{
    Q_OBJECT
public:
    virtual void start() = 0; ///< once
    virtual void stop() = 0;  ///< ended() still comes

Q_SIGNALS:
    void seen(const std::shared_ptr<const roadstead::service::BuildSnapshot> &snapshot);
    void ended(const roadstead::service::BuildEnding &ending);
};

/// What kind of failure the words of a builder tell of.
ErrorKind kindOfBuildFailure(std::string_view message);

} // namespace roadstead::service
