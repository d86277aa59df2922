// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/pull/pull_controller.h"

#include "engine/reference/image_reference.h"
#include "engine/reference/options.h"
#include "engine/registry/trust/trust_cause.h"
#include "ui/models/image_name.h"
#include "ui/text/display_text.h"

#include <QPointer>

#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::chrono::milliseconds progressSpacing{100};
constexpr std::chrono::milliseconds typingRest{400};
constexpr int mostFound = 12;
constexpr qsizetype mostTags = 200;
constexpr qsizetype shortestTerm = 2;

} // namespace

PullController::PullController(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_images(m_parts.run, m_parts.trust)
{
    m_progressPause.setSingleShot(true);
    m_progressPause.setInterval(progressSpacing);
    connect(&m_progressPause, &QTimer::timeout, this, &PullController::progressChanged);
    m_typingRests.setSingleShot(true);
    m_typingRests.setInterval(typingRest);
    connect(&m_typingRests, &QTimer::timeout, this, &PullController::search);
    connect(&m_typingRests, &QTimer::timeout, this, &PullController::findTags);
    connect(&m_images, &service::GuardedImages::checkingChanged, this,
            &PullController::stepChanged);
    if (m_parts.trust != nullptr) {
        connect(m_parts.trust, &service::TrustDesk::rulesChanged, this, [this] {
            forgetHeld();
            Q_EMIT typedChanged();
        });
    }
}

PullController::~PullController() = default;

void PullController::setTyped(const QString &typed)
{
    const QString trimmed = typed.trimmed();
    if (std::exchange(m_typed, trimmed) == trimmed) {
        return;
    }
    m_typingRests.start();
    forgetHeld();
    Q_EMIT typedChanged();
}

void PullController::offer(const QString &reference)
{
    setTyped(reference);
    m_offered = m_typed;
}

bool PullController::isFilled() const
{
    return m_step == Step::Editing &&
           (!m_platform.isEmpty() || (!m_typed.isEmpty() && m_typed != m_offered));
}

void PullController::setPlatform(const QString &platform)
{
    const QString trimmed = platform.trimmed();
    if (std::exchange(m_platform, trimmed) != trimmed) {
        forgetHeld();
        Q_EMIT typedChanged();
    }
}

QString PullController::problem() const
{
    return pullProblem(m_typed);
}

QString PullController::platformProblem() const
{
    return m_platform.isEmpty() || reference::parsePlatform(m_platform.toStdString())
               ? QString()
               : tr("A platform is written as linux/arm64.");
}

QString PullController::line() const
{
    if (!problem().isEmpty() || !platformProblem().isEmpty()) {
        return {};
    }
    QStringList lines;
    for (const std::string &line :
         m_images.lines({pullNameOf(m_typed.toStdString()), false, m_platform.toStdString()})) {
        lines.append(QString::fromStdString(line));
    }
    return lines.join(QStringLiteral("; "));
}

// ---- Search

/// The part of what is typed that Docker Hub can be asked for; empty when it names another
/// registry.
QString PullController::searchTerm() const
{
    const auto read = reference::parseNormalized(m_typed.toStdString());
    if (!read || read->domain != "docker.io" || !read->digest.empty()) {
        return {};
    }
    const QString term = QString::fromStdString(read->familiarName());
    return term.size() < shortestTerm ? QString() : term;
}

void PullController::search()
{
    const QString term = searchTerm();
    if (term == m_searched || m_step != Step::Editing) {
        return;
    }
    m_searched = term;
    m_searchProblem.clear();
    const unsigned generation = ++m_searchGeneration;
    m_searching = !term.isEmpty();
    if (term.isEmpty()) {
        m_found.clear();
        Q_EMIT searchChanged();
        return;
    }
    Q_EMIT searchChanged();
    m_parts.search(term.toStdString(), mostFound)
        .then(this, [this, generation, term](const Result<SearchResults> &found) {
            if (generation != m_searchGeneration) {
                return; // something else was typed since
            }
            m_searching = false;
            m_found = found.value_or(SearchResults());
            if (!found) {
                m_searchProblem = describe(found.error(), term).reason;
            }
            Q_EMIT searchChanged();
        });
}

/// Once the colon of a tag is typed, for then it is said which registry is to be asked. One that
/// does not tell is no fault: the pull itself says why.
void PullController::findTags()
{
    const qsizetype colon = m_typed.lastIndexOf(u':');
    if (!m_parts.tags || m_step != Step::Editing || colon <= m_typed.lastIndexOf(u'/') ||
        m_typed.contains(u'@')) {
        return;
    }
    const QString repository = m_typed.left(colon);
    const auto read = reference::parseNormalized(repository.toStdString());
    if (!read || std::exchange(m_repository, repository) == repository) {
        return;
    }
    m_tagged.clear();
    m_parts.tags(read->domain, read->path)
        .then(this, [this, repository](const Result<registry::NamePage> &page) {
            if (repository != m_repository || !page) {
                return;
            }
            for (const std::string &tag : page->names) {
                if (m_tagged.size() == mostTags) {
                    break;
                }
                const QString name = repository + u':' + QString::fromStdString(tag);
                if (pullProblem(name).isEmpty()) {
                    m_tagged.append(name);
                }
            }
            Q_EMIT completionsChanged();
        });
}

// ---- Pull

bool PullController::pull(bool isDecided)
{
    if (m_step == Step::Pulling || line().isEmpty()) {
        return false;
    }
    m_failure.reset();
    m_remedy = RegistryRemedy::None;
    forgetHeld();
    m_layers.clear();
    m_image = pullNameOf(m_typed.toStdString());
    setStep(Step::Pulling);
    m_operation =
        m_images.pull(docker::PullImage{m_image, false, m_platform.toStdString()}, isDecided,
                      [self = QPointer(this)](const std::vector<docker::Progress> &lines) {
                          if (self) {
                              self->m_layers.take(lines);
                              if (!self->m_progressPause.isActive()) {
                                  self->m_progressPause.start();
                              }
                          }
                      });
    m_operation.then(this, [this](const Result<std::string> &result) { take(result); });
    return true;
}

void PullController::take(const Result<std::string> &result)
{
    if (result) {
        setStep(Step::Done);
        return;
    }
    const trust::TrustCause cause = trust::trustCauseOf(result.error());
    if (cause == trust::TrustCause::PolicyAsks || cause == trust::TrustCause::PolicyRefuses) {
        m_held = m_images.verdict();
        m_mayDecide = cause == trust::TrustCause::PolicyAsks;
    } else if (result.error().kind != ErrorKind::Cancelled) {
        explain(result.error());
    }
    setStep(Step::Editing);
}

/// What a person can mend at the registry is told in its words, the rest in the engine's.
void PullController::explain(const Error &error)
{
    m_remedy = remedyOfPull(error);
    m_failure = m_remedy == RegistryRemedy::None
                    ? describe(error, displayText(m_image.display))
                    : explainRegistry(error, RegistryAct::Pull,
                                      {.registry = registry(), .repository = m_image.display});
}

std::string PullController::registry() const
{
    const auto read = reference::parseNormalized(m_image.display);
    return read ? read->domain : std::string();
}

void PullController::forgetHeld()
{
    m_held.reset();
    m_mayDecide = false;
}

void PullController::cancel()
{
    if (m_step == Step::Pulling) {
        m_operation.cancel();
    }
}

void PullController::edit()
{
    if (m_step == Step::Done) {
        setStep(Step::Editing);
    }
}

void PullController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
