// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/image_reference.h"
#include "engine/reference/path_match.h"
#include "tests/support/test_program/test_program.h"

#include <QTest>

namespace tst_image_reference {

using namespace roadstead;
using namespace roadstead::reference;
using namespace std::string_literals;

class TestImageReference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void typedNamesBecomeWholeOnes_data();
    void typedNamesBecomeWholeOnes();
    void faultsAreTold_data();
    void faultsAreTold();
    void idsAndDigestsAreReferencesToo();
    void pullTakesTheDigestBeforeTheTag();
    void wholeTextsReadBackAsTheSame();
    void tagsAreReplaced();
    void patternsMatch_data();
    void patternsMatch();
    void brokenPatternsAreRefusedWhereverTheNameEnds();
    void longPatternsTakeNoLongTime();
};

void TestImageReference::typedNamesBecomeWholeOnes_data()
{
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<std::string>("whole");
    QTest::addColumn<std::string>("familiar");
    const auto row = [](const char *reason, const char *typed, const char *whole,
                        const char *familiar) {
        QTest::newRow(reason) << std::string(typed) << std::string(whole) << std::string(familiar);
    };
    row("official image", "nginx", "docker.io/library/nginx", "nginx");
    row("tag that looks like a port", "nginx:80", "docker.io/library/nginx:80", "nginx:80");
    row("name space of the hub", "a/b", "docker.io/a/b", "a/b");
    row("old name of the hub", "index.docker.io/nginx", "docker.io/library/nginx", "nginx");
    row("localhost is a host", "localhost/a", "localhost/a", "localhost/a");
    row("host with a port", "reg:5000/a", "reg:5000/a", "reg:5000/a");
    row("host in capitals", "REG/a", "REG/a", "REG/a");
    row("IPv6 host", "[::1]:5000/a:t", "[::1]:5000/a:t", "[::1]:5000/a:t");
    row("deep official path is not shortened", "docker.io/library/a/b", "docker.io/library/a/b",
        "library/a/b");
    row("separators", "a__b/c---d.e_f", "docker.io/a__b/c---d.e_f", "a__b/c---d.e_f");
}

void TestImageReference::typedNamesBecomeWholeOnes()
{
    QFETCH(std::string, typed);
    QFETCH(std::string, whole);
    QFETCH(std::string, familiar);
    const auto parsed = parseNormalized(typed);
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->text(), whole);
    QCOMPARE(parsed->familiarText(), familiar);
}

void TestImageReference::faultsAreTold_data()
{
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<ReferenceFault>("fault");
    const auto row = [](const char *reason, const std::string &typed, ReferenceFault fault) {
        QTest::newRow(reason) << typed << fault;
    };
    const std::string digits(64, 'a');
    row("nothing", "", ReferenceFault::Format);
    row("option", "--help", ReferenceFault::Format);
    row("capitals", "Nginx", ReferenceFault::Uppercase);
    row("capitals beyond ASCII", "\u00c4pfel", ReferenceFault::Uppercase);
    row("three underscores", "a___b", ReferenceFault::Format);
    row("empty tag", "a:", ReferenceFault::Format);
    row("tag of 129 characters", "a:" + std::string(129, 't'), ReferenceFault::Format);
    row("id", digits, ReferenceFault::LooksLikeId);
    row("digest too short", "a@sha256:" + std::string(32, 'a'), ReferenceFault::DigestLength);
    row("other algorithm", "a@sha512:" + digits, ReferenceFault::DigestAlgorithm);
    row("digest in capitals", "a@sha256:" + std::string(64, 'A'), ReferenceFault::DigestFormat);
    row("two digests", "a@sha256:" + digits + "@sha256:" + digits, ReferenceFault::Format);
    row("path of 256 characters", "r.io/" + std::string(256, 'p'), ReferenceFault::NameTooLong);
    row("line break at the end", "nginx\n", ReferenceFault::Format);
}

void TestImageReference::faultsAreTold()
{
    QFETCH(std::string, typed);
    QFETCH(ReferenceFault, fault);
    const auto parsed = parseNormalized(typed);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().kind, ErrorKind::InvalidArgument);
    QCOMPARE(parsed.error().code, static_cast<int>(fault));
}

void TestImageReference::idsAndDigestsAreReferencesToo()
{
    const std::string digits(64, '1');
    QCOMPARE(parseAnyReference(digits)->text(), "sha256:" + digits);
    QCOMPARE(parseAnyReference("sha256:" + digits)->digest, "sha256:" + digits);
    QCOMPARE(parseAnyReference("sha256:" + digits)->name(), ""s);
    QCOMPARE(parseAnyReference(digits.substr(1))->familiarText(), digits.substr(1));
}

void TestImageReference::pullTakesTheDigestBeforeTheTag()
{
    const std::string digest = "sha256:" + std::string(64, '1');
    QCOMPARE(parsePullReference("a")->text(), "docker.io/library/a:latest"s);
    QCOMPARE(parsePullReference("a:1")->text(), "docker.io/library/a:1"s);
    QCOMPARE(parsePullReference("a:1@" + digest)->text(), "docker.io/library/a@" + digest);
    QVERIFY(!parsePullReference("A").has_value());
}

void TestImageReference::wholeTextsReadBackAsTheSame()
{
    const std::string digest = "@sha256:" + std::string(64, '1');
    for (const std::string &text : {"a"s, "a:1"s, "r.io:5/a/b:1" + digest, "[::1]:5/a" + digest}) {
        const auto parsed = parseReference(text);
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->text(), text);
        QCOMPARE(parseReference(parsed->text()), parsed);
    }
}

void TestImageReference::tagsAreReplaced()
{
    QCOMPARE(withTag(*parseNormalized("a:1"), "2")->familiarText(), "a:2"s);
    QCOMPARE(withTag(*parseNormalized("a"), "-2").error().code,
             static_cast<int>(ReferenceFault::TagFormat));
}

void TestImageReference::patternsMatch_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *reason, const char *pattern, const char *name, bool matches) {
        QTest::newRow(reason) << std::string(pattern) << std::string(name) << matches;
    };
    row("a star stops at a slash", "a*", "a/b", false);
    row("a star may be empty", "a*b", "ab", true);
    row("the star that gives back", "*ab", "aab", true);
    row("stars and slashes", "*/*b", "a/cb", true);
    row("question mark is one character", "?", "\u00e4", true);
    row("question mark is no slash", "?", "/", false);
    row("class", "[a-c]x", "bx", true);
    row("negated class", "[^a-c]x", "bx", false);
    row("escaped star", "\\*", "*", true);
    row("nothing matches nothing", "", "", true);
    row("rest of the name", "ab", "abc", false);
    row("rest of the pattern", "abc", "ab", false);
}

void TestImageReference::patternsMatch()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, name);
    QFETCH(bool, matches);
    QCOMPARE(pathMatch(pattern, name), Result<bool>(matches));
}

void TestImageReference::brokenPatternsAreRefusedWhereverTheNameEnds()
{
    for (const char *pattern : {"[", "[]a]", "[a-]", "[-a]", "a\\", "x[", "[^]", "[a"}) {
        QVERIFY2(!pathMatch(pattern, "").has_value(), pattern);
        QVERIFY2(!pathMatch(pattern, "b").has_value(), pattern);
    }
}

void TestImageReference::longPatternsTakeNoLongTime()
{
    std::string pattern;
    for (int i = 0; i < 500; ++i) {
        pattern += "*a";
    }
    QCOMPARE(pathMatch(pattern + "b", std::string(5000, 'a')), Result<bool>(false));
}

} // namespace tst_image_reference

ROADSTEAD_GUILESS_TEST(tst_image_reference::TestImageReference)
#include "tst_image_reference.moc"
