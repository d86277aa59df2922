// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/compose/compose_up.h"
#include "tests/support/real_engine.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_compose_live {

using namespace roadstead;
using namespace roadstead::service;
using namespace Qt::StringLiterals;

/// Projects by the real Compose plugin on the real engine.
class TestComposeLive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_engine.start());
        QVERIFY(m_engine.importBusybox());
    }
    void projectRuns()
    {
        write("name: shop\nservices:\n"
              "  web:\n    image: busybox\n    command: busybox sleep 1000\n    depends_on: [db]\n"
              "  db:\n    image: busybox\n    command: busybox sleep 1000\n");
        QStringList said;
        const auto error = up(&said);
        QVERIFY2(!error, error ? error->detail.c_str() : "");
        QVERIFY(!said.isEmpty());
        const QByteArray names =
            m_engine.docker({u"ps"_s, u"--filter"_s, u"label=com.docker.compose.project=shop"_s,
                             u"--format"_s, u"{{.Names}}"_s});
        QCOMPARE(names.trimmed().split('\n').size(), 2);
    }
    void fileWithAMistakeIsExplained()
    {
        write("services:\n  web:\n    imagee: busybox\n");
        const auto error = up();
        QVERIFY(error.has_value());
        QCOMPARE(error->kind, ErrorKind::EngineFailed);
        QVERIFY2(error->detail.contains("imagee"), error->detail.c_str());
    }

private:
    void write(const QByteArray &text)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QString path() const { return m_folder.filePath(u"compose.yaml"_s); }
    std::optional<Error> up(QStringList *said = nullptr)
    {
        ComposeUp run(path(), {.host = "unix://" + m_engine.socketPath().toStdString()},
                      u"docker"_s);
        QSignalSpy lines(&run, &ComposeUp::said);
        QSignalSpy finished(&run, &ComposeUp::finished);
        run.start();
        if (!finished.wait(60'000)) {
            return Error{ErrorKind::Internal, 0, "it did not end", {}};
        }
        for (const auto &line : lines) {
            if (said != nullptr) {
                said->append(line.first().toString());
            }
        }
        return finished.first().first().value<std::optional<Error>>();
    }

    RealEngine m_engine;
    QTemporaryDir m_folder;
};

} // namespace tst_compose_live

ROADSTEAD_GUILESS_TEST(tst_compose_live::TestComposeLive)
#include "tst_compose_live.moc"
