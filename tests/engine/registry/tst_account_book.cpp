// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registry/account_book.h"
#include "engine/registry/config_file.h"
#include "engine/registry/credential_helper.h"
#include "tests/support/test_program/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_account_book {

using namespace roadstead;
using namespace roadstead::registry;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *secret = "canary-88";

} // namespace

/// Accounts in a config.json and in helpers, which are real programs here: scripts that keep what
/// they are given in files.
class TestAccountBook : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_path;

    [[nodiscard]] std::string folder() const
    {
        return m_folder->filePath(u"docker"_s).toStdString();
    }
    /// Single quotes become double ones.
    void writeConfig(const QByteArray &text)
    {
        QDir().mkpath(m_folder->filePath(u"docker"_s));
        QFile file(m_folder->filePath(u"docker/config.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(text).replace('\'', '"'));
    }
    [[nodiscard]] QByteArray config() const { return read(u"docker/config.json"_s); }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// A helper of that name; `broken` ones forget what they are told to keep.
    void addHelper(const QString &name, bool broken = false)
    {
        QDir().mkpath(m_folder->filePath(u"bin"_s));
        QDir().mkpath(m_folder->filePath(u"kept-"_s + name));
        QFile file(m_folder->filePath(u"bin/docker-credential-"_s + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray script =
            "#!/bin/sh\ncd '" + m_folder->filePath(u"kept-"_s + name).toUtf8() +
            "'\nname() { printf %s \"$1\" | tr '/' '_'; }\n"
            "field() { printf %s \"$2\" | sed 's/.*\"'\"$1\"'\":\"\\([^\"]*\\)\".*/\\1/'; }\n"
            "input=$(cat)\ncase $1 in\n"
            "store) file=$(name \"$(field ServerURL \"$input\")\");" +
            QByteArray(broken ? " : ;;\n" : " printf %s \"$input\" >\"$file\" ;;\n") +
            "get) file=$(name \"$input\"); [ -f \"$file\" ] || { echo credentials not found in "
            "native keychain; exit 1; }; cat \"$file\" ;;\n"
            "erase) rm -f \"$(name \"$input\")\" ;;\n"
            "list) printf '{'; comma=; for file in *; do [ -f \"$file\" ] || continue; "
            "text=$(cat \"$file\"); printf '%s\"%s\":\"%s\"' \"$comma\" "
            "\"$(field ServerURL \"$text\")\" \"$(field Username \"$text\")\"; comma=,; done; "
            "printf '}' ;;\nesac\n";
        file.write(script);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    static Credentials account(const char *key, const char *password = secret)
    {
        Credentials credentials;
        credentials.serverAddress = key;
        credentials.username = "mara";
        credentials.password = password;
        return credentials;
    }
    [[nodiscard]] AccountBook book() const { return readAccountBook(folder()).value(); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = qgetenv("PATH");
        qputenv("PATH", m_folder->filePath(u"bin"_s).toUtf8() + ":/usr/bin:/bin");
    }
    void cleanup() { qputenv("PATH", m_path); }

    void nothingIsThere()
    {
        const AccountBook read = book();
        QVERIFY(read.accounts.empty());
        QVERIFY(read.helpers.empty());
        QVERIFY(read.problem.empty());
    }

    void plainTextIsTold()
    {
        writeConfig("{'auths':{'https://index.docker.io/v1/':{'auth':'bWFyYTpwdw=='},"
                    "'ghcr.io':{'auth':'ZGVwbG95OnB3'},'empty.example':{}}}");
        const AccountBook read = book();
        QCOMPARE(read.accounts.size(), std::size_t(2));
        QCOMPARE(read.accounts.front().registry, "docker.io");
        QCOMPARE(read.accounts.front().username, "mara");
        QCOMPARE(read.plain().size(), std::size_t(2));
        QVERIFY(read.offered.empty());
    }

    void helpersAreAskedAndTold()
    {
        addHelper(u"one"_s);
        InstalledHelpers helpers;
        QVERIFY(helpers.store("one", account("ghcr.io")).has_value());
        writeConfig("{'credsStore':'one','credHelpers':{'x.example':'missing'}}");
        const AccountBook read = book();
        QCOMPARE(read.helpers.size(), std::size_t(2));
        const HelperState &missing = read.helpers.front();
        QCOMPARE(missing.name, "missing");
        QVERIFY(missing.path.empty());
        QVERIFY(missing.error.has_value());
        QCOMPARE(missing.error->kind, ErrorKind::NotInstalled);
        QCOMPARE(missing.serves, (std::vector<std::string>{"x.example"}));
        QVERIFY(read.helpers.back().servesAll);
        QVERIFY(!read.helpers.back().error);
        QCOMPARE(read.accounts.size(), std::size_t(1));
        QCOMPARE(read.accounts.front().helper, "one");
    }

    void withoutAHelperTheFileKeepsIt()
    {
        writeConfig("{\n\t\"unknown\": {\"b\": 1, \"a\": [1.50]},\n\t\"auths\": {}\n}");
        const auto kept = keepCredentials(folder(), account("ghcr.io"));
        QVERIFY(kept.has_value());
        QCOMPARE(*kept, "");
        const QByteArray text = config();
        QVERIFY2(text.contains("\"b\": 1"), text.constData());
        QVERIFY(text.indexOf("\"b\"") < text.indexOf("\"a\""));
        QVERIFY(text.contains("1.50"));
        QCOMPARE(book().accounts.front().username, "mara");
        QVERIFY(read(u"docker/config.json.roadstead-backup"_s).contains("unknown"));
        QFile::Permissions permissions =
            QFile::permissions(m_folder->filePath(u"docker/config.json"_s));
        QVERIFY(permissions & QFile::ReadOwner);
    }

    void newFilesAreForTheirOwnerAlone()
    {
        QVERIFY(keepCredentials(folder(), account("ghcr.io")).has_value());
        const auto permissions = QFile::permissions(m_folder->filePath(u"docker/config.json"_s));
        QVERIFY(!(permissions & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void theUsualHelperIsTakenAtFirst()
    {
        addHelper(u"secretservice"_s);
        const auto kept = keepCredentials(folder(), account("ghcr.io"));
        QVERIFY2(kept.has_value(), kept ? "" : kept.error().detail.c_str());
        QCOMPARE(*kept, "secretservice");
        QVERIFY(config().contains("\"credsStore\": \"secretservice\""));
        QVERIFY(config().contains("\"ghcr.io\": {}"));
        QVERIFY(!config().contains("auth\""));
        QCOMPARE(book().accounts.front().helper, "secretservice");
    }

    void signedOutIsGone()
    {
        addHelper(u"one"_s);
        writeConfig("{'auths':{'ghcr.io':{},'https://ghcr.io/v2/':{'auth':'eDp5'},"
                    "'quay.io':{'auth':'eDp5'}},'credHelpers':{'ghcr.io':'one'}}");
        QVERIFY(keepCredentials(folder(), account("ghcr.io")).has_value());
        QVERIFY(forgetCredentials(folder(), "ghcr.io").has_value());
        QVERIFY(!config().contains("https://ghcr.io"));
        QVERIFY(config().contains("quay.io"));
        QVERIFY(config().contains("credHelpers"));
        QVERIFY(!InstalledHelpers().get("one", "ghcr.io")->has_value());
    }

    void plainTextIsMoved()
    {
        addHelper(u"secretservice"_s);
        const QByteArray pair = QByteArray("mara:") + secret;
        writeConfig(QByteArray("{'auths':{'ghcr.io':{'auth':'AUTH','email':'m@x'},"
                               "'quay.io':{'auth':'eDp5'}},'psFormat':'x'}")
                        .replace("AUTH", pair.toBase64()));
        QCOMPARE(book().offered, "secretservice");
        const auto moved = moveToHelper(folder(), "secretservice");
        QVERIFY2(moved.has_value(), moved ? "" : moved.error().detail.c_str());
        QCOMPARE(*moved, 2);
        const QByteArray text = config();
        QVERIFY(!text.contains("\"auth\""));
        QVERIFY(text.contains("m@x"));
        QVERIFY(text.contains("psFormat"));
        QVERIFY(text.contains("\"credsStore\": \"secretservice\""));
        QCOMPARE(InstalledHelpers().get("secretservice", "ghcr.io")->value().password, secret);
        QVERIFY(read(u"docker/config.json.roadstead-backup"_s).isEmpty());
        QVERIFY(book().plain().empty());
    }

    void whatAHelperLosesStays()
    {
        addHelper(u"secretservice"_s, true);
        writeConfig("{'auths':{'ghcr.io':{'auth':'eDp5'}}}");
        const QByteArray before = config();
        QVERIFY(!moveToHelper(folder(), "secretservice"));
        QCOMPARE(config(), before);
        QVERIFY(!moveToHelper(folder(), "missing"));
        QCOMPARE(config(), before);
    }

    void damagedFilesAreLeftAlone()
    {
        for (const char *text : {"{\"auths\":", "[1]", "{} {}"}) {
            writeConfig(text);
            QVERIFY(!keepCredentials(folder(), account("ghcr.io")));
            QCOMPARE(config(), QByteArray(text));
        }
    }

    void linksStayLinks()
    {
        writeConfig("{}");
        const QString real = m_folder->filePath(u"real.json"_s);
        QVERIFY(QFile::rename(m_folder->filePath(u"docker/config.json"_s), real));
        QVERIFY(QFile::link(real, m_folder->filePath(u"docker/config.json"_s)));
        QVERIFY(keepCredentials(folder(), account("ghcr.io")).has_value());
        QVERIFY(QFileInfo(m_folder->filePath(u"docker/config.json"_s)).isSymLink());
        QVERIFY(read(u"real.json"_s).contains("ghcr.io"));
    }

    void rulesAreSetAndTakenBack()
    {
        writeConfig("{}");
        QVERIFY(setHelperOf(folder(), "docker.io", "pass").has_value());
        QVERIFY(config().contains("\"https://index.docker.io/v1/\": \"pass\""));
        QVERIFY(!setHelperOf(folder(), "docker.io", "../x"));
        QVERIFY(setHelperOf(folder(), "docker.io", "").has_value());
        QVERIFY(!config().contains("pass"));
    }
};

} // namespace tst_account_book

ROADSTEAD_GUILESS_TEST(tst_account_book::TestAccountBook)
#include "tst_account_book.moc"
