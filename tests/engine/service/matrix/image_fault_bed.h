// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/engine/service/session_bed.h"
#include "tests/support/image_work.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>

namespace roadstead::test {

inline constexpr int patience = 20'000;
inline constexpr qint64 cancelled = 200; // milliseconds
inline constexpr auto streamHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n";
inline constexpr auto oneChunk = "1f\r\n{\"status\":\"Working\",\"id\":\"a\"}\r\n\r\n";

inline std::string failing(const std::string &message)
{
    const std::string line =
        "{\"errorDetail\":{\"message\":\"" + message + "\"},\"error\":\"" + message + "\"}\r\n";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(line.size()) + "\r\n\r\n" + line;
}

inline qsizetype openDescriptors()
{
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::NoDotAndDotDot | QDir::AllEntries)
        .size();
}

/// How an action ends whose answer is lost or cannot be read, which is `kind` for what only reads:
/// of what changes something nobody knows whether it happened, until the lists are read again (G4).
inline ErrorKind lost(ImageAction action, ErrorKind kind = ErrorKind::ConnectionLost)
{
    return action == ImageAction::Save ? kind : ErrorKind::OutcomeUnknown;
}

/// Adds a row for each of these actions.
template<typename Add>
void forEach(const char *fault, const auto &actions, Add add)
{
    for (const ImageAction action : actions) {
        add(QTest::newRow(qPrintable(QStringLiteral("%1: %2").arg(
                QLatin1StringView(fault), QLatin1StringView(nameOf(action))))),
            action);
    }
}

/// A session that is live, and what the actions read and write. Base of tests.
class ImageFaultBed : public SessionBed
{
    Q_OBJECT

protected:
    static void actionRows(const char *fault)
    {
        QTest::addColumn<ImageAction>("action");
        forEach(fault, imageActions, [](QTestData &row, ImageAction action) { row << action; });
    }
    /// The limits of the rules are those of a program without sanitizers.
    static int slowness()
    {
#ifdef ROADSTEAD_SANITIZED
        return 5;
#else
        return 2; // the tests beside this one
#endif
    }
    [[nodiscard]] bool openFolder() const
    {
        return ::chmod(QFile::encodeName(folder()).constData(), 0777) == 0;
    }
    void writeSaved(const QByteArray &text) const
    {
        QFile file(ImageWork::savedFile(folder()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    [[nodiscard]] QByteArray savedText() const
    {
        QFile file(ImageWork::savedFile(folder()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The caller and the history are told the same, and nothing half-done is left (G4, G8).
    bool isToldAs(const ImageWork &work, ErrorKind kind)
    {
        if (!QTest::qWaitFor([&work] { return work.isOver(); }, patience)) {
            qWarning("It does not end.");
            return false;
        }
        if (!work.error() || work.error()->kind != kind) {
            qWarning("It ended as kind %d: %s", work.error() ? int(work.error()->kind) : -1,
                     work.error() ? work.error()->detail.c_str() : "done");
            return false;
        }
        const auto running = m_session->running();
        if (!running.isEmpty()) {
            qWarning("The history says that it runs.");
            return false;
        }
        if (savedText() != "of before") {
            qWarning("The archive of before is another.");
            return false;
        }
        const QStringList files = QDir(folder()).entryList(QDir::Files | QDir::Hidden);
        if (files != QStringList{QStringLiteral("load.tar"), QStringLiteral("saved.tar")}) {
            qWarning("Something is left: %s", qPrintable(files.join(u' ')));
            return false;
        }
        return true;
    }
    /// Once the fault has gone the same works, without being told (G5), and nothing is left open
    /// (G7).
    void worksAgain(ImageAction action)
    {
        m_engine->clearFaults();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->link(), service::Link::Live, 5'000);
        QCOMPARE(m_session->containers()->size(), 4U);
        QCOMPARE(m_session->images()->size(), 3U);
        ImageWork work(action, m_session.get(), folder());
        work.begin();
        QTRY_VERIFY_WITH_TIMEOUT(work.isOver(), patience);
        QVERIFY2(!work.error(), work.error() ? work.error()->detail.c_str() : "");
        QVERIFY(action != ImageAction::Save || savedText() == "an archive");
        // Some connections are kept for later.
        QTRY_VERIFY2_WITH_TIMEOUT(
            openDescriptors() <= m_before + 8,
            qPrintable(QStringLiteral("%1 after %2").arg(openDescriptors()).arg(m_before)), 5'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(ImageWork::prepare(folder()));
        // Also for who may not look into this user's home.
        QVERIFY(qputenv("DOCKER_CONFIG", folder().toUtf8()));
    }
    void init()
    {
        start(4);
        open();
        QTRY_VERIFY(m_session->imagesListed() && m_session->info() && m_session->version());
        m_before = openDescriptors();
        writeSaved("of before");
    }

private:
    qsizetype m_before = 0;
};

} // namespace roadstead::test
