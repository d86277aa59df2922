// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wizards/run/run_form.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// Forms that a person keeps under a name, as command lines in a JSON file. Values of secret
/// variables are not kept. The draft of a form that could not be finished is beside them. GUI
/// thread; the file is small.
class RunPresets : public QObject
{
    Q_OBJECT
public:
    /// `path`: of the file; it and its folder are made by the first save().
    explicit RunPresets(QString path, QObject *parent = nullptr);

    /// In the folder of this program's data.
    static QString usualPath();

    [[nodiscard]] QStringList names() const; ///< in alphabetical order
    /// The form of that name; an empty one when there is none, or it cannot be read any more.
    [[nodiscard]] RunForm form(const QString &name) const;
    /// Replaces one of the same name. Fails with ErrorKind::Io or DiskFull.
    Result<void> save(const QString &name, const RunForm &form);
    Result<void> remove(const QString &name);

    /// Keeps what is being filled in, for the next start of the program; nothing where it cannot be
    /// read as a command. Fails as save() does.
    Result<void> keepDraft(const RunForm &form);
    /// What was kept so, once.
    [[nodiscard]] std::optional<RunForm> takeDraft();

    /// Names of the variables whose values would be left out.
    [[nodiscard]] static QStringList leftOut(const RunForm &form);

Q_SIGNALS:
    void changed();

private:
    struct Preset
    {
        QString name;
        std::vector<std::string> words;
    };
    void load();
    Result<void> write(const std::vector<Preset> &presets, const std::vector<std::string> &draft);

    QString m_path;
    std::vector<Preset> m_presets;
    std::vector<std::string> m_draft; ///< words of a form with an image; empty = none
};

/// The form of words that were kept: variables whose values were left out are missing.
[[nodiscard]] RunForm keptForm(const docker::RunLine &line);

/// Reads files of --env-file, --label-file and seccomp profiles, at most 1 MiB, nothing but plain
/// files.
[[nodiscard]] Result<std::string> readOptionFile(const std::string &path);

} // namespace roadstead::ui
