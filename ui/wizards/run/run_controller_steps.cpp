// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// From the form to the running container, step by step, and back when one fails.

#include "engine/docker/command.h"
#include "engine/reference/image_reference.h"
#include "engine/registry/trust/trust_cause.h"
#include "ui/models/image_name.h"
#include "ui/text/display_text.h"
#include "ui/text/port_conflict.h"
#include "ui/text/trust_text.h"
#include "ui/wizards/run/run_controller.h"

#include <QFile>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::size_t shortIdLength = 12;

docker::Target targetOf(const std::string &id, const std::string &name)
{
    return {id, name.empty() ? id.substr(0, shortIdLength) : name};
}

bool contains(const std::string &text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

std::optional<docker::PullImage>
RunController::missingImage(const docker::CreateContainer &create) const
{
    const bool isHere = findImage(*m_engine->images(), create.image) != nullptr;
    const bool pulls = create.pull == docker::PullPolicy::Always ||
                       (create.pull == docker::PullPolicy::Missing && !isHere);
    return pulls
               ? std::optional(docker::PullImage{pullNameOf(create.image), false, create.platform})
               : std::nullopt;
}

bool RunController::run(Deed deed, bool isDecided)
{
    if (isUnderWay()) {
        return false;
    }
    m_tried = true;
    m_failure.reset();
    m_held.reset();
    m_engineCheck.reset();
    refresh();
    auto read = readForm(m_form, contextOfForm());
    if (problemCount() > 0 || !read) {
        return false;
    }
    m_deed = deed;
    m_create = std::move(read->create);
    m_containerId.clear();
    m_layers.clear();
    m_wasCancelled = false;
    m_pulls = missingImage(m_create).has_value();
    m_pulls || m_images.checks() ? bring(isDecided) : create();
    return true;
}

service::Operation<std::string> RunController::bringImage(const docker::CreateContainer &create,
                                                          bool isDecided)
{
    if (const auto missing = missingImage(create)) {
        return m_images.pull(*missing, isDecided,
                             [self = QPointer(this)](const std::vector<docker::Progress> &lines) {
                                 if (self) {
                                     self->takeProgress(lines);
                                 }
                             });
    }
    const auto images = m_engine->images();
    const docker::ImageSummary *here = findImage(*images, create.image);
    // What is not here and not pulled either is for the engine to refuse.
    return m_images.admit(create.image, here == nullptr ? docker::ImageSummary() : *here,
                          isDecided);
}

void RunController::bring(bool isDecided)
{
    setStep(m_images.checks() ? Step::Checking : Step::Pulling);
    m_operation = bringImage(m_create, isDecided);
    m_operation.then(this, [this](const Result<std::string> &result) {
        result ? create() : fail(result.error());
    });
}

void RunController::takeProgress(const std::vector<docker::Progress> &lines)
{
    m_layers.take(lines);
    if (!m_progressPause.isActive()) {
        m_progressPause.start();
    }
}

void RunController::create()
{
    if (m_wasCancelled) {
        fail({ErrorKind::Cancelled, 0, {}, "container.run"});
        return;
    }
    setStep(Step::Creating);
    m_engine->run(m_create).then(this, [this](const Result<std::string> &result) {
        if (!result) {
            fail(result.error());
            return;
        }
        m_containerId = *result;
        writeIdFile();
        if (m_wasCancelled) {
            undo({ErrorKind::Cancelled, 0, {}, "container.run"});
        } else if (m_deed == Deed::CreateOnly) {
            finish();
        } else {
            start();
        }
    });
}

/// --cidfile, which is for who sends the command. Never over another file.
void RunController::writeIdFile()
{
    if (m_create.idFile.empty()) {
        return;
    }
    QFile file(QString::fromStdString(m_create.idFile));
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        file.write(QByteArray::fromStdString(m_containerId));
    }
}

void RunController::start()
{
    setStep(Step::Starting);
    const docker::StartContainer command{targetOf(m_containerId, m_create.name)};
    m_engine->run(command).then(this, [this](const Result<std::string> &result) {
        result ? finish() : undo(result.error());
    });
}

void RunController::finish()
{
    m_failure.reset();
    setStep(Step::Done);
}

/// It has never run, so nothing is lost with it, and the next try can have its name.
void RunController::undo(const Error &error)
{
    setStep(Step::Undoing);
    const docker::RemoveContainer command{targetOf(m_containerId, m_create.name), true, true};
    m_engine->run(command).then(this, [this, error](const Result<std::string> &removed) {
        fail(error, removed ? tr("The container that was created is removed again.")
                            : tr("The container that was created is still there: it could not be "
                                 "removed."));
    });
}

void RunController::cancel()
{
    if (!isUnderWay() || m_step == Step::Undoing) {
        return;
    }
    m_wasCancelled = true;
    if (m_step == Step::Pulling || m_step == Step::Checking) {
        m_operation.cancel();
    }
}

void RunController::fail(const Error &error, const QString &remains)
{
    m_containerId.clear();
    const std::string subject = m_create.name.empty() ? m_create.image : m_create.name;
    const trust::TrustCause cause = trust::trustCauseOf(error);
    m_mayDecide = cause == trust::TrustCause::PolicyAsks;
    if (m_mayDecide || cause == trust::TrustCause::PolicyRefuses) {
        m_held = m_images.verdict();
    }
    m_remedy = m_step == Step::Pulling ? remedyOfPull(error) : RegistryRemedy::None;
    Explanation words =
        m_held ? explainPolicy(*m_held, m_mayDecide)
        : m_remedy == RegistryRemedy::None
            ? describe(error, displayText(subject))
            : explainRegistry(error, RegistryAct::Pull,
                              {.registry = registry(), .repository = m_create.image});
    if (!remains.isEmpty()) {
        words.advice += (words.advice.isEmpty() ? QString() : QStringLiteral(" ")) + remains;
    }
    if (!m_held) {
        placeFailure(error, words.reason);
    }
    m_failure = std::move(words);
    m_step = Step::Editing;
    refresh();
    readFacts();
    Q_EMIT stepChanged();
}

std::string RunController::registry() const
{
    const auto read = reference::parseNormalized(m_create.image);
    return read ? read->domain : std::string();
}

/// Finds the field that the engine's words are about.
void RunController::placeFailure(const Error &error, const QString &text)
{
    if (error.kind == ErrorKind::Cancelled) {
        return;
    }
    RunCheck check{RunCheck::Verdict::Wrong, text, text, {}};
    const std::string &said = error.detail;
    if (const auto port = portConflict(said)) {
        const int number = port->port.toInt();
        for (std::size_t row = 0; row < m_form.ports.size(); ++row) {
            if (m_form.ports[row].hostPort == port->port.toStdString()) {
                const int free = nextFreePort(number, m_form.ports[row].protocol, m_form, m_facts);
                check.place = {"publish", int(row)};
                check.fixText = tr("Use %1").arg(free);
                check.fix = [row, free](RunForm &form) {
                    if (row < form.ports.size()) {
                        form.ports[row].hostPort = std::to_string(free);
                    }
                };
            }
        }
    } else if (error.kind == ErrorKind::Conflict && contains(said, "name")) {
        check.place = {"name"};
        check.fixText = tr("Let the engine choose");
        check.fix = [](RunForm &form) { form.name.clear(); };
    } else if (error.operation == docker::PullImage::operation || contains(said, "o such image")) {
        check.place = {"image"};
        if (m_create.pull == docker::PullPolicy::Never) {
            check.fixText = tr("Pull it");
            check.fix = [](RunForm &form) { form.setOption("pull", {}); };
        }
    } else if (contains(said, "network") && contains(said, "not found")) {
        check.place = {"network", 0};
        check.fixText = tr("Use the default one");
        check.fix = [](RunForm &form) { form.setOption("network", {}); };
    } else if (contains(said, "exec:") || contains(said, "executable file")) {
        check.place = {"command"};
    } else {
        for (int row = 0; const RunMount &mount : m_form.mounts) {
            if (!mount.source.empty() && contains(said, mount.source)) {
                check.place = {"mount", row};
            }
            ++row;
        }
    }
    if (!check.place.field.empty()) {
        m_engineCheck = std::move(check);
    }
}

QString RunController::containerName() const
{
    const auto list = m_engine->containers();
    const auto found = std::ranges::find(*list, m_containerId, &docker::ContainerSummary::id);
    return displayText(found != list->end()     ? found->name
                       : !m_create.name.empty() ? m_create.name
                                                : m_containerId.substr(0, shortIdLength));
}

std::vector<docker::Port> RunController::publishedPorts() const
{
    std::vector<docker::Port> ports;
    const auto list = m_engine->containers();
    const auto found = std::ranges::find(*list, m_containerId, &docker::ContainerSummary::id);
    if (found != list->end()) {
        std::ranges::copy_if(found->ports, std::back_inserter(ports),
                             [](const docker::Port &port) { return port.publicPort != 0; });
    }
    return ports;
}

} // namespace roadstead::ui
