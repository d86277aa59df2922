// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/image.h"
#include "ui/models/image_row.h"
#include "ui/pages/images/image_engine.h"
#include "ui/text/error_text.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace roadstead::ui {

/// Images on their way to a file and from one. Goes on when nobody looks; no widgets. GUI thread.
class ImageTransfers : public QObject
{
    Q_OBJECT
public:
    struct Transfer
    {
        int id = 0;
        QString title;                 ///< display text: "Saving nginx:1.27 to harbour.tar"
        QString amount;                ///< how far it is; empty at first
        std::optional<double> share{}; ///< 0 to 1; none where nobody knows the whole
        std::function<void()> cancel{};
    };

    /// `engine` must outlive this.
    explicit ImageTransfers(ImageEngine *engine, QObject *parent = nullptr);

    void save(const ImageRows &rows, const QString &path);
    void load(const QString &path);
    void import(const docker::ImportImage &command);
    void cancel(int id);
    [[nodiscard]] const std::vector<Transfer> &running() const { return m_running; }

Q_SIGNALS:
    void changed();
    void saved(const QString &path, qint64 bytes);
    /// Names of what the archive had, or their short ids; display text.
    void loaded(const QString &path, const QStringList &images);
    void imported(const QString &path, const QString &image);
    void failed(const roadstead::ui::Explanation &words);

private:
    int begin(const QString &title);
    void setCancel(int id, std::function<void()> cancel);
    void advance(int id, std::int64_t current, std::int64_t total);
    void end(int id, const std::optional<Error> &error, const QString &subject);
    [[nodiscard]] ImageEngine::ProgressReceiver progressOf(int id);

    ImageEngine *m_engine;
    std::vector<Transfer> m_running;
    int m_last = 0;
};

/// What an engine says it loaded, a name or an id a line.
[[nodiscard]] QStringList loadedImages(const std::string &printed);

} // namespace roadstead::ui
