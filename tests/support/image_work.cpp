// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/image_work.h"

#include "engine/docker/client.h"
#include "engine/service/build/classic_work.h"

#include <QDir>
#include <QFile>

#include <utility>

namespace roadstead::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 muchBytes = 6'000'000; // more than sockets hold

bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

} // namespace

const char *nameOf(ImageAction action)
{
    constexpr std::array names{"pull", "push", "build", "load", "save"};
    return names.at(static_cast<std::size_t>(action));
}

std::string pathOf(ImageAction action)
{
    constexpr std::array paths{"/images/create?", "/push?", "/build?", "/images/load",
                               "/images/get?"};
    return paths.at(static_cast<std::size_t>(action));
}

bool sendsMuch(ImageAction action)
{
    return action == ImageAction::Build || action == ImageAction::Load;
}

bool reportsLines(ImageAction action)
{
    return action != ImageAction::Save;
}

ImageWork::ImageWork(ImageAction action, service::EngineSession *session, const QString &folder,
                     std::string image)
    : m_action(action)
    , m_session(session)
    , m_folder(folder)
    , m_image(std::move(image))
    , m_images(session)
{
}

bool ImageWork::prepare(const QString &folder)
{
    const QDir place(folder);
    const QByteArray much(muchBytes, 'x');
    return place.mkpath(u"context"_s) && writeFile(place.filePath(u"load.tar"_s), much) &&
           writeFile(place.filePath(u"context/cargo"_s), much) &&
           writeFile(place.filePath(u"context/Dockerfile"_s), "FROM scratch\nCOPY cargo /\n");
}

QString ImageWork::savedFile(const QString &folder)
{
    return QDir(folder).filePath(u"saved.tar"_s);
}

void ImageWork::begin()
{
    const std::size_t colon = m_image.rfind(':');
    const docker::ImageName name{.repository = m_image.substr(0, colon),
                                 .tag = m_image.substr(colon + 1),
                                 .display = m_image};
    switch (m_action) {
    case ImageAction::Pull:
        follow(m_session->run(docker::PullImage{.image = name}, [](const auto &) {}));
        break;
    case ImageAction::Push:
        follow(m_session->run(docker::PushImage{.image = name}, [](const auto &) {}));
        break;
    case ImageAction::Load:
        follow(m_session->run(
            docker::LoadImage{.path = QDir(m_folder).filePath(u"load.tar"_s).toStdString()},
            [](const auto &) {}));
        break;
    case ImageAction::Save:
        follow(m_images.save(docker::SaveImages{.images = {{name.display, name.display}}},
                             savedFile(m_folder).toStdString(), [](std::uint64_t) {}));
        break;
    case ImageAction::Build:
        beginBuild();
        break;
    }
}

template<typename T>
void ImageWork::follow(const service::Operation<T> &operation)
{
    m_cancel = [operation] { operation.cancel(); };
    operation.then(this, [this](const Result<T> &result) {
        end(result ? std::nullopt : std::optional<Error>(result.error()));
    });
}

void ImageWork::beginBuild()
{
    service::ClassicBuild classic;
    classic.command.tags = {m_image};
    classic.context = {.context = QDir(m_folder).filePath(u"context"_s).toStdString(),
                       .dockerfile = {},
                       .currentFolder = "/"};
    docker::Client *client = &m_session->client();
    classic.run = [client](const docker::Command &command, docker::RunOptions options,
                           docker::Callback<docker::CommandReply> callback) {
        return client->run(command, std::move(options), std::move(callback));
    };
    classic.inspect = [client](const docker::InspectImage &question,
                               docker::Callback<docker::ImageDetails> callback) {
        return client->ask(question, std::move(callback));
    };
    m_build = std::make_unique<service::BuildRun>(docker::BuildxBuild{}, std::move(classic));
    m_cancel = [this] { m_build->stop(); };
    connect(m_build.get(), &service::BuildRun::finished, this, [this] { end(m_build->error()); });
    m_build->start();
}

void ImageWork::end(std::optional<Error> error)
{
    m_over = true;
    m_error = std::move(error);
}

} // namespace roadstead::test
