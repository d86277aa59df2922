// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/embedded/embedded_engine.h"

#include "engine/base/clock.h"
#include "engine/embedded/docker_context.h"
#include "engine/embedded/lifecycle.h"
#include "engine/embedded/local_host.h"

#include <QFileInfo>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <unistd.h>

namespace roadstead::embedded {

using namespace Qt::StringLiterals;
using privilege::Verb;

namespace {
// What the launcher writes is seen at once; the ticks are for what nobody writes down, such as a
// process that was killed or an engine that falls silent.
constexpr std::chrono::milliseconds whenMoving{250};
constexpr std::chrono::milliseconds whenStill{2000};
} // namespace

class EmbeddedEngine::Private
{
public:
    Private(EmbeddedEngine *engine, LocalHost *machine)
        : host(machine)
        , places(host->places())
        , life(std::unique_ptr<Host>(host), systemClock())
    {
        QObject::connect(&life, &Lifecycle::stateChanged, engine, [this, engine] {
            removeContextIfGone();
            Q_EMIT engine->stateChanged();
        });
        QObject::connect(&life, &Lifecycle::confirmed, engine, [this, engine](Verb verb) {
            if (verb == Verb::EngineStart) {
                writeContext(engine);
            }
        });
        removeContextIfGone(); // it may have been uninstalled while nobody looked
        QObject::connect(&timer, &QTimer::timeout, engine, [this] { tick(); });
        timer.setTimerType(Qt::CoarseTimer);
        tick();
    }

    void tick()
    {
        life.tick();
        timer.start(life.isMoving() ? whenMoving : whenStill);
    }

    service::Operation<service::Done> ask(Verb verb,
                                          const std::optional<EngineOptions> &options = {})
    {
        const auto operation = life.ask(verb, options);
        tick();
        return operation;
    }

    void writeContext(EmbeddedEngine *engine) const
    {
        QPromise<Result<void>> promise;
        promise.start();
        promise.future().then(engine, [engine](const Result<void> &result) {
            Q_EMIT engine->contextWritten(result);
        });
        QThreadPool::globalInstance()->start(
            [context = context(), promise = std::move(promise)]() mutable {
                promise.addResult(context.write());
                promise.finish();
            });
    }

    void removeContextIfGone() const
    {
        if (life.state() == State::NotInstalled) {
            // What stays of it costs a person one command, not an error they can do nothing about.
            QThreadPool::globalInstance()->start(
                [context = context()]() mutable { (void)context.remove(); });
        }
    }

    /// What systemd or a person would run for this; `direct` is what is run where systemd is not.
    [[nodiscard]] QString command(const QString &systemctl, const QString &direct) const
    {
        return QFileInfo::exists(u"/run/systemd/system"_s)
                   ? u"systemctl %1 roadstead-engine@%2.service"_s.arg(systemctl).arg(::getuid())
                   : direct;
    }

    LocalHost *host; ///< owned by life
    Places places;
    Lifecycle life;
    QTimer timer;

private:
    [[nodiscard]] DockerContext context() const
    {
        return {DockerContext::defaultConfigFolder(), places.socket};
    }
};

EmbeddedEngine::EmbeddedEngine(QObject *parent)
    : EmbeddedEngine(std::make_unique<LocalHost>(), parent)
{
}

EmbeddedEngine::EmbeddedEngine(std::unique_ptr<LocalHost> host, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, host.release()))
{
}

EmbeddedEngine::~EmbeddedEngine() = default;

State EmbeddedEngine::state() const
{
    return d->life.state();
}

std::optional<Failure> EmbeddedEngine::failure() const
{
    return d->life.failure();
}

Note EmbeddedEngine::note() const
{
    return d->life.note();
}

QString EmbeddedEngine::socketPath() const
{
    return d->places.socket;
}

QString EmbeddedEngine::startCommand() const
{
    return d->command(u"start"_s,
                      u"/usr/libexec/roadstead/roadstead-launcher run %1"_s.arg(::getuid()));
}

QString EmbeddedEngine::stopCommand() const
{
    return d->command(u"stop"_s,
                      u"kill -TERM $(cat %1/launcher.pid)"_s.arg(d->places.runtimeFolder));
}

QString EmbeddedEngine::restartCommand() const
{
    return d->command(u"reload"_s,
                      u"kill -HUP $(cat %1/launcher.pid)"_s.arg(d->places.runtimeFolder));
}

void EmbeddedEngine::setParentWindow(quintptr windowId)
{
    d->host->client().setParentWindow(windowId);
}

service::Operation<service::Done> EmbeddedEngine::start()
{
    return d->ask(Verb::EngineStart);
}

service::Operation<service::Done> EmbeddedEngine::stop()
{
    return d->ask(Verb::EngineStop);
}

service::Operation<service::Done> EmbeddedEngine::restart()
{
    return d->ask(Verb::EngineRestart);
}

service::Operation<service::Done> EmbeddedEngine::configure(const EngineOptions &wanted)
{
    return d->ask(Verb::EngineConfigure, wanted);
}

EngineOptions EmbeddedEngine::options() const
{
    return parseEngineOptions(d->host->optionsText().toStdString()).value_or(EngineOptions{});
}

QString EmbeddedEngine::optionsFile() const
{
    return d->places.options;
}

QString EmbeddedEngine::certificatesFolder() const
{
    return d->places.runtimeFolder + u"/certs.d"_s;
}

void EmbeddedEngine::lookAgain()
{
    d->tick();
}

} // namespace roadstead::embedded
