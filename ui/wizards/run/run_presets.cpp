// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_presets.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr qint64 longestFile = 1 << 20;
/// Stands in a draft for an image that is not chosen yet: no registry has such a name (RFC 6761).
constexpr std::string_view noImageYet = "not-chosen.invalid/image";

std::vector<std::string> wordsOf(const QJsonValue &words)
{
    std::vector<std::string> all;
    for (const QJsonValue &word : words.toArray()) {
        all.push_back(word.toString().toStdString());
    }
    return all;
}

QJsonArray arrayOf(const std::vector<std::string> &words)
{
    QJsonArray all;
    for (const std::string &word : words) {
        all.append(QString::fromStdString(word));
    }
    return all;
}

std::unexpected<Error> writeFailure(const QSaveFile &file)
{
    const bool isFull = file.error() == QFileDevice::ResourceError;
    return failure(isFull ? ErrorKind::DiskFull : ErrorKind::Io, "preset.save",
                   file.errorString().toStdString());
}

} // namespace

RunPresets::RunPresets(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    load();
}

QString RunPresets::usualPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           u"/run-presets.json"_s;
}

void RunPresets::load()
{
    QFile file(m_path);
    if (file.size() > longestFile || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    const QJsonArray all = document.object().value("presets"_L1).toArray();
    for (const QJsonValue &value : all) {
        Preset preset{value["name"_L1].toString(), wordsOf(value["arguments"_L1])};
        if (!preset.name.isEmpty() && !preset.words.empty()) {
            m_presets.push_back(std::move(preset));
        }
    }
    m_draft = wordsOf(document.object().value("draft"_L1));
}

QStringList RunPresets::names() const
{
    QStringList names;
    for (const Preset &preset : m_presets) {
        names.append(preset.name);
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

RunForm RunPresets::form(const QString &name) const
{
    const auto found = std::ranges::find(m_presets, name, &Preset::name);
    if (found == m_presets.end()) {
        return {};
    }
    const auto line = docker::parseRunArguments(found->words, {.readFile = readOptionFile});
    return line ? keptForm(*line) : RunForm{};
}

Result<void> RunPresets::save(const QString &name, const RunForm &form)
{
    std::vector<Preset> presets = m_presets;
    std::erase_if(presets, [&name](const Preset &preset) { return preset.name == name; });
    presets.push_back({name, runWords(form, RunSecrets::ByName)});
    return write(presets, m_draft);
}

Result<void> RunPresets::remove(const QString &name)
{
    std::vector<Preset> presets = m_presets;
    std::erase_if(presets, [&name](const Preset &preset) { return preset.name == name; });
    return write(presets, m_draft);
}

Result<void> RunPresets::keepDraft(const RunForm &form)
{
    RunForm kept = form;
    if (kept.image.empty()) {
        kept.image = noImageYet;
    }
    return write(m_presets, runWords(kept, RunSecrets::ByName));
}

std::optional<RunForm> RunPresets::takeDraft()
{
    if (m_draft.empty()) {
        return {};
    }
    const auto line = docker::parseRunArguments(m_draft, {.readFile = readOptionFile});
    // Where this fails, the draft is offered once more.
    if (!write(m_presets, {}) || !line) {
        return {};
    }
    RunForm form = keptForm(*line);
    if (form.image == noImageYet) {
        form.image.clear();
    }
    return form;
}

Result<void> RunPresets::write(const std::vector<Preset> &presets,
                               const std::vector<std::string> &draft)
{
    QJsonArray all;
    for (const Preset &preset : presets) {
        all.append(QJsonObject{{u"name"_s, preset.name}, {u"arguments"_s, arrayOf(preset.words)}});
    }
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly)) {
        return writeFailure(file);
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QJsonObject content{{u"presets"_s, all}};
    if (!draft.empty()) {
        content[u"draft"_s] = arrayOf(draft);
    }
    file.write(QJsonDocument(content).toJson());
    if (!file.commit()) {
        return writeFailure(file);
    }
    m_presets = presets;
    m_draft = draft;
    Q_EMIT changed();
    return {};
}

QStringList RunPresets::leftOut(const RunForm &form)
{
    QStringList names;
    for (const RunVariable &variable : form.environment) {
        if (variable.hasValue && variable.isSecret()) {
            names.append(QString::fromStdString(variable.name));
        }
    }
    return names;
}

RunForm keptForm(const docker::RunLine &line)
{
    RunForm form = formOf(line);
    for (RunVariable &variable : form.environment) {
        variable.isMissing = !variable.hasValue;
    }
    return form;
}

Result<std::string> readOptionFile(const std::string &path)
{
    const QString name = QString::fromStdString(path);
    QFile file(name);
    if (!QFileInfo(name).isFile() || file.size() > longestFile || !file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::InvalidArgument, "option.read", path + " cannot be read");
    }
    return file.read(longestFile).toStdString();
}

} // namespace roadstead::ui
