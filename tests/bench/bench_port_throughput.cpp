// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_port_throughput [SECONDS [ROUNDS [WORK]]]: a published TCP port through roadstead-port and
// through docker-proxy, by turns, in one run: to the same container, each from a client on the
// loopback of the namespace in which it listens. To be run on a machine of its own
// (tests/support/machine). Prints a table, then the same as one line of JSON.
#include "tests/app/port/engine_bed.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace roadstead::test;

namespace {

struct Row
{
    const char *name;
    const char *unit;
    QString arguments; ///< of iperf3's client, or none for short connections
};

struct Path
{
    const char *name;
    bool isInEngine;
    int port;
    qint64 process;
};

/// Processor time of a process so far, in seconds.
double processorTime(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QFile::ReadOnly)) {
        return 0;
    }
    const QByteArray all = file.readAll();
    const QList<QByteArray> fields = all.sliced(all.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble()) / 100;
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// GB/s of the receiving end; negative on failure.
double throughput(const Outcome &outcome)
{
    const QJsonObject end =
        QJsonDocument::fromJson(outcome.output).object().value(u"end").toObject();
    const double bits =
        end.value(u"sum_received").toObject().value(u"bits_per_second").toDouble(-1);
    return bits < 0 ? -1 : bits / 8e9;
}

class Bench
{
public:
    /// Each measurement takes `seconds` and is made `rounds` times each way. `only`: a part of the
    /// name of the work to be done; empty for all.
    Bench(int seconds, int rounds, const QByteArray &only)
        : m_seconds(seconds)
        , m_rounds(rounds)
        , m_only(only)
    {
    }
    int run();

private:
    QByteArray prepare();
    void measure(const Row &row);
    double once(const Row &row, const Path &path);

    EngineBed m_bed;
    QProcess m_proxies;
    std::vector<Path> m_throughput;
    std::vector<Path> m_connections;
    QJsonArray m_results;
    int m_seconds;
    int m_rounds;
    QByteArray m_only;
};

QByteArray Bench::prepare()
{
    if (const QByteArray problem = m_bed.prepare(); !problem.isEmpty()) {
        return problem;
    }
    const auto start = [this](const char *line) { return m_bed.docker(QString::fromLatin1(line)); };
    const Outcome server = start("run -d --name server -p 127.0.0.1:8080:5201 box /iperf3 -s");
    const Outcome echo = start("run -d --name echo -p 127.0.0.1:8081:7 box /peer serve 7");
    if (server.status != 0 || echo.status != 0) {
        return server.errors + echo.errors;
    }
    const auto address = [&start](const char *name) {
        return QString::fromLatin1(
            start((QByteArray("inspect -f {{.NetworkSettings.IPAddress}} ") + name).constData())
                .output);
    };
    m_proxies.setProcessChannelMode(QProcess::MergedChannels);
    m_proxies.start(
        // In a session of their own, as dockerd's are: the scheduler shares by sessions.
        QStringLiteral("setsid"),
        {QStringLiteral("nsenter"), QStringLiteral("--net=/run/roadstead-engine/1001/netns"),
         QStringLiteral("bash"), QStringLiteral("-c"),
         QStringLiteral("proxy() { docker-proxy -proto tcp -host-ip 127.0.0.1 -host-port $1 "
                        "-container-ip $2 -container-port $3 3>/dev/null & echo $!; }; "
                        "proxy 8180 %1 5201; proxy 8181 %2 7; wait")
             .arg(address("server"), address("echo"))});
    QByteArrayList lines;
    while (lines.size() < 2 && m_proxies.waitForReadyRead(5000)) {
        lines += m_proxies.readAll().trimmed().split('\n');
    }
    const auto forwarder = [this](const char *port) { return m_bed.forwarders(port).value(0); };
    m_throughput = {{"roadstead-port", false, 8080, forwarder("-host-port 8080 ")},
                    {"docker-proxy", true, 8180, lines.value(0).toLongLong()}};
    m_connections = {{"roadstead-port", false, 8081, forwarder("-host-port 8081 ")},
                     {"docker-proxy", true, 8181, lines.value(1).toLongLong()}};
    return {};
}

double Bench::once(const Row &row, const Path &path)
{
    const bool isShort = row.arguments.isEmpty();
    const QString line = isShort ? QStringLiteral(PEER " connect 127.0.0.1 %1 1000").arg(path.port)
                                 : QStringLiteral("iperf3 -J -c 127.0.0.1 -p %1 -t %2 %3")
                                       .arg(path.port)
                                       .arg(m_seconds)
                                       .arg(row.arguments);
    Outcome outcome;
    // iperf3's server is not there for a moment after each test.
    for (int tries = 0; tries < 20; ++tries) {
        outcome = path.isInEngine ? m_bed.inEngine(line) : roadstead::test::run(words(line));
        if (outcome.status == 0) {
            break;
        }
    }
    if (outcome.status != 0) {
        std::fprintf(stderr, "%s: %s\n", path.name, (outcome.output + outcome.errors).constData());
        return -1;
    }
    const double seconds = outcome.output.split(' ').value(0).toDouble();
    return isShort ? 1000 / seconds : throughput(outcome);
}

void Bench::measure(const Row &row)
{
    std::vector<Path> &paths = row.arguments.isEmpty() ? m_connections : m_throughput;
    std::vector<std::vector<double>> values(paths.size());
    std::vector<double> processor(paths.size());
    for (int round = 0; round < m_rounds; ++round) {
        for (std::size_t k = 0; k < paths.size(); ++k) {
            // Each is first as often as the other.
            const std::size_t i = round % 2 == 0 ? k : paths.size() - 1 - k;
            const double before = processorTime(paths[i].process);
            const double value = once(row, paths[i]);
            processor[i] += processorTime(paths[i].process) - before;
            values[i].push_back(value);
        }
    }
    QJsonObject result{{QStringLiteral("work"), QLatin1String(row.name)},
                       {QStringLiteral("unit"), QLatin1String(row.unit)}};
    std::printf("%-28s", row.name);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const double middle = median(values[i]);
        std::printf("  %s %8.2f %s (%5.2f s CPU)", paths[i].name, middle, row.unit, processor[i]);
        result.insert(QLatin1String(paths[i].name), middle);
        result.insert(QLatin1String(paths[i].name) + QStringLiteral(" CPU seconds"), processor[i]);
    }
    const double ratio = median(values[0]) > 0 ? median(values[0]) / median(values[1]) : -1;
    std::printf("  ratio %.2f\n", ratio);
    std::fflush(stdout);
    result.insert(QStringLiteral("ratio"), ratio);
    m_results.append(result);
}

int Bench::run()
{
    if (const QByteArray problem = prepare(); !problem.isEmpty()) {
        std::fprintf(stderr, "bench_port_throughput: %s\n", problem.constData());
        return EXIT_FAILURE;
    }
    for (const Row &row : {Row{"to the container, 1 stream", "GB/s", QStringLiteral("-P 1")},
                           Row{"from the container, 1 stream", "GB/s", QStringLiteral("-R")},
                           Row{"to the container, 8 streams", "GB/s", QStringLiteral("-P 8")},
                           Row{"from the container, 8", "GB/s", QStringLiteral("-R -P 8")},
                           Row{"short connections", "/s", QString()}}) {
        if (QByteArray(row.name).contains(m_only)) {
            measure(row);
        }
    }
    std::printf("%s\n", QJsonDocument(m_results).toJson(QJsonDocument::Compact).constData());
    m_proxies.kill();
    m_proxies.waitForFinished();
    const bool isComplete = std::ranges::all_of(m_results, [](const QJsonValue &value) {
        return value.toObject().value(u"ratio").toDouble(-1) > 0;
    });
    return isComplete ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    return Bench(std::max(arguments.value(1).toInt(), 1), std::max(arguments.value(2).toInt(), 1),
                 arguments.value(3).toUtf8())
        .run();
}
