// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_engine.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

namespace roadstead::ui {

class Toast;
class ToastHost;

/// Loads images from archives on this computer, one after the other, and tells how far it is and
/// which images came. GUI thread only.
class ImageLoads : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive this; without `toasts` nothing is told.
    ImageLoads(RunEngine *engine, ToastHost *toasts, QObject *parent = nullptr);
    ~ImageLoads() override;

    void begin(const QStringList &paths);
    [[nodiscard]] static QString lineFor(const QStringList &paths);

private:
    void loadNext();
    void tellProgress(const std::vector<docker::Progress> &lines);
    void finish(const QString &path, const Result<std::string> &reply);

    RunEngine *m_engine;
    ToastHost *m_toasts;
    QStringList m_waiting;
    service::Operation<std::string> m_work;
    bool m_isBusy = false;
    QPointer<Toast> m_toast;
};

/// The names in what the engine prints after loading, display text.
[[nodiscard]] QStringList loadedNames(const std::string &reply);

} // namespace roadstead::ui
