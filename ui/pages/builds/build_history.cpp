// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/build_history.h"

#include "engine/reference/words.h"
#include "ui/text/display_text.h"
#include "ui/text/secret_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr qint64 longestHistory = 4 << 20; ///< bytes

QJsonArray toJson(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const std::string &text : texts) {
        array.append(QString::fromStdString(text));
    }
    return array;
}

std::vector<std::string> textsIn(const QJsonValue &value)
{
    std::vector<std::string> texts;
    for (const QJsonValue &text : value.toArray()) {
        texts.push_back(text.toString().toStdString());
    }
    return texts;
}

/// Without the values of arguments whose names speak of a secret.
std::vector<std::string> keptArguments(const std::vector<std::string> &arguments)
{
    std::vector<std::string> kept;
    for (const std::string &argument : arguments) {
        const reference::Halves halves = reference::cut(argument, '=');
        const bool isSecret = looksSecret(halves.before, halves.after);
        kept.push_back(isSecret ? std::string(halves.before) + "=" : argument);
    }
    return kept;
}

QJsonObject toJson(const BuildForm &form)
{
    return {{u"context"_s, QString::fromStdString(form.context)},
            {u"dockerfile"_s, QString::fromStdString(form.dockerfile)},
            {u"tags"_s, toJson(form.tags)},
            {u"target"_s, QString::fromStdString(form.target)},
            {u"arguments"_s, toJson(keptArguments(form.arguments))},
            {u"secrets"_s, toJson(form.secrets)},
            {u"platforms"_s, QString::fromStdString(form.platforms)},
            {u"labels"_s, toJson(form.labels)},
            {u"cacheFrom"_s, toJson(form.cacheFrom)},
            {u"cacheTo"_s, toJson(form.cacheTo)},
            {u"ssh"_s, toJson(form.ssh)},
            {u"hosts"_s, toJson(form.hosts)},
            {u"network"_s, QString::fromStdString(form.network)},
            {u"builder"_s, QString::fromStdString(form.builder)},
            {u"noCache"_s, form.noCache},
            {u"pull"_s, form.pull},
            {u"destination"_s, int(form.destination)},
            {u"path"_s, QString::fromStdString(form.path)}};
}

BuildForm formIn(const QJsonObject &json)
{
    const auto text = [&json](QLatin1StringView name) {
        return json.value(name).toString().toStdString();
    };
    BuildForm form;
    form.context = text("context"_L1);
    form.dockerfile = text("dockerfile"_L1);
    form.tags = textsIn(json.value("tags"_L1));
    form.target = text("target"_L1);
    form.arguments = textsIn(json.value("arguments"_L1));
    form.secrets = textsIn(json.value("secrets"_L1));
    form.platforms = text("platforms"_L1);
    form.labels = textsIn(json.value("labels"_L1));
    form.cacheFrom = textsIn(json.value("cacheFrom"_L1));
    form.cacheTo = textsIn(json.value("cacheTo"_L1));
    form.ssh = textsIn(json.value("ssh"_L1));
    form.hosts = textsIn(json.value("hosts"_L1));
    form.network = text("network"_L1);
    form.builder = text("builder"_L1);
    form.noCache = json.value("noCache"_L1).toBool();
    form.pull = json.value("pull"_L1).toBool();
    const int destination = json.value("destination"_L1).toInt();
    form.destination =
        docker::BuildDestination(qBound(0, destination, int(docker::BuildDestination::Cache)));
    form.path = text("path"_L1);
    return form;
}

QJsonObject toJson(const BuildRecord &record)
{
    return {{u"id"_s, QString::fromStdString(record.id)},
            {u"name"_s, record.name},
            {u"context"_s, record.context},
            {u"line"_s, record.line},
            {u"problem"_s, record.problem},
            {u"digest"_s, record.digest},
            {u"startedAt"_s, record.startedAt.toString(Qt::ISODateWithMs)},
            {u"milliseconds"_s, double(record.milliseconds)},
            {u"steps"_s, record.steps},
            {u"cached"_s, record.cached},
            {u"outcome"_s, int(record.outcome)},
            {u"ref"_s, record.ref},
            {u"builder"_s, record.builder},
            {u"engine"_s, record.engine},
            {u"form"_s, toJson(record.form)}};
}

BuildRecord recordIn(const QJsonObject &json)
{
    BuildRecord record;
    record.id = json.value("id"_L1).toString().toStdString();
    record.name = json.value("name"_L1).toString();
    record.context = json.value("context"_L1).toString();
    record.line = json.value("line"_L1).toString();
    record.problem = json.value("problem"_L1).toString();
    record.digest = json.value("digest"_L1).toString();
    record.startedAt =
        QDateTime::fromString(json.value("startedAt"_L1).toString(), Qt::ISODateWithMs);
    record.milliseconds = qMax(0, json.value("milliseconds"_L1).toInteger());
    record.steps = qMax(0, json.value("steps"_L1).toInt());
    record.cached = qMax(0, json.value("cached"_L1).toInt());
    record.outcome = BuildRecord::Outcome(qBound(0, json.value("outcome"_L1).toInt(), 2));
    record.ref = json.value("ref"_L1).toString();
    record.builder = json.value("builder"_L1).toString();
    record.engine = json.value("engine"_L1).toString();
    record.form = formIn(json.value("form"_L1).toObject());
    return record;
}

void writeHistory(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(text);
        file.commit();
    }
}

/// What the file says; what cannot be read (damage, or a newer version of this program) is put
/// aside, so that nothing is written over it.
QList<BuildRecord> readHistory(const QString &path)
{
    QList<BuildRecord> records;
    QFile file(path);
    if (path.isEmpty() || !file.exists()) {
        return records;
    }
    QJsonObject all;
    if (file.size() <= longestHistory && file.open(QIODevice::ReadOnly)) {
        all = QJsonDocument::fromJson(file.readAll()).object();
    }
    file.close();
    if (!all.value("builds"_L1).isArray() ||
        all.value("version"_L1).toInt(1) > BuildHistory::version) {
        const QString aside = path + u".unread"_s;
        QFile::remove(aside);
        QFile::rename(path, aside);
        return records;
    }
    const QJsonArray builds = all.value("builds"_L1).toArray();
    for (const QJsonValue &value : builds) {
        BuildRecord record = recordIn(value.toObject());
        if (!record.id.empty() && record.startedAt.isValid() &&
            records.size() < BuildHistory::mostRecords) {
            records.append(std::move(record));
        }
    }
    return records;
}

QString shelfFolder(const QString &path)
{
    return path.isEmpty() ? QString() : QFileInfo(path).path() + u"/build-steps"_s;
}

} // namespace

QString BuildRecord::shownName() const
{
    return name.isEmpty() ? BuildHistory::tr("no name") : displayText(name, 200);
}

BuildHistory::BuildHistory(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_shelf(shelfFolder(m_path))
{
    load();
}

BuildHistory::~BuildHistory()
{
    m_shelf.waitForDone();
}

QString BuildHistory::usualPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/builds.json"_s;
}

void BuildHistory::load()
{
    if (m_path.isEmpty()) {
        m_loaded = true;
        return;
    }
    // The thread ends before this does; a call that is still on its way then goes with this.
    m_shelf.enqueue([this, path = m_path] {
        QList<BuildRecord> records = readHistory(path);
        QMetaObject::invokeMethod(
            this, [this, records = std::move(records)] { takeLoaded(records); },
            Qt::QueuedConnection);
    });
}

/// What was added meanwhile is newer.
void BuildHistory::takeLoaded(QList<BuildRecord> records)
{
    const bool hasNews = !m_records.isEmpty();
    m_records.append(std::move(records));
    m_records.resize(qMin<qsizetype>(m_records.size(), mostRecords));
    m_loaded = true;
    Q_EMIT changed();
    if (hasNews) {
        write();
    }
}

void BuildHistory::add(BuildRecord record, service::KeptBuild build)
{
    record.id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    m_shelf.keep(record.id, std::move(build));
    m_records.prepend(std::move(record));
    while (m_records.size() > mostRecords) {
        m_shelf.remove(m_records.takeLast().id);
    }
    Q_EMIT changed();
    write();
}

void BuildHistory::remove(const std::string &id)
{
    if (m_records.removeIf([&id](const BuildRecord &record) { return record.id == id; }) > 0) {
        m_shelf.remove(id);
        Q_EMIT changed();
        write();
    }
}

service::Operation<service::KeptBuild> BuildHistory::steps(const std::string &id)
{
    return m_shelf.read(id);
}

/// Not before what is kept is read: it would be lost.
void BuildHistory::write()
{
    if (m_path.isEmpty() || !m_loaded) {
        return;
    }
    m_shelf.enqueue([path = m_path, records = m_records] {
        QJsonArray all;
        for (const BuildRecord &record : records) {
            all.append(toJson(record));
        }
        const QJsonObject document{{u"version"_s, version}, {u"builds"_s, all}};
        writeHistory(path, QJsonDocument(document).toJson());
    });
}

} // namespace roadstead::ui
