// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/images/engine_images.h"

#include "engine/base/new_file.h"
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/service/engine_session.h"
#include "engine/service/files/byte_flow.h"
#include "engine/service/images/image_workers.h"
#include "engine/service/later_call.h"
#include "engine/service/mailbox.h"
#include "engine/service/pending.h"
#include "engine/service/registry_login.h"

#include <utility>

namespace roadstead::service {

namespace {

Result<std::uint64_t> writeArchive(const std::string &path, ByteIntake &intake,
                                   BytesTelling telling)
{
    auto file = NewFile::begin(path, docker::SaveImages::operation.data(), 0600);
    if (!file) {
        return std::unexpected(file.error());
    }
    while (true) {
        const auto bytes = intake.take();
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        if (bytes->empty()) {
            break;
        }
        if (auto written = file->write(*bytes); !written) {
            return std::unexpected(written.error());
        }
        telling.tell(file->size());
    }
    if (auto finished = file->finish(); !finished) {
        return std::unexpected(finished.error());
    }
    return file->size();
}

} // namespace

EngineImages::EngineImages(EngineSession *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_mailbox(std::make_shared<Mailbox>(this))
{
}

EngineImages::~EngineImages()
{
    m_mailbox->close();
    for (const auto &each : m_saves) {
        if (const auto intake = each.lock()) {
            intake->stop();
        }
    }
}

template<typename Asked>
Operation<typename Asked::Answer> EngineImages::ask(const Asked &question)
{
    using Answer = typename Asked::Answer;
    const auto pending = std::make_shared<Pending<Answer>>();
    const docker::Call call = m_session->client().ask(
        question, [pending](Result<Answer> answer) { pending->finish(std::move(answer)); });
    return {pending->future(), [call] { call.cancel(); }};
}

template<typename Asked>
Operation<typename Asked::Answer> EngineImages::askWithLogin(const Asked &question,
                                                             const std::string &image)
{
    using Answer = typename Asked::Answer;
    const auto pending = std::make_shared<Pending<Answer>>();
    const auto later = std::make_shared<LaterCall<docker::Call>>();
    const auto box = m_mailbox;
    findRegistryLogin(image, [this, question, pending, later, box](Result<std::string> login) {
        if (!login) {
            login.error().operation = Asked::operation;
            pending->finish(std::unexpected(login.error()));
            return;
        }
        box->post([this, question, pending, later, header = *login] {
            if (later->isWanted()) {
                later->set(m_session->client().ask(
                    question,
                    [pending](Result<Answer> answer) { pending->finish(std::move(answer)); },
                    header));
            }
        });
    });
    return {pending->future(), [later, pending] {
                later->cancel();
                pending->finish(failure(ErrorKind::Cancelled, std::string(Asked::operation)));
            }};
}

Operation<docker::ImageDetails> EngineImages::inspect(const docker::Target &image)
{
    return ask(docker::InspectImage{.image = image});
}

Operation<std::vector<docker::HistoryEntry>> EngineImages::history(const docker::Target &image)
{
    return ask(docker::ImageHistory{.image = image});
}

Operation<docker::DiskUsage> EngineImages::sizes()
{
    if (m_session->client().api() < docker::diskUsageByType) {
        const auto pending = std::make_shared<Pending<docker::DiskUsage>>();
        pending->finish(
            failure(ErrorKind::InvalidArgument, std::string(docker::AskDiskUsage::operation)));
        return {pending->future(), {}};
    }
    return ask(docker::AskDiskUsage{.types = {"image"}});
}

Operation<std::vector<docker::SearchResult>> EngineImages::search(const std::string &term,
                                                                  int limit)
{
    docker::SearchImages question;
    question.term = term;
    question.limit = limit;
    return askWithLogin(question, term);
}

Operation<docker::DistributionDetails> EngineImages::atRegistry(const docker::Target &reference)
{
    return askWithLogin(docker::InspectDistribution{reference}, reference.reference);
}

std::string EngineImages::saveLine(const docker::SaveImages &images, const std::string &path)
{
    docker::Arguments arguments = images.arguments();
    arguments.insert(arguments.begin() + 1, {"-o", path});
    return docker::commandLine(arguments);
}

Operation<std::uint64_t> EngineImages::save(const docker::SaveImages &images,
                                            const std::string &path, SaveAdvances advances)
{
    const auto pending = std::make_shared<Pending<std::uint64_t>>();
    const auto intake = std::make_shared<ByteIntake>();
    const std::function<void()> cancel = [intake] { intake->stop(); };
    const quint64 record =
        m_session->recordStarted(QString::fromStdString(saveLine(images, path)), cancel);
    docker::ByteSink sink;
    sink.data = [intake](std::string_view bytes) { return intake->put(bytes); };
    sink.end = [intake](const Result<void> &how) { intake->end(how); };
    intake->setCall(m_session->client().download(images, std::move(sink)));
    std::erase_if(m_saves, [](const auto &each) { return each.expired(); });
    m_saves.push_back(intake);
    imageWorkers().start(
        [this, path, intake, record, pending, box = m_mailbox, advances = std::move(advances)] {
            Result<std::uint64_t> result = writeArchive(path, *intake, {box, advances});
            intake->stop(); // what was not wanted any more
            if (!result) {
                result.error().operation = docker::SaveImages::operation;
            }
            box->post([this, record, pending, result] {
                m_session->recordFinished(record, result ? std::nullopt
                                                         : std::optional<Error>(result.error()));
                pending->finish(result);
            });
        });
    return {pending->future(), cancel};
}

} // namespace roadstead::service
