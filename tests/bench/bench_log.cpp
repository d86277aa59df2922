// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_log [LINES...]: a log of LINES (1,000,000) real lines of 47 bytes, of a container of a real
// engine, beside curl and grep in the same run. To be run on a machine of its own
// (tests/support/machine). Prints a table, then the same as one line of JSON.
//
// - first lines, and all lines, kept in a store and ready to be drawn; the same log taken by curl;
// - memory over what was there before, with all lines kept;
// - searches, plain and with an expression: first hit, all; grep -c of the same text;
// - frames of the view, jumping anywhere, not wrapped and wrapped; two logs merged by time;
// - saved as a file.
#include "engine/service/engine_session.h"
#include "engine/service/log_feed.h"
#include "engine/service/log_search.h"
#include "engine/service/log_source.h"
#include "engine/service/logs/log_save.h"
#include "tests/support/real_engine.h"
#include "ui/pages/containers/logs/log_view.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <time.h>

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

namespace {

constexpr int benchPatience = 1'800'000;
constexpr int rounds = 3;

QElapsedTimer begun()
{
    QElapsedTimer timer;
    timer.start();
    return timer;
}

/// Lets the event loop turn until the condition holds; milliseconds that it took since the timer
/// was started, below 0 = never.
double waited(const std::function<bool()> &holds, QElapsedTimer timer = begun())
{
    QTimer tick; // something happens at least that often
    tick.start(1);
    while (!holds()) {
        if (timer.elapsed() > benchPatience) {
            return -1;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Of this thread, in milliseconds.
double processorTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Of this program, or of the programs that it waited for, in milliseconds.
double processorTimeOf(int whose)
{
    rusage usage{};
    ::getrusage(whose, &usage);
    const auto milliseconds = [](const timeval &time) {
        return double(time.tv_sec) * 1e3 + double(time.tv_usec) / 1e3;
    };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

/// The named line of a file of /proc/self in MiB.
double memoryOf(const char *file, const char *name)
{
    QFile status(QString(u"/proc/self/"_s + QLatin1StringView(file)));
    if (status.open(QFile::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith(name)) {
                return line.simplified().split(' ').value(1).toDouble() / 1024;
            }
        }
    }
    return -1;
}

/// Milliseconds that a command takes; below 0 when it fails. What it printed goes to `output`.
double timed(const QString &program, const QStringList &arguments, QByteArray *output = nullptr)
{
    QProcess process;
    const QElapsedTimer timer = begun();
    process.start(program, arguments);
    process.waitForFinished(-1);
    const double passed = double(timer.nsecsElapsed()) / 1e6;
    if (output != nullptr) {
        *output = process.readAllStandardOutput().trimmed();
    }
    return process.exitStatus() == QProcess::NormalExit && process.exitCode() <= 1 ? passed : -1;
}

double quantile(std::vector<double> values, double share)
{
    std::ranges::sort(values);
    return values.empty() ? -1 : values[std::size_t(double(values.size() - 1) * share)];
}

struct Log
{
    std::string id;
    std::shared_ptr<store::LineStore> store;
    std::unique_ptr<LogFeed> feed;
};

struct Sought
{
    QString what;
    QString pattern;
    bool isRegex = false;
    bool ignoresCase = false;
};

class LogBench
{
public:
    bool run(const std::vector<qint64> &sizes);

private:
    bool measure(qint64 lines);
    bool measureReading(Log &log, qint64 lines);
    bool measureSearch(const Log &log, const Sought &sought);
    bool measureFrames(const std::vector<ui::ShownLog> &logs, const QString &what, bool wrapped);
    bool measureSaving(const Log &log);
    Log print(qint64 lines);
    void open(Log &log);
    QString curlPath(const Log &log, bool timestamps) const;
    void say(const QString &work, double value, const char *unit);

    RealEngine m_engine;
    std::unique_ptr<EngineSession> m_session;
    QTemporaryDir m_folder;
    QJsonObject m_results;
    QString m_prefix;
    QString m_text; ///< the log's text as a file, for grep
};

void LogBench::say(const QString &work, double value, const char *unit)
{
    std::printf("%-72s %11.2f %s\n", qPrintable(m_prefix + work), value, unit);
    std::fflush(stdout);
    m_results.insert(m_prefix + work, value);
}

Log LogBench::print(qint64 lines)
{
    Log log;
    log.id = m_engine
                 .docker({u"run"_s, u"-d"_s, u"--network"_s, u"none"_s, u"busybox"_s, u"busybox"_s,
                          u"awk"_s,
                          u"BEGIN{for(i=0;i<%1;i++)printf \"%08d a line of a log, as long as many "
                          "are, ..\\n\",i}"_s.arg(lines)})
                 .trimmed()
                 .toStdString();
    m_engine.docker({u"wait"_s, QString::fromStdString(log.id)});
    return log;
}

QString LogBench::curlPath(const Log &log, bool timestamps) const
{
    return u"http://engine/v1.41/containers/%1/logs?stdout=1&stderr=1&tail=all&timestamps=%2"_s.arg(
        QString::fromStdString(log.id), timestamps ? u"1"_s : u"0"_s);
}

void LogBench::open(Log &log)
{
    log.feed.reset();
    log.store = store::LineStore::make(m_folder.path().toStdString()).value();
    log.feed = std::make_unique<LogFeed>(logSource(m_session.get(), log.id), log.store);
    log.feed->open();
}

bool LogBench::measureReading(Log &log, qint64 lines)
{
    const QString socket = m_engine.socketPath();
    const auto curl = [&](bool timestamps, const QString &output) {
        return timed(u"curl"_s, {u"-sS"_s, u"--fail"_s, u"--unix-socket"_s, socket, u"-o"_s, output,
                                 curlPath(log, timestamps)});
    };
    std::vector<double> byCurl;
    std::vector<double> first;
    std::vector<double> all;
    double own = processorTimeOf(RUSAGE_SELF);
    double others = processorTimeOf(RUSAGE_CHILDREN);
    const double base = memoryOf("smaps_rollup", "Pss:");
    double most = 0;
    for (int round = 0; round < rounds; ++round) {
        if (round % 2 == 0) { // each is first as often as the other
            byCurl.push_back(curl(true, u"/dev/null"_s));
        }
        open(log);
        first.push_back(waited([&] { return log.store->range().end > 0; }));
        const double loaded = waited([&] { return log.feed->state() != LogState::Loading; });
        log.feed->readAll();
        QElapsedTimer looked = begun();
        const double rest = waited([&] {
            if (looked.elapsed() > 200) { // it takes the kernel a while to count
                most = std::max(most, memoryOf("smaps_rollup", "Pss:"));
                looked.start();
            }
            return !log.feed->isReadingOlder();
        });
        most = std::max(most, memoryOf("smaps_rollup", "Pss:"));
        all.push_back(first.back() + loaded + rest);
        const auto range = log.store->range();
        if (range.end - range.first != lines) {
            std::fprintf(stderr, "%s lines are there\n",
                         std::to_string(range.end - range.first).c_str());
            return false;
        }
        if (round % 2 != 0) {
            byCurl.push_back(curl(true, u"/dev/null"_s));
        }
    }
    own = processorTimeOf(RUSAGE_SELF) - own;
    others = processorTimeOf(RUSAGE_CHILDREN) - others;
    const double ours = quantile(all, 0.5);
    const double theirs = quantile(byCurl, 0.5);
    say(u"first lines"_s, quantile(first, 0.5), "ms");
    say(u"curl takes all"_s, theirs, "ms");
    say(u"all lines kept"_s, ours, "ms");
    say(u"all lines kept / curl"_s, ours / theirs, "");
    say(u"all lines kept / curl, processor time"_s, own / others, "");
    say(u"memory over base (PSS), most"_s, most - base, "MiB");
    say(u"on disk"_s, double(log.store->bytesOnDisk()) / (1 << 20), "MiB");
    m_text = m_folder.filePath(u"text"_s);
    return timed(u"/bin/sh"_s, {u"-c"_s, u"docker -H unix://%1 logs %2 > %3 2>&1"_s.arg(
                                             socket, QString::fromStdString(log.id), m_text)}) > 0;
}

bool LogBench::measureSearch(const Log &log, const Sought &sought)
{
    QByteArray counted;
    QStringList grep{u"-c"_s, sought.isRegex ? u"-E"_s : u"-F"_s, u"-e"_s, sought.pattern, m_text};
    QRegularExpression expression(sought.isRegex ? sought.pattern
                                                 : QRegularExpression::escape(sought.pattern));
    if (sought.ignoresCase) {
        grep.prepend(u"-i"_s);
        expression.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    }
    std::vector<double> byGrep;
    std::vector<double> first;
    std::vector<double> all;
    std::int64_t found = 0;
    for (int round = 0; round < rounds; ++round) {
        byGrep.push_back(timed(u"grep"_s, grep, &counted));
        const QElapsedTimer timer = begun();
        LogSearch search(log.store, expression, store::allClasses);
        search.refresh();
        first.push_back(
            waited([&] { return search.matches().count() > 0 || !search.isRunning(); }, timer));
        all.push_back(waited([&] { return !search.isRunning(); }, timer));
        found = search.matches().count();
    }
    const QString what = u"search, "_s + sought.what + u": "_s;
    const double grepTime = quantile(byGrep, 0.5);
    say(what + u"first hit"_s, quantile(first, 0.5), "ms");
    say(what + u"all"_s, quantile(all, 0.5), "ms");
    say(what + u"grep -c"_s, grepTime, "ms");
    say(what + u"all / grep -c"_s, quantile(all, 0.5) / grepTime, "");
    if (found != counted.toLongLong()) {
        std::fprintf(stderr, "found %s, grep %s\n", std::to_string(found).c_str(),
                     counted.constData());
        return false;
    }
    return true;
}

/// Each frame at another place, drawn whole into memory.
bool LogBench::measureFrames(const std::vector<ui::ShownLog> &logs, const QString &what,
                             bool wrapped)
{
    ui::LogView view;
    view.resize(1064, 560);
    view.setLogs(logs, logs.size() > 1);
    view.setFollowing(false);
    view.setWrapped(wrapped);
    view.show();
    QImage image(view.viewport()->size(), QImage::Format_ARGB32_Premultiplied);
    std::minstd_rand random(11);
    std::vector<double> frames;
    std::vector<double> ownFrames; // without what other programs took meanwhile
    for (int i = 0; i < 300; ++i) {
        const double before = processorTime();
        const QElapsedTimer timer = begun();
        view.verticalScrollBar()->setValue(
            int(random() % unsigned(std::max(1, view.verticalScrollBar()->maximum()))));
        view.viewport()->render(&image);
        frames.push_back(double(timer.nsecsElapsed()) / 1e6);
        ownFrames.push_back(processorTime() - before);
    }
    say(what + u": median frame"_s, quantile(frames, 0.5), "ms");
    say(what + u": p99 frame"_s, quantile(frames, 0.99), "ms");
    say(what + u": p99 frame, processor time"_s, quantile(ownFrames, 0.99), "ms");
    return view.rows() > 0;
}

bool LogBench::measureSaving(const Log &log)
{
    LogSaveOrder order;
    order.path = m_folder.filePath(u"saved"_s).toStdString();
    order.source = logSource(m_session.get(), log.id);
    LogSave save(std::move(order));
    bool over = false;
    bool worked = false;
    QObject::connect(&save, &LogSave::finished, &save, [&](const Result<LogSaved> &result) {
        over = true;
        worked = result.has_value();
    });
    save.start();
    const double ours = waited([&] { return over; });
    const double cli =
        timed(u"/bin/sh"_s,
              {u"-c"_s, u"docker -H unix://%1 logs %2 > %3 2>&1"_s.arg(
                            m_engine.socketPath(), QString::fromStdString(log.id), m_text)});
    say(u"saved to a file"_s, ours, "ms");
    say(u"docker logs > file"_s, cli, "ms");
    say(u"saved / docker logs"_s, ours / cli, "");
    QByteArray difference;
    timed(u"cmp"_s, {m_text, m_folder.filePath(u"saved"_s)}, &difference);
    QFile::remove(m_folder.filePath(u"saved"_s));
    return worked && difference.isEmpty();
}

bool LogBench::measure(qint64 lines)
{
    m_prefix = u"%1 lines: "_s.arg(lines);
    Log log = print(lines);
    if (!measureReading(log, lines)) {
        return false;
    }
    // One line in a thousand, all over the log.
    bool done = measureSearch(log, {u"plain"_s, u"777 a line"_s});
    done = measureSearch(log, {u"plain, in any case"_s, u"777 A Line"_s, false, true}) && done;
    done = measureSearch(log, {u"expression"_s, u"0[13]7[0-9]* a (line|word) of a log"_s, true}) &&
           done;
    // In each line, at its start or anywhere; and where only its end is a text.
    done = measureSearch(log, {u"expression that is everywhere"_s, u"^[0-9]+ a"_s, true}) && done;
    done =
        measureSearch(log, {u"expression that ends with a text"_s, u"[a-z0-9 ]+99 a l"_s, true}) &&
        done;
    const std::vector<ui::ShownLog> one{{log.store, u"api"_s, "api", ui::Color::Chart1}};
    done = measureFrames(one, u"scroll anywhere"_s, false) && done;
    done = measureFrames(one, u"scroll anywhere, wrapped"_s, true) && done;
    Log other = print(std::min<qint64>(lines, 1'000'000));
    open(other);
    waited([&] { return other.feed->state() != LogState::Loading; });
    other.feed->readAll();
    waited([&] { return !other.feed->isReadingOlder(); });
    done = measureFrames({one.front(), {other.store, u"db"_s, "db", ui::Color::Chart2}},
                         u"scroll anywhere, two logs merged"_s, false) &&
           done;
    done = measureSaving(log) && done;
    QFile::remove(m_text);
    for (const std::string &id : {log.id, other.id}) {
        m_engine.docker({u"rm"_s, QString::fromStdString(id)});
    }
    return done;
}

bool LogBench::run(const std::vector<qint64> &sizes)
{
    if (!m_engine.start() || !m_engine.importBusybox()) {
        return false;
    }
    m_session = std::make_unique<EngineSession>(m_engine.socketPath());
    m_session->open();
    if (waited([this] { return m_session->link() == Link::Live; }) < 0) {
        return false;
    }
    bool done = true;
    for (const qint64 lines : sizes) {
        done = measure(lines) && done;
    }
    m_session.reset();
    std::printf("%s\n", QJsonDocument(m_results).toJson(QJsonDocument::Compact).constData());
    return done;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    ui::Theme::instance().install(*qApp);
    std::vector<qint64> sizes;
    for (const QString &argument : QCoreApplication::arguments().mid(1)) {
        sizes.push_back(argument.toLongLong());
    }
    LogBench bench;
    return bench.run(sizes.empty() ? std::vector<qint64>{1'000'000} : sizes) ? EXIT_SUCCESS
                                                                             : EXIT_FAILURE;
}
