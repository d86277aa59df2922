// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "ui/wizards/run/run_presets.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_run_presets {

using namespace roadstead;
using namespace roadstead::ui;

class TestRunPresets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFormComesBackWithoutItsSecrets()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("data/presets.json");
        RunForm form{.image = "nginx:1.27",
                     .name = "web",
                     .ports = {{"", "8080", "80"}},
                     .environment = {{"LOG", "debug"}, {"API_KEY", "canary-7"}},
                     .others = {"--blkio-weight=500"},
                     .command = "sh -c 'echo $HOME'"};
        form.setOption("memory", "512m");
        {
            RunPresets presets(path);
            QVERIFY(presets.names().isEmpty());
            QVERIFY(presets.save("Web", form));
            QCOMPARE(RunPresets::leftOut(form), QStringList{"API_KEY"});
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("canary-7"));
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), 0);
        const RunPresets presets(path);
        QCOMPARE(presets.names(), QStringList{"Web"});
        form.environment[1] = {"API_KEY", "", false, true};
        QVERIFY(presets.form("Web") == form);
        QVERIFY(presets.form("another") == RunForm{});
    }

    void aDraftIsTakenOnceAndHasNoSecrets_data()
    {
        QTest::addColumn<std::string>("image");
        QTest::newRow("with an image") << std::string("nginx:1.27");
        QTest::newRow("before one is chosen") << std::string();
    }
    void aDraftIsTakenOnceAndHasNoSecrets()
    {
        QFETCH(std::string, image);
        const QTemporaryDir folder;
        const QString path = folder.filePath("presets.json");
        RunForm form{.image = image, .name = "web", .environment = {{"API_KEY", "canary-7"}}};
        {
            RunPresets presets(path);
            QVERIFY(!presets.takeDraft());
            QVERIFY(presets.keepDraft(form));
            QVERIFY(presets.save("a", {.image = "one"}));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("canary-7"));
        RunPresets presets(path);
        const auto draft = presets.takeDraft();
        form.environment[0] = {"API_KEY", "", false, true};
        QVERIFY(draft && *draft == form);
        QCOMPARE(presets.names(), QStringList{"a"});
        QVERIFY(!presets.takeDraft());
        QVERIFY(!RunPresets(path).takeDraft());
    }

    void aNameIsThereOnceAndCanBeRemoved()
    {
        const QTemporaryDir folder;
        RunPresets presets(folder.filePath("presets.json"));
        QVERIFY(presets.save("b", {.image = "one"}));
        QVERIFY(presets.save("a", {.image = "two"}));
        QVERIFY(presets.save("b", {.image = "three"}));
        QCOMPARE(presets.names(), (QStringList{"a", "b"}));
        QCOMPARE(presets.form("b").image, std::string("three"));
        QVERIFY(presets.remove("b"));
        QCOMPARE(presets.names(), QStringList{"a"});
    }

    void aBrokenFileIsNoPresets_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("{\"presets\":");
        QTest::newRow("a list") << QByteArray("[1,2]");
        QTest::newRow("numbers") << QByteArray(R"({"presets":[1,{"name":2,"arguments":[3]}]})");
    }
    void aBrokenFileIsNoPresets()
    {
        QFETCH(const QByteArray, content);
        const QTemporaryDir folder;
        QFile file(folder.filePath("presets.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QVERIFY(RunPresets(file.fileName()).names().isEmpty());
    }

    void aFolderThatCannotBeWrittenIsTold()
    {
        RunPresets presets("/proc/nowhere/presets.json");
        const auto saved = presets.save("a", {.image = "one"});
        QVERIFY(!saved);
        QVERIFY(presets.names().isEmpty());
    }
};

} // namespace tst_run_presets

ROADSTEAD_GUILESS_TEST(tst_run_presets::TestRunPresets)
#include "tst_run_presets.moc"
