// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/images/image_layers.h"

#include "engine/base/new_file.h"
#include "engine/docker/client.h"
#include "engine/docker/command.h"
#include "engine/docker/shell_words.h"
#include "engine/layers/layer_cache.h"
#include "engine/service/engine_session.h"
#include "engine/service/files/byte_flow.h"
#include "engine/service/images/image_workers.h"

#include <QStandardPaths>

#include <algorithm>
#include <optional>
#include <utility>

namespace roadstead::service {

namespace {

constexpr const char *openOperation = "image.layers";

docker::SaveImages savingOf(const docker::Target &image)
{
    return {.images = {image}, .platform = {}};
}

Result<OpenedImagePointer> assembledImage(const std::string &id, layers::ReadImage &&read)
{
    auto files = layers::stacked(read.layers);
    if (!files) {
        return std::unexpected(files.error());
    }
    auto image = std::make_shared<OpenedImage>();
    image->id = id;
    image->config = std::move(read.facts);
    image->members = std::move(read.members);
    image->files = *std::move(files);
    image->summaries = layers::summarized(image->files);
    return image;
}

/// Podman leaves the algorithm out.
std::string digestOfId(const std::string &id)
{
    return id.contains(':') ? id : "sha256:" + id;
}

/// The image by what is kept; none where a part of it is missing.
std::optional<layers::ReadImage> keptImage(const layers::LayerCache &cache, const std::string &id,
                                           const std::vector<std::string> &digests)
{
    layers::ReadImage image;
    image.config = cache.config(id);
    image.members = cache.members(id);
    auto facts = image.config.empty()
                     ? failure(ErrorKind::NotFound, openOperation)
                     : archive::parseImageConfig(image.config, archive::ConfigRules::Docker);
    if (!facts || facts->diffIds != digests || image.members.size() != digests.size()) {
        return {};
    }
    image.facts = *std::move(facts);
    for (const std::string &digest : digests) {
        image.layers.push_back(cache.layer(digest));
        if (!image.layers.back()) {
            return {};
        }
    }
    return image;
}

} // namespace

/// Bytes of an engine on their way to a worker.
struct ImageLayers::Stream
{
    docker::Target image;
    std::string line;
    std::shared_ptr<ByteIntake> intake = std::make_shared<ByteIntake>();
    quint64 record = 0; ///< 0: nothing was asked for
};

ImageLayers::ImageLayers(EngineSession *session, std::string cacheFolder, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_cacheFolder(std::move(cacheFolder))
    , m_mailbox(std::make_shared<Mailbox>(this))
{
}

ImageLayers::~ImageLayers()
{
    m_mailbox->close();
    for (const auto &each : m_intakes) {
        if (const auto intake = each.lock()) {
            intake->stop();
        }
    }
}

std::string ImageLayers::line(const docker::Target &image)
{
    return docker::commandLine(savingOf(image).arguments());
}

std::string ImageLayers::extractLine(const docker::Target &image, const layers::FileInLayer &file,
                                     const std::string &path)
{
    return line(image) + " | " + docker::shellLine({"tar", "-xO", "--", file.member}) + " | " +
           docker::shellLine({"tar", "-xO", "--", file.path}) + " > " + docker::shellLine({path});
}

std::string ImageLayers::cacheFolder() const
{
    return m_cacheFolder.empty()
               ? QStandardPaths::writableLocation(QStandardPaths::CacheLocation).toStdString() +
                     "/layers"
               : m_cacheFolder;
}

/// One engine may say of a digest what another does not; who is reached in another way is another.
std::string ImageLayers::engineName() const
{
    return m_session->cliEngine().context + "\n" + m_session->cliEngine().host + "\n" +
           m_session->socketPath();
}

std::shared_ptr<ImageLayers::Stream> ImageLayers::makeStream(const docker::Target &image,
                                                             const std::string &line)
{
    const auto stream = std::make_shared<Stream>();
    stream->image = image;
    stream->line = line;
    std::erase_if(m_intakes, [](const auto &each) { return each.expired(); });
    m_intakes.push_back(stream->intake);
    return stream;
}

void ImageLayers::download(const std::shared_ptr<Stream> &stream)
{
    const auto intake = stream->intake;
    stream->record = m_session->recordStarted(QString::fromStdString(stream->line),
                                              [intake] { intake->stop(); });
    docker::ByteSink sink;
    sink.data = [intake](std::string_view bytes) { return intake->put(bytes); };
    sink.end = [intake](const Result<void> &how) { intake->end(how); };
    intake->setCall(m_session->client().download(savingOf(stream->image), std::move(sink)));
}

void ImageLayers::finishRecord(const Stream &stream, const std::optional<Error> &error)
{
    if (stream.record != 0) {
        m_session->recordFinished(stream.record, error);
    }
}

Operation<OpenedImagePointer> ImageLayers::open(const docker::Target &image, Advances advances)
{
    const auto pending = std::make_shared<Pending<OpenedImagePointer>>();
    const auto stream = makeStream(image, line(image));
    const auto box = m_mailbox;
    const auto finish = [this, box, pending, stream](Result<OpenedImagePointer> result) {
        stream->intake->stop(); // what was not needed any more
        if (!result) {
            result.error().operation = openOperation;
        }
        box->post([this, pending, stream, result] {
            finishRecord(*stream, result ? std::nullopt : std::optional<Error>(result.error()));
            pending->finish(result);
        });
    };
    auto work = [this, box, stream, finish, advances = std::move(advances),
                 cache = layers::LayerCache(cacheFolder(), engineName())](
                    const docker::ImageDetails &details) {
        const std::string id = digestOfId(details.id);
        if (auto kept = keptImage(cache, id, details.layers)) {
            finish(assembledImage(details.id, *std::move(kept)));
            return;
        }
        layers::ReadingRules rules;
        rules.digests = details.layers;
        rules.config = cache.config(id);
        rules.known = [&cache](const std::string &digest) { return cache.layer(digest); };
        box->post([this, stream] { download(stream); });
        const auto &intake = stream->intake;
        auto read = layers::readSavedImage(
            [&intake, telling = BytesTelling(box, advances)]() mutable {
                auto bytes = intake->take();
                telling.tell(intake->taken());
                return bytes;
            },
            rules);
        if (!read) {
            finish(std::unexpected(read.error()));
            return;
        }
        cache.keepConfig(id, read->config);
        cache.keepMembers(id, read->members);
        for (std::size_t i = 0; i < read->layers.size(); ++i) {
            if (!cache.has(read->facts.diffIds[i])) {
                cache.keep(read->facts.diffIds[i], *read->layers[i]);
            }
        }
        finish(assembledImage(details.id, *std::move(read)));
    };
    stream->intake->setCall(m_session->client().ask(
        docker::InspectImage{.image = image},
        [work = std::move(work), finish](Result<docker::ImageDetails> details) mutable {
            if (!details) {
                finish(std::unexpected(details.error()));
                return;
            }
            imageWorkers().start(
                [work = std::move(work), details = *std::move(details)] { work(details); });
        }));
    return {pending->future(), [intake = stream->intake] { intake->stop(); }};
}

Operation<std::uint64_t> ImageLayers::extract(const docker::Target &image,
                                              const layers::FileInLayer &file,
                                              const std::string &path, Advances advances)
{
    const auto pending = std::make_shared<Pending<std::uint64_t>>();
    const auto stream = makeStream(image, extractLine(image, file, path));
    download(stream);
    imageWorkers().start([this, box = m_mailbox, pending, stream, file, path,
                          advances = std::move(advances)] {
        const auto written = [&]() -> Result<std::uint64_t> {
            auto target = NewFile::begin(path, openOperation, 0600);
            if (!target) {
                return std::unexpected(target.error());
            }
            auto read = layers::readSavedFile(
                [&stream, telling = BytesTelling(box, advances)]() mutable {
                    auto bytes = stream->intake->take();
                    telling.tell(stream->intake->taken());
                    return bytes;
                },
                file, [&target](std::string_view bytes) { return target->write(bytes); });
            if (!read) {
                return read;
            }
            if (auto finished = target->finish(); !finished) {
                return std::unexpected(finished.error());
            }
            return read;
        }();
        stream->intake->stop();
        box->post([this, pending, stream, written] {
            finishRecord(*stream, written ? std::nullopt : std::optional<Error>(written.error()));
            pending->finish(written);
        });
    });
    return {pending->future(), [intake = stream->intake] { intake->stop(); }};
}

} // namespace roadstead::service
