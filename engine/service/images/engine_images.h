// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/image.h"
#include "engine/docker/system.h"
#include "engine/service/operation.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roadstead::service {

class ByteIntake;
class EngineSession;
class Mailbox;

/// What can be asked about the images of an engine, and saving them. GUI thread; every operation
/// finishes there or not at all once this is gone, which also ends what is being saved.
class EngineImages : public QObject
{
    Q_OBJECT
public:
    /// `session` must outlive this.
    explicit EngineImages(EngineSession *session, QObject *parent = nullptr);
    ~EngineImages() override;

    Operation<docker::ImageDetails> inspect(const docker::Target &image);
    Operation<std::vector<docker::HistoryEntry>> history(const docker::Target &image);
    /// What each image shares and what all layers take; fails with InvalidArgument where the engine
    /// is too old to tell it of images alone.
    Operation<docker::DiskUsage> sizes();
    Operation<std::vector<docker::SearchResult>> search(const std::string &term, int limit);
    /// What the registry has under that name now. The credentials are those of the docker command.
    Operation<docker::DistributionDetails> atRegistry(const docker::Target &reference);

    /// Bytes written so far; called in this object's thread, at most ten times a second.
    using SaveAdvances = std::function<void(std::uint64_t bytes)>;
    /// Writes the archive to `path`, whole or not at all. In the history as `saveLine()`. Yields
    /// its bytes.
    Operation<std::uint64_t> save(const docker::SaveImages &images, const std::string &path,
                                  SaveAdvances advances);
    /// "docker save -o FILE IMAGE…"
    [[nodiscard]] static std::string saveLine(const docker::SaveImages &images,
                                              const std::string &path);

private:
    template<typename Asked>
    Operation<typename Asked::Answer> ask(const Asked &question);
    template<typename Asked>
    Operation<typename Asked::Answer> askWithLogin(const Asked &question, const std::string &image);

    EngineSession *m_session;
    std::shared_ptr<Mailbox> m_mailbox;
    std::vector<std::weak_ptr<ByteIntake>> m_saves; ///< under way, or over
};

} // namespace roadstead::service
