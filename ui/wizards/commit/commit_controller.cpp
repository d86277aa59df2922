// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/commit/commit_controller.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"

#include <algorithm>

namespace roadstead::ui {

CommitController::CommitController(RunEngine *engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
{
    connect(engine, &RunEngine::imagesChanged, this, &CommitController::refresh);
}

void CommitController::open(const docker::Target &container, bool isRunning)
{
    if (m_step == Step::Committing) {
        return;
    }
    const bool isOther = container.reference != m_container.reference;
    m_container = container;
    m_isRunning = isRunning;
    m_error.reset();
    if (isOther || m_step == Step::Done) {
        m_form = {};
    }
    refresh();
    Q_EMIT opened();
    setStep(Step::Editing);
}

void CommitController::setForm(const CommitForm &form)
{
    m_form = form;
    refresh();
}

void CommitController::edit()
{
    if (m_step == Step::Done) {
        setStep(Step::Editing);
    }
}

void CommitController::refresh()
{
    std::vector<std::string> tags;
    const service::EngineSession::Images images = m_engine->images();
    for (const docker::ImageSummary &image : *images) {
        tags.insert(tags.end(), image.tags.begin(), image.tags.end());
    }
    m_remarks = commitProblems(m_form);
    for (CommitRemark &hint : commitHints(m_form, tags)) {
        m_remarks.push_back(std::move(hint));
    }
    Q_EMIT changed();
}

int CommitController::problemCount() const
{
    return int(std::ranges::count(m_remarks, true, &CommitRemark::isWrong));
}

QString CommitController::containerName() const
{
    return displayText(m_container.display);
}

QString CommitController::line() const
{
    return QString::fromStdString(
        docker::commandLine(commitCommand(m_form, m_container).arguments()));
}

bool CommitController::commit()
{
    if (m_step == Step::Committing || problemCount() > 0) {
        return false;
    }
    m_error.reset();
    m_wasCancelled = false;
    m_imageId.clear();
    m_imageName = commitName(m_form);
    m_work = m_engine->run(commitCommand(m_form, m_container));
    setStep(Step::Committing);
    m_work.then(this, [this](const Result<std::string> &image) { finish(image); });
    return true;
}

void CommitController::cancel()
{
    if (m_step == Step::Committing) {
        m_wasCancelled = true;
        m_work.cancel();
    }
}

void CommitController::finish(const Result<std::string> &image)
{
    if (image) {
        m_imageId = *image;
        setStep(Step::Done);
        return;
    }
    if (image.error().kind != ErrorKind::Cancelled) {
        m_error = image.error();
    }
    setStep(Step::Editing);
}

std::optional<Explanation> CommitController::failure() const
{
    return m_error ? std::optional(describe(*m_error, QString::fromStdString(m_container.display)))
                   : std::nullopt;
}

std::optional<std::int64_t> CommitController::imageSize() const
{
    const service::EngineSession::Images images = m_engine->images();
    const auto found = std::ranges::find(*images, m_imageId, &docker::ImageSummary::id);
    return found == images->end() ? std::nullopt : std::optional(found->size);
}

void CommitController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
