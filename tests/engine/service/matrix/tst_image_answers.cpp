// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/service/matrix/image_fault_bed.h"
#include "tests/support/test_program/test_program.h"

#include <QElapsedTimer>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tst_image_answers {

using namespace roadstead;
using namespace roadstead::service;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace roadstead::test;

/// Pull, push, build, load and save when the engine answers wrongly, late or not at all, and when
/// our own disk is full.
class TestImageAnswers : public test::ImageFaultBed
{
    Q_OBJECT

private Q_SLOTS:
    /// A5 to A9 and A11: what the engine answers, or does not.
    void anAnswerThatIsWrong_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const auto add = [](const char *name, const auto &actions, const Fault &fault,
                            ErrorKind kind, const char *words = "") {
            forEach(name, actions, [&](QTestData &row, ImageAction action) {
                Fault here = fault;
                here.path = pathOf(action);
                const bool isLost =
                    kind == ErrorKind::ConnectionLost || kind == ErrorKind::MalformedReply;
                row << action << here << (isLost ? lost(action, kind) : kind)
                    << QString::fromLatin1(words);
            });
        };
        using Kind = Fault::Kind;
        const auto &all = test::imageActions;
        constexpr std::array lines{ImageAction::Pull, ImageAction::Push, ImageAction::Build,
                                   ImageAction::Load};
        add("A5 cut at byte 1", all, {.kind = Kind::Cut, .value = 1}, ErrorKind::ConnectionLost);
        add("A5 cut in the headers", all, {.kind = Kind::Cut, .value = 30},
            ErrorKind::ConnectionLost);
        add("A5 cut at the body", all, {.kind = Kind::CutBody, .value = 0},
            ErrorKind::ConnectionLost);
        add("A5 cut in the body", all, {.kind = Kind::CutBody, .value = 5},
            ErrorKind::ConnectionLost);
        add("A5 cut in a chunk", all,
            {.kind = Kind::Raw, .text = std::string(streamHead) + "1d\r\n{\"status\""},
            ErrorKind::ConnectionLost);
        add("A5 cut between chunks", all,
            {.kind = Kind::Raw, .text = std::string(streamHead) + oneChunk},
            ErrorKind::ConnectionLost);
        add("A5 whole, with half a line", lines,
            {.kind = Kind::Raw,
             .text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"status\":"},
            ErrorKind::MalformedReply);
        add("A5 no HTTP", all, {.kind = Kind::Raw, .text = "SSH-2.0-OpenSSH_9.2\r\n"},
            ErrorKind::MalformedReply);
        const auto status = [&](int code, const char *text, ErrorKind kind, const char *words) {
            add(qPrintable(u"A6 %1 %2"_s.arg(code).arg(QString::fromLatin1(text).left(6))), all,
                {.kind = Kind::Status, .value = code, .text = text}, kind, words);
        };
        status(400, R"({"message":"no such platform"})", ErrorKind::BadRequest, "no such platform");
        status(401, R"({"message":"sign in first"})", ErrorKind::Unauthorized, "sign in first");
        status(403, R"({"message":"not for you"})", ErrorKind::Unauthorized, "not for you");
        status(404, R"({"message":"manifest unknown"})", ErrorKind::NotFound, "manifest unknown");
        status(409, R"({"message":"in use"})", ErrorKind::Conflict, "in use");
        status(500, R"({"message":"it broke"})", ErrorKind::EngineFailed, "it broke");
        status(500, "plain words", ErrorKind::EngineFailed, "plain words");
        status(500, "<html><b>Oops</b></html>", ErrorKind::EngineFailed, "Oops");
        status(500, "", ErrorKind::EngineFailed, "");
        status(503, "", ErrorKind::EngineFailed, "");
        add("A7 an error inside of 200", lines,
            {.kind = Kind::Raw, .text = failing("layer 3f2a is missing")}, ErrorKind::EngineFailed,
            "layer 3f2a is missing");
        add("A9 the engine's disk is full, in the stream", lines,
            {.kind = Kind::Raw, .text = failing("write /x: no space left on device")},
            ErrorKind::DiskFull, "no space left");
        add("A9 the engine's disk is full, at once", all,
            {.kind = Kind::Status,
             .value = 500,
             .text = R"({"message":"write /x: no space left on device"})"},
            ErrorKind::DiskFull, "no space left");
        add("A11 reset", all, {.kind = Kind::Cut, .value = 0}, ErrorKind::ConnectionLost);
    }
    void anAnswerThatIsWrong()
    {
        QFETCH(ImageAction, action);
        QFETCH(Fault, fault);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        m_engine->addFault(fault);
        ImageWork work(action, m_session.get(), folder());
        work.begin();
        QVERIFY(isToldAs(work, kind));
        QVERIFY2(QByteArrayView(work.error()->detail).contains(words.toUtf8()),
                 work.error()->detail.c_str());
        worksAgain(action);
    }

    /// A2 and A8: silence and slowness end by themselves, or by the person.
    void aFrozenEngineGoesOn_data() { actionRows("A2 frozen for a while"); }
    void aFrozenEngineGoesOn()
    {
        QFETCH(ImageAction, action);
        m_engine->freeze();
        ImageWork work(action, m_session.get(), folder());
        work.begin();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), Link::NotAnswering, patience);
        QVERIFY(!work.isOver());
        m_engine->thaw();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QVERIFY2(!work.error(), work.error() ? work.error()->detail.c_str() : "");
        QCOMPARE(requestsWith(pathOf(action)), 1); // it is not asked twice
        QTRY_COMPARE(m_session->link(), Link::Live);
    }

    void aSlowAnswerIsWaitedFor_data() { actionRows("A8 the first byte is late"); }
    void aSlowAnswerIsWaitedFor()
    {
        QFETCH(ImageAction, action);
        m_engine->addFault({.kind = Fault::Kind::Delay,
                            .path = pathOf(action),
                            .value = 1500, // more than an engine may be silent here
                            .times = 1});
        ImageWork work(action, m_session.get(), folder());
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QVERIFY2(!work.error(), work.error() ? work.error()->detail.c_str() : "");
        QCOMPARE(m_session->link(), Link::Live); // everything else was answered
    }

    void aPersonEndsIt_data()
    {
        QTest::addColumn<ImageAction>("action");
        QTest::addColumn<Fault>("fault");
        const auto add = [](const char *name, const Fault &fault) {
            forEach(name, test::imageActions, [&](QTestData &row, ImageAction action) {
                Fault here = fault;
                here.path = pathOf(action);
                here.times = 1;
                row << action << here;
            });
        };
        add("A2 never answered", {.kind = Fault::Kind::Stall});
        add("A2 silent in the stream",
            {.kind = Fault::Kind::RawOpen, .text = std::string(streamHead) + oneChunk});
        add("A8 a byte a second", {.kind = Fault::Kind::Trickle, .value = 1});
    }
    void aPersonEndsIt()
    {
        QFETCH(ImageAction, action);
        QFETCH(Fault, fault);
        m_engine->addFault(fault);
        ImageWork work(action, m_session.get(), folder());
        work.begin();
        QTRY_COMPARE_WITH_TIMEOUT(requestsWith(pathOf(action)), 1, patience);
        QTest::qWait(100);
        QVERIFY(!work.isOver());
        QElapsedTimer clock;
        clock.start();
        work.cancel();
        QVERIFY(isToldAs(work, ErrorKind::Cancelled));
        QVERIFY2(clock.elapsed() < cancelled * slowness(),
                 qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
        worksAgain(action);
    }

    /// A10: our own disk.
    void aFullDiskLeavesTheOldArchive()
    {
        if (::geteuid() != 0) {
            QSKIP("only root makes a disk that is full");
        }
        const QByteArray disk = QFile::encodeName(QDir(folder()).filePath(u"disk"_s));
        QCOMPARE(::mkdir(disk.constData(), 0700), 0);
        if (::mount("tmpfs", disk.constData(), "tmpfs", 0, "size=16k") != 0) {
            QSKIP("no file system can be mounted here");
        }
        const QString place = QFile::decodeName(disk);
        QFile old(ImageWork::savedFile(place));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("of before") == 9);
        old.close();
        const std::string body(200'000, 'x');
        m_engine->addFault({.kind = Fault::Kind::Raw,
                            .path = pathOf(ImageAction::Save),
                            .text = "HTTP/1.1 200 OK\r\nContent-Length: " +
                                    std::to_string(body.size()) + "\r\n\r\n" + body});
        ImageWork work(ImageAction::Save, m_session.get(), place);
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        const auto error = work.error();
        const QStringList left = QDir(place).entryList(QDir::Files | QDir::Hidden);
        QVERIFY(old.open(QIODevice::ReadOnly));
        const QByteArray kept = old.readAll();
        old.close();
        QCOMPARE(::umount(disk.constData()), 0);
        QVERIFY(error.has_value());
        QCOMPARE(error->kind, ErrorKind::DiskFull);
        QCOMPARE(left, QStringList{u"saved.tar"_s});
        QCOMPARE(kept, "of before");
    }

    void anArchiveThatIsNotThereIsSaid()
    {
        ImageWork work(ImageAction::Load, m_session.get(), u"/nowhere"_s);
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QVERIFY(work.error().has_value());
        QCOMPARE(requestsWith(pathOf(ImageAction::Load)), 0);
    }
};

} // namespace tst_image_answers

ROADSTEAD_GUILESS_TEST(tst_image_answers::TestImageAnswers)
#include "tst_image_answers.moc"
