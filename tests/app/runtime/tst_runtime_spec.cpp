// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runtime/command_line.h"
#include "app/runtime/spec.h"
#include "app/runtime/spec_file.h"
#include "tests/support/test_program/test_program.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace tst_runtime_spec {

using namespace roadstead;
using namespace roadstead::runtime;

class RuntimeSpec final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheBundle_data();
    void findsTheBundle();
    void addsTheNamespaceToHostNetworks();
    void keepsWhatItDoesNotKnow();
    void leavesOthersAlone_data();
    void leavesOthersAlone();
    void refusesDamage_data();
    void refusesDamage();
    void replacesTheFileAsAWhole();
    void leavesAFileAloneThatNeedsNothing();
};

namespace {

constexpr const char *path = "/run/x.netns";

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QFile::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

} // namespace

void RuntimeSpec::findsTheBundle_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("bundle");
    QTest::newRow("containerd's shim")
        << "--root /run/r --log /run/c/log.json --log-format json create --bundle /run/c "
           "--pid-file /run/c/init.pid abc"
        << "/run/c";
    QTest::newRow("with systemd's cgroups") << "--root /r --log /l --log-format json "
                                               "--systemd-cgroup create --bundle /b --pid-file /p a"
                                            << "/b";
    QTest::newRow("BuildKit") << "--log /l --log-format json run --bundle /x --keep abc" << "/x";
    QTest::newRow("short and glued") << "create -b=/b abc" << "/b";
    QTest::newRow("a container called like an option's value")
        << "--root create create --bundle /b create" << "/b";
    QTest::newRow("restored from a checkpoint")
        << "--root /r restore --detach --image-path /i --work-path /w --bundle /b abc" << "/b";
    QTest::newRow("none given") << "run abc" << ".";
    QTest::newRow("after the id") << "run abc --bundle /b" << ".";
    QTest::newRow("state") << "--root /r state --bundle /b abc" << QString();
    QTest::newRow("start") << "--root /r --log /l start abc" << QString();
    QTest::newRow("exec of run") << "--root /r exec --process /p abc run" << QString();
    QTest::newRow("version") << "--version" << QString();
    QTest::newRow("nothing") << "" << QString();
}

void RuntimeSpec::findsTheBundle()
{
    QFETCH(QString, line);
    QFETCH(QString, bundle);
    std::vector<std::string> owned;
    for (const QString &word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        owned.push_back(word.toStdString());
    }
    const std::vector<std::string_view> views(owned.begin(), owned.end());
    const auto found = bundleOf(views);
    QCOMPARE(QString::fromStdString(std::string(found.value_or(""))), bundle);
    QCOMPARE(found.has_value(), !bundle.isNull());
}

void RuntimeSpec::addsTheNamespaceToHostNetworks()
{
    for (const char *spec : {R"({"linux":{"namespaces":[{"type":"pid"},{"type":"mount"}]}})",
                             R"({"linux":{"namespaces":null}})", R"({"linux":{}})"}) {
        const auto edited = withNetworkNamespace(spec, path);
        QVERIFY(edited && edited->has_value());
        const auto json = nlohmann::json::parse(**edited, nullptr, false);
        QVERIFY(json.is_object());
        const auto &last = json["linux"]["namespaces"].back();
        QCOMPARE(last["type"].get<std::string>(), std::string("network"));
        QCOMPARE(last["path"].get<std::string>(), std::string(path));
    }
}

void RuntimeSpec::keepsWhatItDoesNotKnow()
{
    const char *spec =
        R"({"z":1,"a":{"new":[1.5,-3,18446744073709551615,true,null,"\u001f\u00e9😀"]},)"
        R"("linux":{"namespaces":[{"type":"user","x":{}}],"future":{"b":1,"a":2}}})";
    const auto edited = withNetworkNamespace(spec, path);
    QVERIFY(edited && edited->has_value());
    auto before = nlohmann::ordered_json::parse(spec);
    before["linux"]["namespaces"].push_back({{"type", "network"}, {"path", path}});
    QCOMPARE(QByteArray::fromStdString(**edited), QByteArray::fromStdString(before.dump()));
}

void RuntimeSpec::leavesOthersAlone_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::newRow("network of its own")
        << QByteArray(R"({"linux":{"namespaces":[{"type":"pid"},{"type":"network"}]}})");
    QTest::newRow("another one's network")
        << QByteArray(R"({"linux":{"namespaces":[{"type":"network","path":"/proc/7/ns/net"}]}})");
    QTest::newRow("network sysctl, which runc refuses")
        << QByteArray(R"({"linux":{"namespaces":[],"sysctl":{"net.ipv4.ip_forward":"1"}}})");
    QTest::newRow("network sysctl with slashes")
        << QByteArray(R"({"linux":{"namespaces":[],"sysctl":{"kernel.x":"1","net/core/x":"1"}}})");
}

void RuntimeSpec::leavesOthersAlone()
{
    QFETCH(QByteArray, spec);
    const auto edited = withNetworkNamespace(spec.toStdString(), path);
    QVERIFY(edited.has_value());
    QVERIFY(!edited->has_value());
}

void RuntimeSpec::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("spec");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"linux":{"namespaces":[)");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("not for Linux") << QByteArray(R"({"windows":{}})");
    QTest::newRow("namespaces of another type") << QByteArray(R"({"linux":{"namespaces":7}})");
    QTest::newRow("two documents") << QByteArray(R"({"linux":{}} {})");
    QTest::newRow("broken UTF-8") << QByteArray("{\"linux\":{},\"a\":\"\xff\"}");
    QTest::newRow("too deep") << QByteArray(R"({"linux":{},"a":)") + QByteArray(100'000, '[');
    QTest::newRow("too large") << QByteArray(R"({"linux":{},"a":")") +
                                      QByteArray(8 * 1024 * 1024, 'x') + "\"}";
}

void RuntimeSpec::refusesDamage()
{
    QFETCH(QByteArray, spec);
    const auto edited = withNetworkNamespace(spec.toStdString(), path);
    QVERIFY(!edited.has_value());
    QCOMPARE(edited.error().kind, ErrorKind::MalformedReply);
}

void RuntimeSpec::replacesTheFileAsAWhole()
{
    const QTemporaryDir bundle;
    const QString name = bundle.filePath(QStringLiteral("config.json"));
    const QString secondName = bundle.filePath(QStringLiteral("second"));
    write(name, R"({"linux":{"namespaces":[]}})");
    QCOMPARE(chmod(qPrintable(name), 0640), 0);
    QCOMPARE(link(qPrintable(name), qPrintable(secondName)), 0);
    QVERIFY(editSpec(bundle.path().toStdString(), path).has_value());
    QVERIFY(contentOf(name).contains(path));
    QCOMPARE(contentOf(secondName), QByteArray(R"({"linux":{"namespaces":[]}})"));
    struct stat entry = {};
    QCOMPARE(stat(qPrintable(name), &entry), 0);
    QCOMPARE(entry.st_mode & 07777, 0640U);
    QCOMPARE(QDir(bundle.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void RuntimeSpec::leavesAFileAloneThatNeedsNothing()
{
    const QTemporaryDir bundle;
    const QString name = bundle.filePath(QStringLiteral("config.json"));
    const QByteArray content = "{ \"linux\" : {\"namespaces\":[{\"type\":\"network\"}]} }\n";
    write(name, content);
    struct stat before = {};
    struct stat after = {};
    QCOMPARE(stat(qPrintable(name), &before), 0);
    QVERIFY(editSpec(bundle.path().toStdString(), path).has_value());
    QCOMPARE(stat(qPrintable(name), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QCOMPARE(contentOf(name), content);
    QVERIFY(editSpec((bundle.path() + QStringLiteral("/none")).toStdString(), path).has_value());
}

} // namespace tst_runtime_spec

ROADSTEAD_APPLESS_TEST(tst_runtime_spec::RuntimeSpec)
#include "tst_runtime_spec.moc"
