// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/containers/details_text.h"

#include "engine/base/rfc3339.h"
#include "engine/reference/image_reference.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace roadstead::ui {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(roadstead::ui::ContainerDetails)
};

bool isLoopback(std::string_view ip)
{
    return ip.starts_with("127.") || ip == "::1";
}

constexpr std::chrono::seconds usualHealthTime{30}; ///< the engine's, between checks and for one

/// "10 s", "0.5 s"; of `usual` where none is set.
QString lengthText(std::chrono::nanoseconds length, std::chrono::nanoseconds usual)
{
    using namespace std::chrono;
    const auto wanted = duration_cast<milliseconds>(length.count() > 0 ? length : usual);
    return wanted.count() % 1000 == 0 ? durationText(duration_cast<seconds>(wanted).count())
                                      : elapsedText(wanted.count());
}

} // namespace

bool isAnonymousVolume(const docker::Mount &mount)
{
    constexpr std::size_t madeNameLength = 64;
    return mount.type == "volume" && mount.name.size() == madeNameLength &&
           mount.name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Exposure exposureOf(const docker::Port &port)
{
    if (port.publicPort == 0) {
        return Exposure::ItsNetworksOnly;
    }
    return isLoopback(port.ip) ? Exposure::ThisComputerOnly : Exposure::OtherComputers;
}

QString exposureText(Exposure exposure)
{
    switch (exposure) {
    case Exposure::OtherComputers:
        return Text::tr("Other computers");
    case Exposure::ThisComputerOnly:
        return Text::tr("This computer only");
    case Exposure::ItsNetworksOnly:
        break;
    }
    return Text::tr("Its networks only");
}

QString signalOfExit(int code)
{
    struct Signal
    {
        int number;
        const char *name;
    };
    // Numbers of Linux on every architecture that an engine runs on.
    static constexpr std::array known{
        Signal{1, "SIGHUP"},   Signal{2, "SIGINT"},   Signal{3, "SIGQUIT"}, Signal{4, "SIGILL"},
        Signal{6, "SIGABRT"},  Signal{8, "SIGFPE"},   Signal{9, "SIGKILL"}, Signal{11, "SIGSEGV"},
        Signal{13, "SIGPIPE"}, Signal{14, "SIGALRM"}, Signal{15, "SIGTERM"}};
    constexpr int signalBase = 128;
    const auto found = std::ranges::find(known, code - signalBase, &Signal::number);
    return found == known.end() ? QString() : QString::fromLatin1(found->name);
}

QString exitText(int code, bool oomKilled)
{
    if (oomKilled) {
        return Text::tr("%1, out of memory").arg(code);
    }
    const QString name = signalOfExit(code);
    return name.isEmpty() ? QString::number(code) : Text::tr("%1, by %2").arg(code).arg(name);
}

QString healthRhythm(const docker::HealthOptions &check)
{
    constexpr int usualRetries = 3;
    return Text::tr("Every %1, %2")
        .arg(lengthText(check.interval, usualHealthTime),
             Text::tr("%n tries", nullptr, int(check.retries > 0 ? check.retries : usualRetries)));
}

QString healthTimes(const docker::HealthOptions &check)
{
    constexpr std::chrono::seconds usualStartInterval{5};
    QStringList times{
        Text::tr("Times out after %1").arg(lengthText(check.timeout, usualHealthTime))};
    if (check.startPeriod.count() > 0) {
        times.append(Text::tr("start period %1, every %2")
                         .arg(lengthText(check.startPeriod, {}),
                              lengthText(check.startInterval, usualStartInterval)));
    } else {
        times.append(Text::tr("no start period"));
    }
    return times.join(QStringLiteral(" · "));
}

std::string registryDigest(const std::vector<std::string> &digests, std::string_view image)
{
    const auto nameOf = [](std::string_view reference) {
        const auto parsed = reference::parseNormalized(reference);
        return parsed ? parsed->name() : std::string();
    };
    const std::string name = nameOf(image);
    const auto own = std::ranges::find(digests, name, nameOf);
    return digests.empty() ? std::string() : own == digests.end() ? digests.front() : *own;
}

QString restartPolicyText(const docker::ContainerDetails &details)
{
    if (details.restartPolicy == "always") {
        return Text::tr("Always");
    }
    if (details.restartPolicy == "unless-stopped") {
        return Text::tr("Unless stopped");
    }
    if (details.restartPolicy == "on-failure") {
        return details.restartMaximum > 0
                   ? Text::tr("On failure, at most %n times", nullptr, details.restartMaximum)
                   : Text::tr("On failure");
    }
    return Text::tr("Never");
}

QString cpuLimitText(const docker::ContainerDetails &details)
{
    constexpr double nano = 1e9;
    return details.nanoCpus > 0
               ? QLocale().toString(static_cast<double>(details.nanoCpus) / nano, 'f', 1)
               : Text::tr("No limit");
}

QString memoryLimitText(const docker::ContainerDetails &details)
{
    return details.memoryLimit > 0 ? memorySizeText(details.memoryLimit) : Text::tr("No limit");
}

QString pidsLimitText(const docker::ContainerDetails &details)
{
    return details.pidsLimit > 0 ? numberText(details.pidsLimit) : Text::tr("No limit");
}

QString timeText(std::string_view rfc3339, std::int64_t now)
{
    const std::optional<Timestamp> stamp = parseRfc3339(rfc3339);
    if (!stamp) {
        return unknownText();
    }
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(stamp->seconds());
    const QDateTime present = QDateTime::fromSecsSinceEpoch(now);
    const QString time = moment.time().toString(QStringLiteral("HH:mm:ss"));
    const qint64 days = moment.date().daysTo(present.date());
    if (days == 0) {
        return Text::tr("Today %1").arg(time);
    }
    if (days == 1) {
        return Text::tr("Yesterday %1").arg(time);
    }
    return QLocale().toString(moment.date(), QLocale::ShortFormat) + u' ' + time;
}

QString fullTimeText(std::string_view rfc3339)
{
    const std::optional<Timestamp> stamp = parseRfc3339(rfc3339);
    if (!stamp) {
        return {};
    }
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(stamp->seconds());
    return QLocale().toString(moment.date(), QLocale::LongFormat) + u' ' +
           moment.time().toString(QStringLiteral("HH:mm:ss"));
}

std::optional<double> secondsBetween(std::string_view start, std::string_view end)
{
    const std::optional<Timestamp> from = parseRfc3339(start);
    const std::optional<Timestamp> to = parseRfc3339(end);
    if (!from || !to) {
        return std::nullopt;
    }
    constexpr double nano = 1e9;
    return static_cast<double>(to->nanoseconds - from->nanoseconds) / nano;
}

} // namespace roadstead::ui
