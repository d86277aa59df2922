// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/build/classic_work.h"

#include "engine/build/context_tar.h"
#include "engine/service/files/byte_flow.h"

#include <chrono>
#include <utility>
#include <vector>

namespace roadstead::service {

namespace {

constexpr std::chrono::milliseconds classicTellEvery{100};

Timestamp timestampNow()
{
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()};
}

} // namespace

/// Shared with the calls, which may outlive the work.
struct ClassicWork::Heard
{
    std::mutex mutex;
    ClassicWork *work = nullptr; ///< null once it is gone
    std::vector<docker::Progress> lines;

    void add(const docker::Progress &line)
    {
        const std::scoped_lock lock(mutex);
        lines.push_back(line);
        if (lines.size() == 1) {
            post([](ClassicWork *to) { to->hear(); });
        }
    }
    template<typename Message>
    void post(Message message)
    {
        if (work != nullptr) {
            QMetaObject::invokeMethod(
                work, [to = work, message = std::move(message)]() mutable { message(to); },
                Qt::QueuedConnection);
        }
    }
    template<typename Message>
    void say(Message message)
    {
        const std::scoped_lock lock(mutex);
        post(std::move(message));
    }
};

ClassicWork::ClassicWork(ClassicBuild build, std::shared_ptr<BuildLines> lines)
    : m_build(std::move(build))
    , m_lines(std::move(lines))
    , m_trace(
          m_build.dockerfile, [this](const build::BuildOutput &output) { m_lines->append(output); },
          timestampNow)
    , m_heard(std::make_shared<Heard>())
    , m_told(this)
{
    m_heard->work = this;
    m_told.setSingleShot(true);
    m_told.setInterval(classicTellEvery);
    connect(&m_told, &QTimer::timeout, this, &ClassicWork::tell);
}

ClassicWork::~ClassicWork()
{
    {
        const std::scoped_lock lock(m_heard->mutex);
        m_heard->work = nullptr;
    }
    m_call.cancel();
    if (m_outlet) {
        m_outlet->stop(); // then the pump ends, which is waited for
    }
}

void ClassicWork::start()
{
    docker::BuildImage command = m_build.command;
    if (!command.remote.empty()) {
        send(std::move(command), {});
        return;
    }
    auto context = build::locateContext(m_build.context);
    if (!context) {
        fail(context.error());
        return;
    }
    command.dockerfile = context->dockerfile;
    m_outlet = std::make_shared<ByteOutlet>();
    const auto outlet = m_outlet;
    send(std::move(command), [outlet](std::span<char> room) { return outlet->give(room); });
    m_outlet->setCall(m_call);
    pump(*std::move(context));
}

void ClassicWork::send(docker::BuildImage command, docker::Source body)
{
    docker::RunOptions options;
    options.body = std::move(body);
    options.progress = [heard = m_heard](const docker::Progress &line) { heard->add(line); };
    m_call = m_build.run(
        command, std::move(options),
        [heard = m_heard, outlet = m_outlet](Result<docker::CommandReply> reply) {
            if (outlet) {
                outlet->close();
            }
            heard->say([reply = std::move(reply)](ClassicWork *work) { work->end(reply); });
        });
}

/// The archive is made in a thread of its own: the disk may be slow, and the engine, too.
void ClassicWork::pump(build::BuildContext context)
{
    m_pump = std::jthread([outlet = m_outlet, context = std::move(context)]() mutable {
        auto tar = build::ContextTar::begin(std::move(context));
        if (!tar) {
            outlet->end(std::unexpected(tar.error()));
            return;
        }
        while (true) {
            const auto bytes = tar->next();
            if (!bytes || bytes->empty()) {
                outlet->end(bytes ? Result<void>{} : std::unexpected(bytes.error()));
                return;
            }
            if (!outlet->put(*bytes)) {
                return; // nobody takes it any more
            }
        }
    });
}

void ClassicWork::stop()
{
    m_stopped = true;
    m_call.cancel();
}

void ClassicWork::hear()
{
    std::vector<docker::Progress> lines;
    {
        const std::scoped_lock lock(m_heard->mutex);
        lines.swap(m_heard->lines);
    }
    for (const docker::Progress &line : lines) {
        if (line.id.empty()) {
            m_trace.print(line.status);
        } else {
            m_trace.progress(line.id, line.status, line.current, line.total);
        }
    }
    if (!m_told.isActive()) {
        m_told.start();
    }
}

void ClassicWork::tell()
{
    m_told.stop();
    Q_EMIT seen(
        std::make_shared<const BuildSnapshot>(BuildSnapshot{.steps = m_trace.steps(),
                                                            .warnings = {},
                                                            .failure = m_trace.failure(),
                                                            .failedStep = m_trace.failedStep()}));
}

void ClassicWork::end(const Result<docker::CommandReply> &reply)
{
    hear();
    if (!reply) {
        fail(reply.error());
        return;
    }
    m_trace.succeed();
    tell();
    const auto &tags = m_build.command.tags;
    findImage(m_trace.imageId().empty() && !tags.empty() ? tags.front() : m_trace.imageId());
}

void ClassicWork::fail(const Error &error)
{
    Error failure = error;
    failure.operation = docker::BuildImage::operation;
    if (failure.kind == ErrorKind::EngineFailed) {
        failure.kind = kindOfBuildFailure(failure.detail);
    }
    m_trace.fail(failure.detail, m_stopped || failure.kind == ErrorKind::Cancelled);
    tell();
    Q_EMIT ended({.error = std::move(failure), .imageDigest = {}});
}

/// The builder tells the id in short only.
void ClassicWork::findImage(const std::string &name)
{
    if (name.empty()) {
        Q_EMIT ended({});
        return;
    }
    m_call =
        m_build.inspect(docker::InspectImage{.image = {name, name}},
                        [heard = m_heard](const Result<docker::ImageDetails> &image) {
                            heard->say([id = image ? image->id : std::string()](ClassicWork *work) {
                                Q_EMIT work->ended({.error = {}, .imageDigest = id});
                            });
                        });
}

} // namespace roadstead::service
