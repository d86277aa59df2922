// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/volumes.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_volumes {

using namespace roadstead;
using namespace roadstead::reference;
using namespace std::string_literals;

class TestVolumes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void volumesAreRead_data();
    void volumesAreRead();
    void badVolumesAreRefused();
    void relativeSourcesBecomeAbsolute();
    void pathsAreCleaned();
    void mountsReadBack_data();
    void mountsReadBack();
    void badMountsAreRefused_data();
    void badMountsAreRefused();
    void theNewerRulesAreStricter();
};

void TestVolumes::volumesAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<VolumeSpec>("spec");
    using Kind = VolumeSpec::Kind;
    const auto row = [](const char *reason, const char *text, const VolumeSpec &spec) {
        QTest::newRow(reason) << std::string(text) << spec;
    };
    row("without a name", "/data", {.target = "/data"});
    row("too short for two", "/d", {.target = "/d"});
    row("name", "db:/data", {.source = "db", .target = "/data"});
    row("path", "/h:/c:ro",
        {.kind = Kind::Bind, .source = "/h", .target = "/c", .isReadOnly = true});
    row("relative path", "./h:/c", {.kind = Kind::Bind, .source = "./h", .target = "/c"});
    row("options", "db:/c:nocopy,rslave,Z",
        {.source = "db",
         .target = "/c",
         .withoutCopy = true,
         .propagation = "rslave",
         .others = {"Z"}});
    row("drives", "C:\\h:D:\\c:ro",
        {.kind = Kind::Bind, .source = "C:\\h", .target = "D:\\c", .isReadOnly = true});
    row("pipe", "\\\\.\\pipe\\x:\\\\.\\pipe\\y",
        {.kind = Kind::Bind, .source = "\\\\.\\pipe\\x", .target = "\\\\.\\pipe\\y"});
}

void TestVolumes::volumesAreRead()
{
    QFETCH(std::string, text);
    QFETCH(VolumeSpec, spec);
    const auto read = parseVolume(text);
    QVERIFY(read.has_value());
    QVERIFY(*read == spec);
}

void TestVolumes::badVolumesAreRefused()
{
    for (const char *text : {"", "aa:bb:cc:dd", "/a::/b", ":/b/c", "/a:/b:", "/a:"}) {
        QVERIFY2(!parseVolume(text).has_value(), text);
    }
}

void TestVolumes::relativeSourcesBecomeAbsolute()
{
    QCOMPARE(withAbsoluteSource("./a:/b", "/home/x"), "/home/x/a:/b"s);
    QCOMPARE(withAbsoluteSource("../a:/b:ro", "/home/x"), "/home/a:/b:ro"s);
    QCOMPARE(withAbsoluteSource(".:/b", "/home/x"), "/home/x:/b"s);
    QCOMPARE(withAbsoluteSource("name:/b", "/home/x"), "name:/b"s);
    QCOMPARE(withAbsoluteSource("./a:/b", ""), "./a:/b"s);
}

void TestVolumes::pathsAreCleaned()
{
    QCOMPARE(cleanPath("/a//b/./c/../d/"), "/a/b/d"s);
    QCOMPARE(cleanPath("/../a"), "/a"s);
    QCOMPARE(cleanPath("../../a"), "../../a"s);
    QCOMPARE(cleanPath("a/.."), "."s);
    QCOMPARE(cleanPath("/"), "/"s);
    QCOMPARE(cleanPath(""), "."s);
}

void TestVolumes::mountsReadBack_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Mount>("mount");
    const auto row = [](const char *reason, const char *text, const Mount &mount) {
        QTest::newRow(reason) << std::string(text) << mount;
    };
    row("volume is the usual type", "target=/c", {.target = "/c"});
    row("bind", "type=bind,src=/h,dst=/c,ro,bind-propagation=RSLAVE",
        {.type = "bind",
         .source = "/h",
         .target = "/c",
         .isReadOnly = true,
         .bind = BindOptions{.propagation = "rslave"}});
    row("quoted comma", "type=bind,\"src=/a,b\",dst=/c",
        {.type = "bind", .source = "/a,b", .target = "/c"});
    row("quotes within", "type=bind,\"src=/a\"\"b\",dst=/c",
        {.type = "bind", .source = "/a\"b", .target = "/c"});
    row("volume options",
        "src=v,dst=/c,volume-nocopy,volume-label=a=b,volume-driver=d,"
        "volume-opt=o=1,volume-subpath=s",
        {.source = "v",
         .target = "/c",
         .volume = VolumeOptions{true, {{"a", "b"}}, "s", "d", {{"o", "1"}}}});
    row("options that say nothing", "src=v,dst=/c,volume-nocopy=false",
        {.source = "v", .target = "/c", .volume = VolumeOptions{}});
    row("tmpfs", "type=tmpfs,dst=/c,tmpfs-size=64m,tmpfs-mode=1777",
        {.type = "tmpfs", .target = "/c", .tmpfs = TmpfsOptions{64LL << 20U, 01777}});
    row("empty tmpfs options", "type=tmpfs,dst=/c,tmpfs-size=0",
        {.type = "tmpfs", .target = "/c", .tmpfs = TmpfsOptions{}});
    row("image", "type=image,src=i,dst=/c,image-subpath=p",
        {.type = "image", .source = "i", .target = "/c", .image = ImageMountOptions{"p"}});
    row("recursion", "type=bind,src=/h,dst=/c,readonly,bind-recursive=writable",
        {.type = "bind",
         .source = "/h",
         .target = "/c",
         .isReadOnly = true,
         .bind = BindOptions{.isReadOnlyAtTopOnly = true}});
}

void TestVolumes::mountsReadBack()
{
    QFETCH(std::string, text);
    QFETCH(Mount, mount);
    const auto read = parseMount(text);
    QVERIFY(read.has_value());
    QVERIFY(*read == mount);
    QVERIFY(parseMount(mountText(mount)) == read);
}

void TestVolumes::badMountsAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *text :
         {"", "type=bind", "dst=", "bogus=1,dst=/c", "dst", "type=bind,dst=/c,volume-nocopy",
          "dst=/c,bind-propagation=slave", "dst=/c,tmpfs-size=1", "dst=/c,image-subpath=x",
          "type=tmpfs,dst=/c,tmpfs-size=-1", "type=tmpfs,dst=/c,tmpfs-mode=9",
          "type=bind,dst=/c,bind-recursive=readonly", "type=bind,dst=/c,bind-recursive=maybe",
          "dst=/c,readonly=maybe", "\"dst=/c", "type=,dst=/c"}) {
        QTest::newRow(text) << std::string(text);
    }
}

void TestVolumes::badMountsAreRefused()
{
    QFETCH(std::string, text);
    QVERIFY(!parseMount(text).has_value());
}

void TestVolumes::theNewerRulesAreStricter()
{
    for (const char *text : {"src=,dst=/c", "src=a ,dst=/c", "dst=/c,readonly=T",
                             "type=bind,src=/a,dst=/c,bind-nonrecursive"}) {
        QVERIFY2(parseMount(text).has_value(), text);
        QVERIFY2(!parseMount(text, MountRules::Cli29).has_value(), text);
    }
    QVERIFY(parseMount(" dst=/c ", MountRules::Cli29).has_value());
}

} // namespace tst_volumes

ROADSTEAD_GUILESS_TEST(tst_volumes::TestVolumes)
#include "tst_volumes.moc"
