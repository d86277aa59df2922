// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/models/container_row.h"

#include "engine/base/text.h"

#include <algorithm>
#include <tuple>

namespace roadstead::ui {

using docker::ContainerState;
using docker::Health;

namespace {

constexpr std::size_t longestName = 256;
constexpr qsizetype shortIdLength = 12;

QString shown(const std::string &hostile)
{
    TextRules rules;
    rules.maxCharacters = longestName;
    rules.elision = Elision::Middle;
    return QString::fromStdString(safeText(hostile, rules));
}

QList<PortLink> published(const std::vector<docker::Port> &ports)
{
    QList<PortLink> links;
    for (const docker::Port &port : ports) {
        if (port.publicPort == 0) {
            continue;
        }
        const bool tcp = port.protocol == "tcp";
        const QString host = hostOf(port.ip);
        const auto same = std::ranges::find_if(links, [&](const PortLink &link) {
            return link.port == port.publicPort && link.host == host;
        });
        if (same == links.end()) {
            links.append({port.publicPort, tcp, host});
        } else {
            same->tcp = same->tcp || tcp;
        }
    }
    // "localhost" first: it is the one that is always there.
    std::ranges::sort(links, {}, [](const PortLink &link) {
        return std::tuple(link.port, link.host != QLatin1StringView("localhost"), link.host);
    });
    return links;
}

QString haystackOf(const ContainerRow &row)
{
    QString text = row.name + u'\n' + row.image + u'\n' + row.project + u'\n' +
                   QString::fromStdString(row.id).left(shortIdLength);
    for (const PortLink &link : row.ports) {
        text += u'\n' + QString::number(link.port);
    }
    return text.toCaseFolded();
}

} // namespace

QString hostOf(const std::string &ip)
{
    const bool usual =
        ip.empty() || ip == "0.0.0.0" || ip == "::" || ip == "127.0.0.1" || ip == "::1";
    return usual ? QStringLiteral("localhost") : QString::fromStdString(ip);
}

QString PortLink::address() const
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

ContainerRow::ContainerRow(const Source &source)
    : id(source.id)
    , rawImage(source.image)
    , imageId(source.imageId)
    , created(source.created)
{
    const auto label = source.labels.find("com.docker.compose.project");
    if (label != source.labels.end()) {
        rawProject = label->second;
    }
    project = shown(rawProject);
    read(source);
}

ContainerRow::ContainerRow(const Source &source, const ContainerRow &before)
    : ContainerRow(before)
{
    rawImage = source.image;
    imageId = source.imageId;
    if (state != source.state || exitCode != source.exitCode) {
        since.reset();
    }
    read(source);
    if (!isAlive()) {
        hasStats = false;
        cpuHistory.clear();
    }
}

void ContainerRow::read(const Source &source)
{
    rawName = source.name;
    name = shown(rawName);
    image = shown(rawImage);
    state = source.state;
    health = source.health;
    exitCode = source.exitCode;
    status = source.status;
    rawPorts = source.ports;
    ports = published(rawPorts);
    networks = source.networks;
    sortName = naturalSortKey(name);
    sortImage = naturalSortKey(image);
    haystack = haystackOf(*this);
}

/// Labels, creation time and command never change while an id lives, so they are not compared.
bool ContainerRow::matches(const Source &source) const
{
    return state == source.state && health == source.health && exitCode == source.exitCode &&
           status == source.status && rawName == source.name && rawImage == source.image &&
           rawPorts == source.ports && networks == source.networks;
}

ContainerMark ContainerRow::mark() const
{
    switch (state) {
    case ContainerState::Created:
        return ContainerMark::Created;
    case ContainerState::Running:
        return health == Health::Unhealthy ? ContainerMark::Unhealthy : ContainerMark::Running;
    case ContainerState::Paused:
        return ContainerMark::Paused;
    case ContainerState::Restarting:
        return ContainerMark::Restarting;
    case ContainerState::Removing:
        return ContainerMark::Removing;
    case ContainerState::Exited:
        return exitCode.value_or(0) == 0 ? ContainerMark::Exited : ContainerMark::Failed;
    case ContainerState::Dead:
        return ContainerMark::Dead;
    case ContainerState::Unknown:
        break;
    }
    return ContainerMark::Unknown;
}

StateFilter ContainerRow::filter() const
{
    switch (mark()) {
    case ContainerMark::Running:
        return StateFilter::Running;
    case ContainerMark::Unhealthy:
        return StateFilter::Unhealthy;
    case ContainerMark::Restarting:
        return StateFilter::Restarting;
    case ContainerMark::Paused:
        return StateFilter::Paused;
    case ContainerMark::Created:
        return StateFilter::Created;
    case ContainerMark::Exited:
    case ContainerMark::Failed:
    case ContainerMark::Dead:
    case ContainerMark::Removing:
    case ContainerMark::Unknown:
        break;
    }
    return StateFilter::Exited;
}

bool ContainerRow::isRunning() const
{
    return state == ContainerState::Running;
}

bool ContainerRow::isAlive() const
{
    return state == ContainerState::Running || state == ContainerState::Paused ||
           state == ContainerState::Restarting;
}

QString naturalSortKey(const QString &text)
{
    const QString folded = text.toCaseFolded();
    QString key;
    key.reserve(folded.size() + 8);
    for (qsizetype i = 0; i < folded.size();) {
        if (folded[i] < u'0' || folded[i] > u'9') {
            key += folded[i++];
            continue;
        }
        qsizetype end = i;
        while (end < folded.size() && folded[end] >= u'0' && folded[end] <= u'9') {
            ++end;
        }
        while (i + 1 < end && folded[i] == u'0') {
            ++i;
        }
        // A longer run of digits is a larger number: its length stands in front, among the digits.
        key += QChar(static_cast<char16_t>(u'0' + std::min<qsizetype>(end - i, 9)));
        key += QStringView(folded).sliced(i, end - i);
        i = end;
    }
    return key;
}

} // namespace roadstead::ui
