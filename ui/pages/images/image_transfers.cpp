// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_transfers.h"

#include "ui/pages/images/image_action.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QFileInfo>
#include <QPointer>

#include <algorithm>
#include <array>
#include <utility>

namespace roadstead::ui {

namespace {

QString fileName(const QString &path)
{
    return displayText(QFileInfo(path).fileName(), 80);
}

} // namespace

ImageTransfers::ImageTransfers(ImageEngine *engine, QObject *parent)
    : QObject(parent)
    , m_engine(engine)
{
}

int ImageTransfers::begin(const QString &title)
{
    m_running.push_back({++m_last, title, {}});
    Q_EMIT changed();
    return m_last;
}

void ImageTransfers::setCancel(int id, std::function<void()> cancel)
{
    const auto found = std::ranges::find(m_running, id, &Transfer::id);
    if (found != m_running.end()) {
        found->cancel = std::move(cancel);
    }
}

void ImageTransfers::advance(int id, std::int64_t current, std::int64_t total)
{
    const auto found = std::ranges::find(m_running, id, &Transfer::id);
    if (found == m_running.end()) {
        return;
    }
    found->share = total > 0 ? std::optional(double(current) / double(total)) : std::nullopt;
    found->amount = total > 0 ? tr("%1 of %2").arg(diskSizeText(current), diskSizeText(total))
                              : diskSizeText(current);
    Q_EMIT changed();
}

void ImageTransfers::end(int id, const std::optional<Error> &error, const QString &subject)
{
    std::erase_if(m_running, [id](const Transfer &each) { return each.id == id; });
    Q_EMIT changed();
    if (error && error->kind != ErrorKind::Cancelled) {
        Q_EMIT failed(describe(*error, subject));
    }
}

void ImageTransfers::cancel(int id)
{
    const auto found = std::ranges::find(m_running, id, &Transfer::id);
    if (found != m_running.end() && found->cancel) {
        const auto stop = found->cancel; // the end may come at once
        stop();
    }
}

ImageEngine::ProgressReceiver ImageTransfers::progressOf(int id)
{
    return [self = QPointer(this), id](const std::vector<docker::Progress> &lines) {
        if (self && !lines.empty() && lines.back().total > 0) {
            self->advance(id, lines.back().current, lines.back().total);
        }
    };
}

void ImageTransfers::save(const ImageRows &rows, const QString &path)
{
    const QString subject =
        rows.size() == 1 ? rows.front()->title() : tr("%n images", nullptr, int(rows.size()));
    const int id = begin(tr("Saving %1 to %2").arg(subject, fileName(path)));
    const auto operation = m_engine->save(savingOf(rows), path.toStdString(),
                                          [self = QPointer(this), id](std::uint64_t bytes) {
                                              if (self) {
                                                  self->advance(id, std::int64_t(bytes), 0);
                                              }
                                          });
    setCancel(id, [operation] { operation.cancel(); });
    operation.then(this, [this, id, path, subject](const Result<std::uint64_t> &bytes) {
        end(id, bytes ? std::nullopt : std::optional<Error>(bytes.error()), subject);
        if (bytes) {
            Q_EMIT saved(path, qint64(*bytes));
        }
    });
}

void ImageTransfers::load(const QString &path)
{
    const int id = begin(tr("Loading %1").arg(fileName(path)));
    const auto operation =
        m_engine->run(docker::LoadImage{.path = path.toStdString()}, progressOf(id));
    setCancel(id, [operation] { operation.cancel(); });
    operation.then(this, [this, id, path](const Result<std::string> &printed) {
        end(id, printed ? std::nullopt : std::optional<Error>(printed.error()), fileName(path));
        if (printed) {
            Q_EMIT loaded(path, loadedImages(*printed));
        }
    });
}

void ImageTransfers::import(const docker::ImportImage &command)
{
    const QString path = QString::fromStdString(command.source);
    const int id = begin(tr("Importing %1").arg(fileName(path)));
    const auto operation = m_engine->run(command, progressOf(id));
    setCancel(id, [operation] { operation.cancel(); });
    operation.then(this, [this, id, path, name = command.name](const Result<std::string> &reply) {
        end(id, reply ? std::nullopt : std::optional<Error>(reply.error()), fileName(path));
        if (reply) {
            Q_EMIT imported(path, displayText(name.empty() ? *reply : name, 80));
        }
    });
}

QStringList loadedImages(const std::string &printed)
{
    constexpr std::array<std::string_view, 2> heads{"Loaded image: ", "Loaded image ID: "};
    QStringList images;
    std::string_view rest = printed;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        for (const std::string_view head : heads) {
            if (line.starts_with(head)) {
                images.append(displayText(line.substr(head.size()), 120));
            }
        }
    }
    return images;
}

} // namespace roadstead::ui
