// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/build/build_context.h"
#include "engine/build/classic_trace.h"
#include "engine/docker/build.h"
#include "engine/docker/client.h"
#include "engine/service/build/build_run.h"
#include "engine/service/build/build_work.h"

#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace roadstead::service {

class ByteOutlet;

/// A build by the engine's classic builder, over the Engine API: the context goes there as our own
/// archive. For engines that buildx cannot build with.
struct ClassicBuild
{
    docker::BuildImage command{};    ///< without the name of the Dockerfile
    build::ContextRequest context{}; ///< not looked at where the command names a remote one
    build::Dockerfile dockerfile{};  ///< for the picture of it
    /// Functions of docker::Client, thread-safe; they must be there until the run is gone.
    std::function<docker::Call(const docker::Command &, docker::RunOptions,
                               docker::Callback<docker::CommandReply>)>
        run{};
    std::function<docker::Call(const docker::InspectImage &,
                               docker::Callback<docker::ImageDetails>)>
        inspect{};
};

class ClassicWork final : public BuildWork
{
    Q_OBJECT
public:
    ClassicWork(ClassicBuild build, std::shared_ptr<BuildLines> lines);
    ~ClassicWork() override;

    void start() override;
    void stop() override;

private:
    /// What the engine says, from the transport's thread.
    struct Heard;

    void send(docker::BuildImage command, docker::Source body);
    void pump(build::BuildContext context);
    void hear();
    void tell();
    void end(const Result<docker::CommandReply> &reply);
    void fail(const Error &error);
    void findImage(const std::string &name);

    ClassicBuild m_build;
    const std::shared_ptr<BuildLines> m_lines;
    build::ClassicTrace m_trace;
    std::shared_ptr<Heard> m_heard;
    std::shared_ptr<ByteOutlet> m_outlet;
    std::jthread m_pump;
    docker::Call m_call;
    QTimer m_told; ///< runs while what is new waits to be told
    bool m_stopped = false;
};

} // namespace roadstead::service
