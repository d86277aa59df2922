// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_images [MEBIBYTES [FILES [ROUNDS]]]: pull, push, save, load and the classic build of an
// image of MEBIBYTES (256) that cannot be compressed, and of a context of FILES (100,000), by us
// and by the docker command in turn: the same engine, the same registry, the same run. To be run on
// a machine of its own (tests/support/machine). Prints a table, then the same as one line of JSON.
#include "engine/service/engine_session.h"
#include "tests/bench/measures.h"
#include "tests/support/image_work.h"
#include "tests/support/real_engine.h"
#include "tests/support/real_registry.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <vector>

using namespace roadstead;
using namespace Qt::StringLiterals;
using bench::median;
using bench::MemoryMark;
using test::ImageAction;
using test::ImageWork;

namespace {

constexpr int endlessly = 600'000;

bool writeRandom(const QString &path, qint64 mebibytes)
{
    QFile file(path);
    std::vector<quint32> block(1U << 18U);
    bool good = file.open(QIODevice::WriteOnly);
    for (qint64 number = 0; good && number < mebibytes; ++number) {
        QRandomGenerator::global()->fillRange(block.data(), std::ssize(block));
        good = file.write(reinterpret_cast<const char *>(block.data()), 1 << 20) == 1 << 20;
    }
    return good;
}

class Bench
{
public:
    Bench(int mebibytes, int files, int rounds)
        : m_mebibytes(mebibytes)
        , m_files(files)
        , m_rounds(rounds)
    {
    }
    bool run();

private:
    enum class Side { Command, Ours };
    struct Step
    {
        ImageAction action;
        std::function<bool()> prepare; ///< before each time, not measured
        std::function<QStringList()> command;
    };

    bool prepareImage();
    bool prepareContext() const;
    bool freshRegistry(bool filled);
    [[nodiscard]] bool docker(const QStringList &arguments) const;
    [[nodiscard]] bool forget() const;
    bool measure(const Step &step);
    double once(const Step &step, Side side);
    void say(const QString &work, double value, const char *unit);
    [[nodiscard]] QString tag() const
    {
        return QString::fromStdString(m_registry->name()) + u"/cargo:1"_s;
    }
    [[nodiscard]] QString in(const QString &name) const { return m_folder.filePath(name); }

    const int m_mebibytes;
    const int m_files;
    const int m_rounds;
    QTemporaryDir m_folder;
    RealEngine m_engine;
    std::unique_ptr<RealRegistry> m_registry;
    std::unique_ptr<service::EngineSession> m_session;
    QJsonObject m_results;
};

void Bench::say(const QString &work, double value, const char *unit)
{
    std::printf("%-64s %10.2f %s\n", qPrintable(work), value, unit);
    std::fflush(stdout);
    m_results.insert(work, value);
}

bool Bench::docker(const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DOCKER_BUILDKIT"_s, u"0"_s); // the sender of the classic builder
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"docker"_s,
                  QStringList{u"-H"_s, u"unix://"_s + m_engine.socketPath()} + arguments);
    process.waitForFinished(endlessly);
    const bool good = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!good) {
        std::fprintf(stderr, "docker %s: %s\n", qPrintable(arguments.join(u' ')),
                     process.readAll().constData());
    }
    return good;
}

bool Bench::prepareImage()
{
    const QDir files(in(u"image"_s));
    return files.mkpath(u"."_s) && writeRandom(files.filePath(u"cargo"_s), m_mebibytes) &&
           QProcess::execute(u"tar"_s,
                             {u"-C"_s, files.path(), u"-cf"_s, in(u"image.tar"_s), u"."_s}) == 0 &&
           docker({u"import"_s, in(u"image.tar"_s), u"cargo:1"_s}) &&
           docker({u"save"_s, u"-o"_s, in(u"load.tar"_s), u"cargo:1"_s});
}

bool Bench::prepareContext() const
{
    const QDir context(in(u"context"_s));
    const QByteArray text(200, 't');
    for (int number = 0; number < m_files; ++number) {
        const QString folder = QString::number(number / 500);
        QFile file(context.filePath(folder + u"/file-"_s + QString::number(number)));
        if ((number % 500 == 0 && !context.mkpath(folder)) || !file.open(QIODevice::WriteOnly) ||
            file.write(text) != text.size()) {
            return false;
        }
    }
    QFile dockerfile(context.filePath(u"Dockerfile"_s));
    return dockerfile.open(QIODevice::WriteOnly) &&
           dockerfile.write("FROM scratch\nLABEL of=bench\n") > 0;
}

/// An empty one, so that nothing exists there, or one that holds the image.
bool Bench::freshRegistry(bool filled)
{
    m_registry = std::make_unique<RealRegistry>();
    return m_registry->start(RealRegistry::Auth::None) && docker({u"tag"_s, u"cargo:1"_s, tag()}) &&
           (!filled || docker({u"push"_s, u"-q"_s, tag()}));
}

bool Bench::forget() const
{
    const QByteArray ids = m_engine.docker({u"images"_s, u"-aq"_s}).simplified();
    return ids.isEmpty() ||
           docker(QStringList{u"rmi"_s, u"-f"_s} + QString::fromUtf8(ids).split(u' '));
}

/// Milliseconds; negative when it fails.
double Bench::once(const Step &step, Side side)
{
    if (!step.prepare()) {
        return -1;
    }
    QElapsedTimer timer;
    if (side == Side::Command) {
        const QStringList arguments = step.command();
        timer.start();
        return docker(arguments) ? static_cast<double>(timer.nsecsElapsed()) / 1e6 : -1;
    }
    ImageWork work(step.action, m_session.get(), m_folder.path(),
                   step.action == ImageAction::Save ? "cargo:1" : tag().toStdString());
    timer.start();
    work.begin();
    const bool ended = QTest::qWaitFor([&work] { return work.isOver(); }, endlessly);
    const double took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    if (!ended || work.error()) {
        std::fprintf(stderr, "%s: %s\n", nameOf(step.action),
                     work.error() ? work.error()->detail.c_str() : "does not end");
        return -1;
    }
    return took;
}

bool Bench::measure(const Step &step)
{
    std::map<Side, std::vector<double>> times;
    double grown = 0;
    for (int round = 0; round < m_rounds; ++round) {
        // Each is first as often as the other.
        for (const Side side : {round % 2 == 0 ? Side::Command : Side::Ours,
                                round % 2 == 0 ? Side::Ours : Side::Command}) {
            const MemoryMark memory;
            times[side].push_back(once(step, side));
            if (times[side].back() < 0) {
                return false;
            }
            grown = side == Side::Ours ? std::max(grown, memory.grown()) : grown;
        }
    }
    const QString name = QString::fromLatin1(nameOf(step.action)) + u": "_s;
    say(name + u"docker"_s, median(times[Side::Command]), "ms");
    say(name + u"Roadstead"_s, median(times[Side::Ours]), "ms");
    say(name + u"Roadstead / docker"_s, median(times[Side::Ours]) / median(times[Side::Command]),
        "");
    say(name + u"memory over what was there"_s, grown, "MiB");
    return true;
}

bool Bench::run()
{
    if (!m_engine.start() || !prepareImage() || !prepareContext()) {
        return false;
    }
    m_session = std::make_unique<service::EngineSession>(m_engine.socketPath());
    m_session->open();
    if (!QTest::qWaitFor([this] { return m_session->link() == service::Link::Live; }, 30'000) ||
        !freshRegistry(true)) {
        return false;
    }
    const auto loaded = [this] { return docker({u"load"_s, u"-q"_s, u"-i"_s, in(u"load.tar"_s)}); };
    const std::vector<Step> steps{
        {ImageAction::Pull, [this] { return forget(); },
         [this] { return QStringList{u"pull"_s, tag()}; }},
        {ImageAction::Push, [this, loaded] { return loaded() && freshRegistry(false); },
         [this] { return QStringList{u"push"_s, tag()}; }},
        {ImageAction::Save, [] { return true; },
         [this] { return QStringList{u"save"_s, u"-o"_s, in(u"saved.tar"_s), u"cargo:1"_s}; }},
        {ImageAction::Load, [this] { return forget(); },
         [this] { return QStringList{u"load"_s, u"-i"_s, in(u"load.tar"_s)}; }},
        {ImageAction::Build, [] { return true; },
         [this] { return QStringList{u"build"_s, u"-t"_s, tag(), in(u"context"_s)}; }}};
    const bool done =
        std::ranges::all_of(steps, [this](const Step &step) { return measure(step); });
    m_session.reset();
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
    Bench bench(number(1, 256), number(2, 100'000), number(3, 5));
    return bench.run() ? EXIT_SUCCESS : EXIT_FAILURE;
}
