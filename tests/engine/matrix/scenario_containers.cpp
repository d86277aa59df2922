// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/body_pipe.h"
#include "tests/engine/matrix/checks.h"
#include "tests/engine/matrix/scenario.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <future>
#include <mutex>
#include <tuple>

namespace roadstead::test {

using namespace docker;
using namespace std::chrono_literals;

namespace {

/// What a process writes. Lives on with a call that the test gave up.
struct Output
{
    std::promise<void> opened;
    std::string text;   ///< complete after the end
    std::string errors; ///< the same
};

} // namespace

std::string Scenario::create()
{
    const auto made = run(CreateContainer{
        .image = "shop:1",
        .name = "web",
        .command = {"sh", "-c",
                    "echo out; echo err >&2; trap 'exit 7' TERM; while :; do sleep 0.1; done"},
        .environment = {"A=b c"},
        .labels = {{"com.example", "x=y"}}});
    STEP_RESULT(made);
    const auto details = inspect("web");
    STEP_RESULT(details);
    STEP_VERIFY(details->id == made->text);
    STEP_VERIFY(details->state == ContainerState::Created);
    STEP_VERIFY(std::ranges::contains(details->environment, "A=b c"));
    STEP_VERIFY(details->labels.at("com.example") == "x=y");
    m_web.reference = made->text;
    return {};
}

std::string Scenario::nameTaken()
{
    const auto again = createIdle("web");
    STEP_VERIFY(!again);
    STEP_VERIFY2(again.error().kind == ErrorKind::Conflict, words(again.error()));
    return {};
}

std::string Scenario::start()
{
    STEP_RESULT(run(StartContainer{m_web}));
    const auto again = run(StartContainer{m_web});
    STEP_RESULT(again);
    STEP_VERIFY(again->unchanged);
    const auto list = await<std::vector<ContainerSummary>>(
        [&](auto done) { m_client.listContainers({.all = false}, std::move(done)); });
    STEP_RESULT(list);
    STEP_VERIFY(list->size() == 1);
    STEP_VERIFY(list->front().name == "web");
    STEP_VERIFY(list->front().state == ContainerState::Running);
    STEP_VERIFY(inspect("web")->pid > 0);
    return {};
}

std::string Scenario::logs()
{
    std::string text;
    const bool whole = QTest::qWaitFor([&] {
        const auto tail =
            await<std::string>([&](auto done) { m_client.logTail("web", 10, std::move(done)); });
        text = tail ? *tail : tail.error().detail;
        return text.contains("out\n") && text.contains("err\n");
    });
    STEP_VERIFY2(whole, text);
    // The two streams are told apart.
    std::string errors;
    const auto end = await<void>([&](auto done) {
        m_client.logs(m_web.reference, LogOptions{},
                      LogSink{.data =
                                  [&errors](LogStream stream, std::string_view piece) {
                                      if (stream == LogStream::Stderr) {
                                          errors.append(piece);
                                      }
                                      return Flow::Continue;
                                  },
                              .end = std::move(done)});
    });
    STEP_RESULT(end);
    STEP_VERIFY2(errors == "err\n", errors);
    return {};
}

std::string Scenario::exec()
{
    const auto made =
        run(CreateExec{.container = m_web, .command = {"sh", "-c", "exit 5"}, .detached = true});
    STEP_RESULT(made);
    STEP_VERIFY(QTest::qWaitFor([&] {
        const auto details = ask(InspectExec{made->text});
        return details && !details->running;
    }));
    STEP_VERIFY(ask(InspectExec{made->text})->exitCode == 5);
    return {};
}

std::string Scenario::execInput()
{
    for (const bool tty : {false, true}) {
        const auto output = std::make_shared<Output>();
        const http::BodyPipe pipe;
        bool written = false;
        const auto status = await<int>([&](auto done) {
            const Call call = m_client.exec(
                {.container = m_web,
                 .command = {"sh", "-c", "read a; echo got $a; echo bad >&2; exit 3"},
                 .input = true,
                 .tty = tty,
                 .rows = 24,
                 .columns = 80},
                pipe.source(),
                {.opened = [output](const std::string &) { output->opened.set_value(); },
                 .data =
                     [output](LogStream stream, std::string_view bytes) {
                         (stream == LogStream::Stderr ? output->errors : output->text)
                             .append(bytes);
                         return Flow::Continue;
                     },
                 .end = std::move(done)});
            pipe.setWake([call] { call.supply(); });
            written = output->opened.get_future().wait_for(30s) == std::future_status::ready &&
                      pipe.write("words\n");
        });
        STEP_RESULT(status);
        STEP_VERIFY(written);
        STEP_VERIFY2(*status == 3, std::to_string(*status));
        STEP_VERIFY2(output->text.contains("got words"), output->text);
        STEP_VERIFY2(output->errors == (tty ? "" : "bad\n"), output->errors);
    }
    return {};
}

std::string Scenario::putArchive()
{
    constexpr int size = 3'000'000;
    QFile file(m_folder.filePath(QStringLiteral("big")));
    STEP_VERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(size, 'x'));
    file.close();
    const QString tar = m_folder.filePath(QStringLiteral("in.tar"));
    STEP_VERIFY(QProcess::execute(QStringLiteral("tar"),
                                  {QStringLiteral("-C"), m_folder.path(), QStringLiteral("-cf"),
                                   tar, QStringLiteral("big")}) == 0);
    QFile archive(tar);
    STEP_VERIFY(archive.open(QIODevice::ReadOnly));
    RunOptions options;
    options.body = [&archive](std::span<char> room) -> Result<http::Given> {
        const qint64 got = archive.read(room.data(), static_cast<qint64>(room.size()));
        return http::Given{static_cast<std::size_t>(std::max<qint64>(got, 0)), got <= 0};
    };
    STEP_RESULT(await<CommandReply>([&](auto done) {
        m_client.run(PutArchive{m_web, "/"}, std::move(options), std::move(done));
    }));
    const auto stat =
        await<PathStat>([&](auto done) { m_client.statPath({m_web, "/big"}, std::move(done)); });
    STEP_RESULT(stat);
    STEP_VERIFY(stat->size == size);
    STEP_VERIFY(stat->isRegular);
    return {};
}

std::string Scenario::getArchive()
{
    const auto back = download(GetArchive{m_web, "/big"});
    STEP_RESULT(back);
    STEP_VERIFY(back->contains(std::string(3'000'000, 'x')));
    const auto nothing = download(GetArchive{m_web, "/nothing"});
    STEP_VERIFY(!nothing);
    STEP_VERIFY2(nothing.error().kind == ErrorKind::NotFound, words(nothing.error()));
    const auto whole = download(ExportContainer{m_web});
    STEP_RESULT(whole);
    STEP_VERIFY(whole->size() > 3'000'000);
    return {};
}

std::string Scenario::changes()
{
    const auto list = ask(ListChanges{m_web});
    STEP_RESULT(list);
    STEP_VERIFY(std::ranges::contains(*list, FileChange{"/big", ChangeKind::Added}));
    return {};
}

std::string Scenario::top()
{
    const auto processes = ask(TopContainer{m_web});
    STEP_RESULT(processes);
    STEP_VERIFY(std::ranges::contains(processes->titles, "PID"));
    STEP_VERIFY(!processes->processes.empty());
    return {};
}

std::string Scenario::stats()
{
    std::mutex mutex;
    std::vector<ContainerUsage> seen;
    Call call;
    const auto end = await<void>([&](auto done) {
        UsageSink sink;
        sink.usage = [&](const ContainerUsage &usage) {
            const std::scoped_lock lock(mutex);
            seen.push_back(usage);
        };
        sink.end = std::move(done);
        call = m_client.usage("web", std::move(sink));
        std::ignore = QTest::qWaitFor(
            [&] {
                const std::scoped_lock lock(mutex);
                return seen.size() >= 2;
            },
            15s);
        call.cancel();
    });
    STEP_VERIFY(!end && end.error().kind == ErrorKind::Cancelled);
    STEP_VERIFY(seen.size() >= 2);
    STEP_VERIFY(seen.back().memoryBytes > 0);
    STEP_VERIFY(seen.back().processes > 0);
    return {};
}

std::string Scenario::update()
{
    STEP_RESULT(run(UpdateContainer{.container = m_web, .cpuShares = 512}));
    const auto details = inspect("web");
    STEP_RESULT(details);
    STEP_VERIFY(details->raw.contains("\"CpuShares\":512"));
    return {};
}

std::string Scenario::pause()
{
    STEP_RESULT(run(PauseContainer{m_web}));
    STEP_VERIFY(inspect("web")->state == ContainerState::Paused);
    STEP_RESULT(run(UnpauseContainer{m_web}));
    STEP_VERIFY(inspect("web")->state == ContainerState::Running);
    return {};
}

std::string Scenario::restart()
{
    const auto before = inspect("web")->pid;
    STEP_RESULT(run(RestartContainer{m_web, 5}));
    const auto after = inspect("web");
    STEP_RESULT(after);
    STEP_VERIFY(after->state == ContainerState::Running);
    STEP_VERIFY(after->pid != before);
    return {};
}

std::string Scenario::rename()
{
    STEP_RESULT(run(RenameContainer{m_web, "shop"}));
    STEP_VERIFY(inspect(m_web.reference)->name == "shop");
    STEP_RESULT(run(RenameContainer{m_web, "web"}));
    return {};
}

std::string Scenario::events()
{
    std::mutex mutex;
    std::vector<std::string> seen;
    std::promise<void> opened;
    Call call;
    const auto done = await<void>([&](auto end) {
        call = m_client.events({.filters = {{"type", {"container"}}}},
                               {.opened = [&] { opened.set_value(); },
                                .event =
                                    [&](const Event &event) {
                                        const std::scoped_lock lock(mutex);
                                        seen.push_back(event.action);
                                        return Flow::Continue;
                                    },
                                .end = std::move(end)});
        opened.get_future().wait_for(10s);
        const Target other{"other", "other"};
        createIdle("other");
        run(StartContainer{other});
        run(KillContainer{other, "KILL"});
        await<int>([&](auto code) {
            m_client.waitContainer("other", WaitCondition::NotRunning, std::move(code));
        });
        run(RemoveContainer{other});
        std::ignore = QTest::qWaitFor([&] {
            const std::scoped_lock lock(mutex);
            return std::ranges::contains(seen, "destroy") || std::ranges::contains(seen, "remove");
        });
        call.cancel();
    });
    STEP_VERIFY(!done && done.error().kind == ErrorKind::Cancelled);
    for (const std::string &action : seen) {
        m_events += action + " ";
    }
    for (const char *action : {"create", "start", "kill", "die"}) {
        STEP_VERIFY2(std::ranges::contains(seen, action), action + (" is not in " + m_events));
    }
    return {};
}

std::string Scenario::destroyEvent()
{
    STEP_VERIFY2(m_events.contains("destroy "), m_events);
    return {};
}

std::string Scenario::stop()
{
    STEP_RESULT(run(StopContainer{m_web, 20}));
    const auto code = await<int>([&](auto done) {
        m_client.waitContainer("web", WaitCondition::NotRunning, std::move(done));
    });
    STEP_RESULT(code);
    STEP_VERIFY2(*code == 7, std::to_string(*code));
    STEP_VERIFY(inspect("web")->state == ContainerState::Exited);
    const auto again = run(StopContainer{m_web});
    STEP_RESULT(again);
    STEP_VERIFY(again->unchanged);
    return {};
}

std::string Scenario::remove()
{
    STEP_RESULT(run(RemoveContainer{m_web}));
    const auto again = run(RemoveContainer{m_web});
    STEP_RESULT(again);
    STEP_VERIFY(again->unchanged);
    const auto gone = inspect("web");
    STEP_VERIFY(!gone);
    STEP_VERIFY2(gone.error().kind == ErrorKind::NotFound, words(gone.error()));
    return {};
}

} // namespace roadstead::test
