// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/error.h"
#include "engine/service/build/build_run.h"
#include "engine/service/engine_session.h"
#include "engine/service/images/engine_images.h"

#include <QObject>
#include <QString>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace roadstead::test {

/// What is done with an image at an engine.
enum class ImageAction { Pull, Push, Build, Load, Save };

inline constexpr std::array imageActions{ImageAction::Pull, ImageAction::Push, ImageAction::Build,
                                         ImageAction::Load, ImageAction::Save};

const char *nameOf(ImageAction action);
/// What the targets of its requests contain, and those of no other.
std::string pathOf(ImageAction action);
/// Whether much is sent before the answer.
bool sendsMuch(ImageAction action);
/// Whether its answer is lines of progress.
bool reportsLines(ImageAction action);

/// One action from its beginning to its end, at the engine of a session. GUI thread.
class ImageWork : public QObject
{
    Q_OBJECT
public:
    /// `folder` is where it reads and writes: "load.tar", "context" and "saved.tar". `image` is
    /// what is pulled, pushed and saved, with its tag, and what is built is called.
    ImageWork(ImageAction action, service::EngineSession *session, const QString &folder,
              std::string image = "harbour.test/tools:1.0");

    /// Writes what load() and build() send, some megabytes each.
    static bool prepare(const QString &folder);
    /// Where save() writes.
    static QString savedFile(const QString &folder);

    void begin();
    void cancel() { m_cancel(); }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; } ///< once isOver()

private:
    template<typename T>
    void follow(const service::Operation<T> &operation);
    void beginBuild();
    void end(std::optional<Error> error);

    const ImageAction m_action;
    service::EngineSession *const m_session;
    const QString m_folder;
    const std::string m_image;
    service::EngineImages m_images;
    std::unique_ptr<service::BuildRun> m_build;
    std::function<void()> m_cancel;
    bool m_over = false;
    std::optional<Error> m_error;
};

} // namespace roadstead::test
