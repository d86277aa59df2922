// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/terminal/debug_shell.h"

#include "ui/pages/containers/terminal/terminal_choice.h"
#include "ui/text/display_text.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

const char *const debugArchive = "roadstead/tools.tar";

/// A name that says whose it is; none, where it is taken: the engine then chooses.
std::string debugName(const ContainerEngine &engine, const docker::Target &target)
{
    const std::string name = target.display + "-debug";
    const auto containers = engine.containers();
    return std::ranges::contains(*containers, name, &docker::ContainerSummary::name) ? std::string()
                                                                                     : name;
}

void removeDebugContainer(ContainerEngine *engine, const docker::Target &container)
{
    engine->run(docker::RemoveContainer{.container = container, .force = true, .volumes = false});
}

} // namespace

DebugShell::DebugShell(ContainerEngine *engine, docker::Target target, QString archive, int rows,
                       int columns)
    : m_engine(engine)
    , m_target(std::move(target))
    , m_archive(std::move(archive))
    , m_rows(rows)
    , m_columns(columns)
{
    look();
}

DebugShell::~DebugShell()
{
    const bool endedByItself = m_runs && m_end && m_end->has_value(); // the engine removes it
    if (m_engine && !m_made.reference.empty() && !endedByItself) {
        removeDebugContainer(m_engine, m_made);
    }
}

QString DebugShell::installedArchive()
{
    const QString name = QLatin1StringView(debugArchive);
    const QString beside =
        QCoreApplication::applicationDirPath() + QStringLiteral("/../share/") + name;
    return QFileInfo::exists(beside)
               ? QFileInfo(beside).canonicalFilePath()
               : QStandardPaths::locate(QStandardPaths::GenericDataLocation, name);
}

std::string DebugShell::image()
{
    return "roadstead/tools:1";
}

docker::CreateContainer DebugShell::command(const docker::Target &target,
                                            const docker::TerminalFacts &facts)
{
    const std::string joined = "container:" + target.display;
    docker::CreateContainer create;
    create.image = image();
    create.autoRemove = true;
    create.interactive = true;
    create.tty = true;
    create.networks = {{.target = joined}};
    create.isolation.processes = joined;
    // An engine lets others join a container's shared memory only where it was made for that.
    if (facts.ipcMode == "shareable") {
        create.isolation.communication = joined;
    }
    // Without it only files of processes with the same rights can be looked at.
    create.addedCapabilities = {"SYS_PTRACE"};
    return create;
}

std::string DebugShell::commandLine(const docker::Target &target)
{
    std::vector<std::string> words = docker::arguments(docker::Command(command(target, {})));
    while (!words.empty() && (words.front() == "container" || words.front() == "create")) {
        words.erase(words.begin());
    }
    words.insert(words.begin(), "run");
    return docker::commandLine(words);
}

std::string DebugShell::filesOf(const docker::TerminalFacts &facts)
{
    // Where it has processes of its own, the first one is the container's.
    return facts.pidMode.empty() ? "/proc/1/root" : "/proc/PID/root";
}

/// How the container is made tells what of it can be joined.
void DebugShell::look()
{
    m_engine->inspect(m_target.reference)
        .then(this, [this](const Result<docker::ContainerDetails> &details) {
            if (!details) {
                fail(details.error());
                return;
            }
            m_facts = docker::decodeTerminalFacts(details->raw).value_or(docker::TerminalFacts());
            const QString name = displayText(m_target.display, 64);
            m_intro = tr("A shell of the image %1, in the processes and the network of %2. The "
                         "files of %2 are in %3. It is removed when you close it.")
                          .arg(QString::fromStdString(image()), name,
                               QString::fromStdString(filesOf(m_facts)))
                          .toStdString() +
                      "\r\n";
            m_engine && m_engine->hasImage(image()) ? create() : load();
        });
}

void DebugShell::load()
{
    if (!m_engine || m_archive.isEmpty()) {
        fail({ErrorKind::NotInstalled, 0, debugArchive, "debug.load"});
        return;
    }
    m_engine->run(docker::LoadImage{m_archive.toStdString()})
        .then(this,
              [this](const Result<std::string> &done) { done ? create() : fail(done.error()); });
}

void DebugShell::create()
{
    if (!m_engine) {
        return;
    }
    docker::CreateContainer made = command(m_target, m_facts);
    made.name = debugName(*m_engine, m_target);
    // The engine may make it when nobody waits for it any more.
    m_engine->run(made).then(m_engine.data(), [self = QPointer(this), engine = m_engine,
                                               name = made.name](const Result<std::string> &id) {
        if (!self) {
            if (id && engine) {
                removeDebugContainer(engine, {*id, name.empty() ? id->substr(0, 12) : name});
            }
        } else if (!id) {
            self->fail(id.error());
        } else {
            self->m_made = {*id, name.empty() ? id->substr(0, 12) : name};
            self->attach();
        }
    });
}

/// Before it is started, so that nothing it writes is lost.
void DebugShell::attach()
{
    if (!m_engine) {
        return;
    }
    docker::AttachContainer options;
    options.container = m_made;
    options.input = true;
    options.detachKeys = unusedDetachKeys;
    m_attached = m_engine->attach(options, {}, service::Recorded::No);
    connect(m_attached.get(), &Conversation::opened, this, &DebugShell::start);
    connect(m_attached.get(), &Conversation::readable, this, &Conversation::readable);
    connect(m_attached.get(), &Conversation::ended, this, [this] {
        if (!m_isStarting) { // else why it does not start says more
            finish(m_attached->end().value_or(0));
        }
    });
}

void DebugShell::start()
{
    if (!m_engine) {
        return;
    }
    m_isStarting = true;
    m_engine->run(docker::StartContainer{m_made})
        .then(this, [this](const Result<std::string> &started) {
            m_isStarting = false;
            if (!started) {
                fail(started.error());
                return;
            }
            m_runs = true;
            m_attached->resize(m_rows, m_columns);
            if (!m_end) {
                Q_EMIT opened();
                Q_EMIT readable();
            }
            if (const auto end = m_attached->end()) { // meanwhile
                finish(*end);
            }
        });
}

std::string DebugShell::take()
{
    if (!m_attached) {
        return {};
    }
    const std::string written = m_attached->take();
    return m_runs || !written.empty() ? std::exchange(m_intro, {}) + written : std::string();
}

bool DebugShell::send(std::string_view bytes)
{
    return m_runs && m_attached->send(bytes);
}

void DebugShell::resize(int rows, int columns)
{
    m_rows = rows;
    m_columns = columns;
    if (m_runs) {
        m_attached->resize(rows, columns);
    }
}

void DebugShell::fail(const Error &error)
{
    finish(std::unexpected(error));
}

void DebugShell::finish(Result<int> end)
{
    if (!m_end) {
        m_end = std::move(end);
        Q_EMIT ended();
    }
}

} // namespace roadstead::ui
