// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_controller.h"

#include "engine/reference/image_reference.h"
#include "ui/text/display_text.h"
#include "ui/text/registry_text.h"

#include <QPointer>

#include <algorithm>
#include <chrono>
#include <ranges>
#include <set>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr std::chrono::milliseconds pushProgressSpacing{100};

} // namespace

PushController::PushController(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_progressPause.setSingleShot(true);
    m_progressPause.setInterval(pushProgressSpacing);
    connect(&m_progressPause, &QTimer::timeout, this, &PushController::progressChanged);
    connect(m_parts.desk, &service::RegistryDesk::accountsChanged, this,
            &PushController::readAccounts);
}

PushController::~PushController() = default;

// ---- The form

void PushController::begin()
{
    readAccounts();
}

void PushController::readAccounts()
{
    m_parts.desk->accounts().then(this, [this](const Result<registry::AccountBook> &book) {
        m_book = book.value_or(registry::AccountBook{});
        if (!m_isRepositoryTyped && m_step == Step::Editing) {
            setRegistry(m_form.registry);
        }
        Q_EMIT accountsChanged();
    });
}

const docker::ImageSummary *PushController::image() const
{
    const auto images = m_parts.images();
    const auto found = std::ranges::find_if(*images, [this](const docker::ImageSummary &each) {
        return each.id == m_form.image || std::ranges::contains(each.tags, m_form.image);
    });
    return found == images->end() ? nullptr : &*found; // the list is the session's, and stays
}

void PushController::setImage(const std::string &reference)
{
    if (m_step == Step::Checking || m_step == Step::Pushing) {
        return;
    }
    edit(); // what was pushed before is over
    if (reference == m_form.image) {
        return;
    }
    const std::string typedRegistry = m_isRepositoryTyped ? m_form.registry : std::string();
    m_form = PushForm{.image = reference};
    m_isRepositoryTyped = false;
    if (const docker::ImageSummary *found = image()) {
        m_form = pushFormOf(*found, reference == found->id ? std::string() : reference);
    }
    m_tags.clear();
    m_failure.reset();
    setRegistry(typedRegistry.empty() ? m_form.registry : typedRegistry);
    m_begun = m_form;
    Q_EMIT formChanged();
}

/// A name that nobody typed goes with the account, and says nothing.
bool PushController::isFilled() const
{
    return m_step == Step::Editing && (m_isRepositoryTyped || m_form.registry != m_begun.registry ||
                                       m_form.tags != m_begun.tags);
}

/// Where nobody typed a name, it goes with the registry and its account.
void PushController::setRegistry(const std::string &registry)
{
    m_form.registry = registry == "index.docker.io" ? "docker.io" : registry;
    if (!m_isRepositoryTyped) {
        const auto read = reference::parseNormalized(m_form.image);
        const std::string path = read ? read->path : std::string();
        const registry::KeptAccount *kept = account();
        m_form.repository =
            suggestedRepository(path, m_form.registry, kept == nullptr ? "" : kept->username);
    }
    Q_EMIT formChanged();
}

void PushController::setRepository(const std::string &repository)
{
    m_isRepositoryTyped = m_isRepositoryTyped || repository != m_form.repository;
    m_form.repository = repository;
    Q_EMIT formChanged();
}

void PushController::setTagChosen(const std::string &tag, bool chosen)
{
    const auto known = std::ranges::find(m_form.tags, tag, &PushTag::tag);
    if (known != m_form.tags.end()) {
        known->isChosen = chosen;
        Q_EMIT formChanged();
    }
}

void PushController::addTag(const std::string &tag)
{
    if (std::ranges::contains(m_form.tags, tag, &PushTag::tag)) {
        setTagChosen(tag, true);
        return;
    }
    m_form.tags.push_back({tag, true});
    Q_EMIT formChanged();
}

std::vector<PushProblem> PushController::problems() const
{
    return pushProblems(m_form, image() != nullptr);
}

bool PushController::isTagged(const docker::ImageName &target) const
{
    const docker::ImageSummary *found = image();
    return found != nullptr && std::ranges::any_of(found->tags, [&target](const auto &tag) {
               const auto read = reference::parseNormalized(tag);
               return read && read->name() == target.repository && read->tag == target.tag;
           });
}

std::vector<docker::Command> PushController::commands() const
{
    std::vector<docker::Command> commands;
    const docker::ImageSummary *found = image();
    for (const std::string &tag : m_form.chosenTags()) {
        const docker::ImageName target = m_form.target(tag);
        if (found != nullptr && !isTagged(target)) {
            commands.emplace_back(
                docker::TagImage{.image = {found->id, m_form.image}, .name = target});
        }
        commands.emplace_back(docker::PushImage{.image = target});
    }
    return commands;
}

QString PushController::line() const
{
    if (!problems().empty()) {
        return {};
    }
    QStringList lines;
    for (const docker::Command &command : commands()) {
        lines.append(QString::fromStdString(docker::commandLine(docker::arguments(command))));
    }
    return lines.join(QStringLiteral("; "));
}

QStringList PushController::knownImages() const
{
    QStringList names;
    const auto images = m_parts.images();
    for (const docker::ImageSummary &each : *images) {
        for (const std::string &tag : each.tags) {
            names.append(QString::fromStdString(tag));
        }
    }
    names.sort();
    return names;
}

QStringList PushController::knownRegistries() const
{
    std::set<std::string> names;
    if (m_book) {
        for (const registry::KeptAccount &each : m_book->accounts) {
            names.insert(each.registry);
        }
    }
    const auto images = m_parts.images();
    for (const docker::ImageSummary &each : *images) {
        for (const std::string &tag : each.tags) {
            if (const auto read = reference::parseNormalized(tag)) {
                names.insert(read->domain);
            }
        }
    }
    names.erase("docker.io");
    QStringList list{QStringLiteral("docker.io")};
    for (const std::string &name : names) {
        list.append(QString::fromStdString(name));
    }
    return list;
}

std::int64_t PushController::imageBytes() const
{
    const docker::ImageSummary *found = image();
    return found == nullptr ? -1 : found->size;
}

const registry::KeptAccount *PushController::account() const
{
    return m_book ? m_book->accountAt(m_form.registry) : nullptr;
}

// ---- Pushing

bool PushController::push()
{
    if (m_step == Step::Checking || m_step == Step::Pushing || !problems().empty()) {
        return false;
    }
    m_failure.reset();
    m_remark.clear();
    beginTags();
    check();
    return true;
}

/// What is pushed already, of the same image under the same name, stays so.
void PushController::beginTags()
{
    const docker::ImageSummary *found = image();
    std::vector<PushedTag> tags;
    for (const std::string &tag : m_form.chosenTags()) {
        PushedTag pushed{.tag = tag, .target = m_form.target(tag), .imageId = found->id};
        const auto before = std::ranges::find_if(m_tags, [&pushed](const PushedTag &each) {
            return each.target == pushed.target && each.imageId == pushed.imageId;
        });
        tags.push_back(before == m_tags.end() ? std::move(pushed) : *before);
    }
    const bool isAgain = std::ranges::any_of(tags, &PushedTag::isPushed);
    if (!isAgain || std::ranges::all_of(tags, &PushedTag::isPushed)) {
        for (PushedTag &each : tags) {
            each.isPushed = false;
        }
        m_bytesBefore = 0;
        m_layersThere = 0;
    }
    m_tags = std::move(tags);
    m_current = 0;
    m_layers.clear();
    m_imageId = found->id;
    m_clock.start();
}

void PushController::check()
{
    const unsigned generation = ++m_generation;
    const auto asked = m_parts.desk->checkPush(m_form.registry, m_form.repository);
    m_cancel = [asked] { asked.cancel(); };
    setStep(Step::Checking);
    asked.then(this, [this, generation](const Result<service::Done> &may) {
        if (generation == m_generation) {
            takeCheck(may);
        }
    });
}

/// What cannot be reached from here the engine may reach; what refuses us refuses the engine, too.
void PushController::takeCheck(const Result<service::Done> &may)
{
    if (!may) {
        const registry::Cause cause = registry::causeOf(may.error());
        if (!isOfReaching(cause)) {
            fail(may.error(), true);
            return;
        }
        const registry::KeptAccount *kept = account();
        m_remark = explainRegistry(may.error(), RegistryAct::CheckPush,
                                   {.registry = m_form.registry,
                                    .repository = m_form.repository,
                                    .hasAccount = kept != nullptr})
                       .reason;
        pushNext();
        return;
    }
    askBefore(0);
}

/// What the tags were there, so that it can be told what moved. No answer is no reason to wait.
void PushController::askBefore(std::size_t index)
{
    if (index >= m_tags.size()) {
        pushNext();
        return;
    }
    if (m_tags[index].isPushed || m_tags[index].isBeforeKnown) {
        askBefore(index + 1);
        return;
    }
    const unsigned generation = m_generation;
    const auto asked =
        m_parts.desk->digestOf(m_form.registry, m_form.repository, m_tags[index].tag);
    m_cancel = [asked] { asked.cancel(); };
    asked.then(this, [this, generation, index](const Result<std::string> &digest) {
        if (generation != m_generation) {
            return;
        }
        if (!digest && digest.error().kind == ErrorKind::Cancelled) {
            fail(digest.error(), true);
            return;
        }
        PushedTag &tag = m_tags[index];
        tag.isBeforeKnown =
            digest || registry::causeOf(digest.error()) == registry::Cause::NotFound;
        tag.before = digest.value_or(std::string());
        askBefore(index + 1);
    });
}

/// What made the layers, for their rows. Only told where both questions are answered.
void PushController::readMakers()
{
    const docker::Target target{m_imageId, m_form.image};
    m_parts.inspect(target).then(this, [this, target](const Result<docker::ImageDetails> &details) {
        if (!details) {
            return;
        }
        m_parts.history(target).then(
            this, [this, diffs = details->layers](
                      const Result<std::vector<docker::HistoryEntry>> &entries) {
                std::vector<std::pair<std::string, std::int64_t>> made;
                if (entries) {
                    for (const auto &entry : std::views::reverse(*entries)) {
                        made.emplace_back(entry.createdBy, entry.size);
                    }
                }
                m_makers = layerMakers(diffs, made);
                Q_EMIT progressChanged();
            });
    });
}

void PushController::pushNext()
{
    const auto next = std::ranges::find(m_tags, false, &PushedTag::isPushed);
    if (next == m_tags.end()) {
        m_milliseconds = m_clock.elapsed();
        setStep(Step::Done);
        return;
    }
    if (m_step != Step::Pushing) {
        readMakers();
    }
    m_current = std::size_t(next - m_tags.begin());
    m_layers.clear();
    m_sendClock.invalidate();
    const unsigned generation = ++m_generation;
    if (isTagged(next->target)) {
        pushTag();
        setStep(Step::Pushing);
        return;
    }
    const auto tagging =
        m_parts.run(docker::TagImage{.image = {m_imageId, m_form.image}, .name = next->target}, {});
    m_cancel = [tagging] { tagging.cancel(); };
    setStep(Step::Pushing);
    tagging.then(this, [this, generation](const Result<std::string> &tagged) {
        if (generation != m_generation) {
            return;
        }
        tagged ? pushTag() : fail(tagged.error(), false);
    });
}

void PushController::pushTag()
{
    const unsigned generation = m_generation;
    const auto receive = [self = QPointer(this),
                          generation](const std::vector<docker::Progress> &lines) {
        if (!self || self->m_generation != generation) {
            return;
        }
        self->m_layers.take(lines);
        if (self->m_layers.sent() > 0 && !self->m_sendClock.isValid()) {
            self->m_sendClock.start();
        }
        if (!self->m_progressPause.isActive()) {
            self->m_progressPause.start();
        }
    };
    const auto pushing = m_parts.run(docker::PushImage{.image = m_tags[m_current].target}, receive);
    m_cancel = [pushing] { pushing.cancel(); };
    pushing.then(this, [this, generation](const Result<std::string> &result) {
        if (generation == m_generation) {
            takePushed(result);
        }
    });
}

void PushController::takePushed(const Result<std::string> &result)
{
    if (!result) {
        fail(result.error(), false);
        return;
    }
    std::string digest = digestOfPush(*result);
    if (!digest.empty()) {
        takeDigest(std::move(digest));
        return;
    }
    // The engine has it beside the image then.
    const docker::ImageName &target = m_tags[m_current].target;
    const unsigned generation = m_generation;
    m_parts.inspect({target.display, target.display})
        .then(this, [this, generation, repository = m_tags[m_current].target.repository](
                        const Result<docker::ImageDetails> &details) {
            if (generation != m_generation) {
                return;
            }
            std::string found;
            for (const std::string &each :
                 details ? details->digests : std::vector<std::string>()) {
                const auto read = reference::parseNormalized(each);
                if (read && read->name() == repository) {
                    found = read->digest;
                }
            }
            takeDigest(std::move(found));
        });
}

void PushController::takeDigest(std::string digest)
{
    PushedTag &tag = m_tags[m_current];
    tag.digest = std::move(digest);
    tag.isPushed = true;
    m_bytesBefore += m_layers.sent();
    m_layersThere = std::max(m_layersThere, m_layers.count(PushState::Exists) +
                                                m_layers.count(PushState::Mounted));
    m_layers.clear();
    pushNext();
}

void PushController::fail(const Error &error, bool isCheck)
{
    ++m_generation;
    m_cause = registry::causeOf(error);
    if (m_cause != registry::Cause::Cancelled) {
        const registry::KeptAccount *kept = account();
        m_failure = explainRegistry(error, isCheck ? RegistryAct::CheckPush : RegistryAct::Push,
                                    {.registry = m_form.registry,
                                     .repository = m_form.repository,
                                     .user = kept == nullptr ? std::string() : kept->username,
                                     .hasAccount = kept != nullptr});
    }
    setStep(Step::Editing);
}

void PushController::cancel()
{
    if ((m_step == Step::Checking || m_step == Step::Pushing) && m_cancel) {
        const auto end = m_cancel; // what it ends may replace it
        end();
    }
}

void PushController::edit()
{
    if (m_step == Step::Done) {
        m_tags.clear();
        setStep(Step::Editing);
    }
}

QString PushController::makerOf(const std::string &layer) const
{
    const auto found = m_makers.find(layer);
    return found == m_makers.end() ? QString() : m_parts.makerText(found->second);
}

double PushController::bytesPerSecond() const
{
    constexpr qint64 shortest = 500; // milliseconds: less tells nothing
    const qint64 elapsed = m_sendClock.isValid() ? m_sendClock.elapsed() : 0;
    return elapsed < shortest ? 0 : double(m_layers.sent()) * 1000 / double(elapsed);
}

void PushController::setStep(Step step)
{
    m_step = step;
    Q_EMIT stepChanged();
}

} // namespace roadstead::ui
