// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/container_waits.h"

#include "ui/text/display_text.h"
#include "ui/text/error_text.h"
#include "ui/widgets/toast.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace roadstead::ui {

ContainerWaits::ContainerWaits(ContainerEngine *engine, ToastHost *toasts, ShowContainer show,
                               QObject *parent)
    : QObject(parent)
    , m_engine(engine)
    , m_toasts(toasts)
    , m_show(std::move(show))
{
    connect(engine, &ContainerEngine::linkChanged, this, &ContainerWaits::takeUp);
}

/// Connections to the engine must not be held for nobody.
ContainerWaits::~ContainerWaits()
{
    for (const auto &[id, wait] : std::exchange(m_waits, {})) {
        wait.work.cancel();
    }
}

void ContainerWaits::begin(const docker::Target &container)
{
    if (isAwaited(container.reference)) {
        return;
    }
    m_waits[container.reference].container = container;
    ask(container.reference);
    tellBegin(container);
    Q_EMIT changed();
}

void ContainerWaits::cancel(const std::string &id)
{
    const auto found = m_waits.find(id);
    if (found == m_waits.end()) {
        return;
    }
    const Wait wait = found->second;
    m_waits.erase(found);
    wait.work.cancel();
    Q_EMIT changed();
}

void ContainerWaits::ask(const std::string &id)
{
    Wait &wait = m_waits.at(id);
    wait.isLost = false;
    wait.number = ++m_number;
    wait.work = m_engine->waitForEnd(wait.container);
    wait.work.then(this, [this, id, number = wait.number](const Result<int> &status) {
        finish(id, number, status);
    });
}

void ContainerWaits::finish(const std::string &id, unsigned number, const Result<int> &status)
{
    const auto found = m_waits.find(id);
    if (found == m_waits.end() || found->second.number != number) {
        return; // it was cancelled
    }
    const bool isGone = !status && status.error().kind == ErrorKind::NotFound;
    const bool isCancelled = !status && status.error().kind == ErrorKind::Cancelled;
    if (!status && !isGone && !isCancelled) {
        found->second.isLost = true;
        takeUp();
        return;
    }
    const docker::Target container = found->second.container;
    m_waits.erase(found);
    if (!isCancelled) { // from the list of what runs, else
        tellEnd(container, status ? std::optional(*status) : std::nullopt);
    }
    Q_EMIT changed();
}

void ContainerWaits::takeUp()
{
    if (m_engine->link() != service::Link::Live) {
        return;
    }
    std::vector<std::string> lost;
    for (const auto &[id, wait] : m_waits) {
        if (wait.isLost) {
            lost.push_back(id);
        }
    }
    for (const std::string &id : lost) {
        ask(id);
    }
}

void ContainerWaits::tellBegin(const docker::Target &container)
{
    if (m_toasts == nullptr) {
        return;
    }
    ToastContent content;
    content.title = tr("You are told when %1 ends").arg(displayText(container.display, 80));
    content.text = tr("As long as Roadstead runs.");
    content.actions.append({QStringLiteral("toastStopWaiting"),
                            tr("Stop waiting"),
                            {},
                            [this, id = container.reference] { cancel(id); }});
    m_told[container.reference] = m_toasts->show(content);
}

void ContainerWaits::tellEnd(const docker::Target &container, std::optional<int> status)
{
    if (m_toasts == nullptr) {
        return;
    }
    if (const auto told = m_told.extract(container.reference); !told.empty() && told.mapped()) {
        told.mapped()->expireNow();
    }
    const QString name = displayText(container.display, 80);
    ToastContent content;
    if (!status) {
        content.title = tr("%1 was removed").arg(name);
        content.text = tr("What it ended with is not known.");
        m_toasts->show(content);
        return;
    }
    content.kind = *status == 0 ? ToastKind::Done : ToastKind::Error;
    content.title = *status == 0 ? tr("%1 has ended").arg(name)
                                 : tr("%1 has ended with code %2").arg(name).arg(*status);
    content.text = *status == 0 ? tr("Exit code 0.") : tr("Its log may say why.");
    content.actions.append({QStringLiteral("toastShowContainer"),
                            tr("Show the container"),
                            {},
                            [show = m_show, id = container.reference] { show(id); }});
    m_toasts->show(content);
}

} // namespace roadstead::ui
