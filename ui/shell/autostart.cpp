// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr auto operation = "settings.autostart";

std::unexpected<Error> failed(const QFileDevice &file)
{
    return failure(ErrorKind::Io, operation, file.errorString().toStdString());
}

} // namespace

Autostart::Autostart(QString configFolder)
    : m_path(configFolder + u"/autostart/org.roadstead.Roadstead.desktop"_s)
{
}

bool Autostart::isOn() const
{
    return QFile::exists(m_path);
}

Result<void> Autostart::set(bool on, bool minimized)
{
    if (!on) {
        QFile file(m_path);
        if (file.exists() && !file.remove()) {
            return failed(file);
        }
        return {};
    }
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly)) {
        return failed(file);
    }
    file.write("[Desktop Entry]\nType=Application\nName=Roadstead\nIcon=roadstead\nExec=roadstead");
    file.write(minimized ? " --minimized\n" : "\n");
    if (!file.commit()) {
        return failed(file);
    }
    return {};
}

} // namespace roadstead::ui
