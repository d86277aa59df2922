// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_engine_api [CONTAINERS [LINES [MEBIBYTES]]]: what engine/docker costs, beside curl on the
// same sockets in the same run. To be run on a machine of its own (tests/support/machine). Prints a
// table, then the same as one line of JSON.
//
// - a list of CONTAINERS (10,000) from the fake engine: fetched by curl, fetched and decoded by us,
//   decoded alone, and its text parsed into a tree, which is what decoding is compared with;
// - a log of LINES (1,000,000, 47 bytes each) of a real engine: taken in whole by curl and by us;
// - MEBIBYTES (1,024) written by a process of a real engine: how far our memory grows.
#include "engine/docker/client.h"
#include "engine/docker/codecs.h"
#include "engine/http/client.h"
#include "tests/bench/measures.h"
#include "tests/support/await.h"
#include "tests/support/fake_engine/fake_engine.h"
#include "tests/support/real_engine.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace roadstead;
using namespace roadstead::docker;
using namespace Qt::StringLiterals;
using bench::median;
using bench::MemoryMark;
using test::await;

namespace {

constexpr int rounds = 5;
constexpr std::chrono::milliseconds patience = std::chrono::minutes(15);

/// Milliseconds of what must yield true; negative when it does not.
double timed(const std::function<bool()> &work)
{
    QElapsedTimer timer;
    timer.start();
    const bool done = work();
    return done ? static_cast<double>(timer.nsecsElapsed()) / 1e6 : -1;
}

/// What curl reads from a socket; empty when it fails.
QByteArray curl(const QString &socket, const QString &path, const QString &output)
{
    QProcess process;
    process.start(u"curl"_s, {u"-sS"_s, u"--fail"_s, u"--unix-socket"_s, socket, u"-o"_s, output,
                              u"-w"_s, u"%{size_download}"_s, u"http://engine"_s + path});
    process.waitForFinished(-1);
    return process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

class Bench
{
public:
    Bench(int containers, qint64 lines, qint64 mebibytes)
        : m_containers(containers)
        , m_lines(lines)
        , m_mebibytes(mebibytes)
    {
    }
    bool run();

private:
    bool measureList();
    bool measureLog(RealEngine &engine, Client &client);
    bool measureMemory(RealEngine &engine, Client &client);
    void say(const QString &work, double value, const char *unit);

    http::Client m_http;
    QJsonObject m_results;
    int m_containers;
    qint64 m_lines;
    qint64 m_mebibytes;
};

void Bench::say(const QString &work, double value, const char *unit)
{
    std::printf("%-64s %10.2f %s\n", qPrintable(work), value, unit);
    std::fflush(stdout);
    m_results.insert(work, value);
}

bool Bench::measureList()
{
    const QTemporaryDir folder;
    const QString socket = folder.filePath(u"engine.sock"_s);
    test::FakeEngine engine({.socketPath = socket.toStdString(),
                             .containers = m_containers,
                             .running = m_containers / 10});
    if (!engine.start()) {
        return false;
    }
    const QString text = folder.filePath(u"list.json"_s);
    Client client(m_http, socket.toStdString());
    std::vector<double> byCurl;
    std::vector<double> byUs;
    std::vector<double> decoding;
    std::vector<double> parsing;
    for (int round = 0; round < rounds; ++round) {
        byCurl.push_back(timed(
            [&] { return !curl(socket, u"/v1.45/containers/json?all=1"_s, text).isEmpty(); }));
        byUs.push_back(timed([&] {
            const auto list = await<std::vector<ContainerSummary>>(
                [&](auto done) { client.listContainers({}, std::move(done)); });
            return list && std::ssize(*list) == m_containers;
        }));
        QFile file(text);
        if (!file.open(QFile::ReadOnly)) {
            return false;
        }
        const std::string json = file.readAll().toStdString();
        decoding.push_back(timed([&] {
            const auto list = decodeContainerList(json);
            return list && std::ssize(*list) == m_containers;
        }));
        parsing.push_back(timed([&] {
            return std::ssize(nlohmann::json::parse(json, nullptr, false)) == m_containers;
        }));
    }
    const QString list = QString::number(m_containers) + u" containers: "_s;
    say(list + u"curl fetches"_s, median(byCurl), "ms");
    say(list + u"Roadstead fetches and decodes"_s, median(byUs), "ms");
    say(list + u"decoded alone"_s, median(decoding), "ms");
    say(list + u"parsed into a tree, nothing taken out"_s, median(parsing), "ms");
    say(list + u"decoding / parsing"_s, median(decoding) / median(parsing), "");
    return std::ranges::min(byUs) > 0 && std::ranges::min(decoding) > 0 &&
           std::ranges::min(byCurl) > 0;
}

bool Bench::measureLog(RealEngine &engine, Client &client)
{
    const QByteArray id =
        engine
            .docker(
                {u"run"_s, u"-d"_s, u"busybox"_s, u"busybox"_s, u"awk"_s,
                 u"BEGIN{for(i=0;i<%1;i++)printf \"%08d a line of a log, as long as many are, ..\\n\",i}"_s
                     .arg(m_lines)})
            .trimmed();
    if (id.isEmpty() || engine.docker({u"wait"_s, QString::fromUtf8(id)}).trimmed() != "0") {
        return false;
    }
    const QString path =
        u"/v1.45/containers/%1/logs?stdout=1&stderr=1&tail=all"_s.arg(QString::fromUtf8(id));
    std::vector<double> byCurl;
    std::vector<double> byUs;
    std::vector<double> first;
    qint64 taken = 0;
    const MemoryMark memory;
    for (int round = 0; round < 3; ++round) {
        const auto curls = [&] {
            byCurl.push_back(
                timed([&] { return !curl(engine.socketPath(), path, u"/dev/null"_s).isEmpty(); }));
        };
        const auto ours = [&] {
            taken = 0;
            double firstBytes = -1;
            QElapsedTimer timer;
            timer.start();
            byUs.push_back(timed([&] {
                return await<void>(
                           [&](auto done) {
                               LogSink sink;
                               sink.data = [&](LogStream, std::string_view bytes) {
                                   if (firstBytes < 0) {
                                       firstBytes = static_cast<double>(timer.nsecsElapsed()) / 1e6;
                                   }
                                   taken += std::ranges::count(bytes, '\n');
                                   return Flow::Continue;
                               };
                               sink.end = std::move(done);
                               client.logs(id.toStdString(), {}, std::move(sink));
                           },
                           patience)
                           .has_value() &&
                       taken == m_lines;
            }));
            first.push_back(firstBytes);
        };
        // Each is first as often as the other.
        if (round % 2 == 0) {
            curls();
            ours();
        } else {
            ours();
            curls();
        }
    }
    const QString log = u"log of %1 lines: "_s.arg(m_lines);
    say(log + u"curl takes all"_s, median(byCurl), "ms");
    say(log + u"Roadstead takes all, lines counted"_s, median(byUs), "ms");
    say(log + u"Roadstead / curl"_s, median(byUs) / median(byCurl), "");
    say(log + u"first bytes after"_s, median(first), "ms");
    say(log + u"memory over what was there"_s, memory.grown(), "MiB");
    return std::ranges::min(byUs) > 0 && std::ranges::min(byCurl) > 0;
}

bool Bench::measureMemory(RealEngine &engine, Client &client)
{
    const QByteArray id =
        engine.docker({u"run"_s, u"-d"_s, u"busybox"_s, u"busybox"_s, u"sleep"_s, u"3600"_s})
            .trimmed();
    if (id.isEmpty()) {
        return false;
    }
    const MemoryMark memory;
    qint64 taken = 0;
    const double time = timed([&] {
        const auto status = await<int>(
            [&](auto done) {
                TerminalSink sink;
                sink.opened = [](const std::string &) {};
                sink.data = [&](LogStream, std::string_view bytes) {
                    taken += std::ssize(bytes);
                    return Flow::Continue;
                };
                sink.end = std::move(done);
                client.exec({.container = {id.toStdString(), "writer"},
                             .command = {"busybox", "head", "-c", std::to_string(m_mebibytes) + "m",
                                         "/dev/zero"}},
                            {}, std::move(sink));
            },
            patience);
        return status && *status == 0 && taken == m_mebibytes * 1024 * 1024;
    });
    const QString stream = u"%1 MiB of a process: "_s.arg(m_mebibytes);
    say(stream + u"taken in"_s, time, "ms");
    say(stream + u"memory over what was there"_s, memory.grown(), "MiB");
    return time > 0;
}

bool Bench::run()
{
    bool done = measureList();
    RealEngine engine;
    if (!engine.start() || !engine.importBusybox()) {
        return false;
    }
    Client client(m_http, engine.socketPath().toStdString());
    done = measureLog(engine, client) && done;
    done = measureMemory(engine, client) && done;
    std::printf("%s\n", QJsonDocument(m_results).toJson(QJsonDocument::Compact).constData());
    return done;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto number = [&](int at, int usual) {
        return arguments.size() > at ? arguments.at(at).toInt() : usual;
    };
    Bench bench(number(1, 10'000), number(2, 1'000'000), number(3, 1024));
    return bench.run() ? EXIT_SUCCESS : EXIT_FAILURE;
}
