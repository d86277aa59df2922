// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/archive/image_documents.h"
#include "engine/docker/image.h"
#include "engine/layers/file_view.h"
#include "engine/layers/saved_image.h"
#include "engine/service/operation.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::service {

class ByteIntake;
class EngineSession;
class Mailbox;

/// What is in an image. Shared, never changed.
struct OpenedImage
{
    std::string id;
    archive::ImageConfig config; ///< its layers' digests and its history, oldest first
    layers::ImageFiles files;
    std::vector<layers::LayerSummary> summaries; ///< of each layer, lowest first
    std::vector<std::string> members;            ///< where each layer is in what the engine saves
};
using OpenedImagePointer = std::shared_ptr<const OpenedImage>;

/// Looks into the layers of an engine's images. What a layer has in it is kept on disk, so that the
/// engine is asked once for each layer. GUI thread; every operation finishes there or not at all
/// once this is gone, which also ends what is under way.
class ImageLayers : public QObject
{
    Q_OBJECT
public:
    /// `session` must outlive this. `cacheFolder`: empty = the user's.
    explicit ImageLayers(EngineSession *session, std::string cacheFolder = {},
                         QObject *parent = nullptr);
    ~ImageLayers() override;

    /// Bytes so far; called in this object's thread, at most ten times a second. Not called for
    /// what is known already.
    using Advances = std::function<void(std::uint64_t bytes)>;

    /// Streams the image where not all of it is known; then it is in the history as line().
    /// Whatever its size, memory grows with the number of files only.
    Operation<OpenedImagePointer> open(const docker::Target &image, Advances advances);
    /// Writes a file of a layer to `path`, whole or not at all. Yields its bytes.
    Operation<std::uint64_t> extract(const docker::Target &image, const layers::FileInLayer &file,
                                     const std::string &path, Advances advances);
    /// "docker save IMAGE"
    [[nodiscard]] static std::string line(const docker::Target &image);
    /// "docker save IMAGE | tar …", as far as one line can say it.
    [[nodiscard]] static std::string extractLine(const docker::Target &image,
                                                 const layers::FileInLayer &file,
                                                 const std::string &path);

private:
    struct Stream;

    [[nodiscard]] std::string cacheFolder() const;
    [[nodiscard]] std::string engineName() const;
    std::shared_ptr<Stream> makeStream(const docker::Target &image, const std::string &line);
    void download(const std::shared_ptr<Stream> &stream);
    void finishRecord(const Stream &stream, const std::optional<Error> &error);

    EngineSession *m_session;
    std::string m_cacheFolder;
    std::shared_ptr<Mailbox> m_mailbox;
    std::vector<std::weak_ptr<ByteIntake>> m_intakes; ///< under way, or over
};

} // namespace roadstead::service
