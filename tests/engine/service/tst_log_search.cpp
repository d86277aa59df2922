// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/log_search.h"
#include "tests/support/test_program/test_program.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

namespace tst_log_search {

using namespace roadstead;
using namespace roadstead::service;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Finding lines in a log.
class TestLogSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_store = store::LineStore::make(m_folder.path().toStdString()).value(); }
    void cleanup()
    {
        m_search.reset();
        m_store.reset();
    }

    void findsEveryLineOfManyPieces()
    {
        append(100'000);
        search("cart");
        QTRY_COMPARE_WITH_TIMEOUT(found(), 10'000, patience);
        QVERIFY(m_search->matches().contains(7));
        QVERIFY(!m_search->matches().contains(8));
        QVERIFY(m_search->matches().contains(99'997));
    }

    void findsWhatComesLater()
    {
        append(20);
        search("cart");
        QTRY_COMPARE_WITH_TIMEOUT(found(), 2, patience);
        append(10'000);
        m_search->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(found(), 1002, patience);
    }

    void findsOlderLinesThatCome()
    {
        append(20);
        search("cart");
        QTRY_COMPARE_WITH_TIMEOUT(found(), 2, patience);
        const store::LineRecord record = m_store->stage({.text = "an old cart"}).value();
        QVERIFY(m_store->prepend({&record, 1}));
        m_search->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(found(), 3, patience);
        QVERIFY(m_search->matches().contains(-1));
    }

    void looksAtTheTextWithoutItsColours()
    {
        QVERIFY(m_store->append({.text = "ca\x1b[31mrt"}));
        QVERIFY(m_store->append({.text = "\x1b[31mnothing"}));
        QVERIFY(m_store->flush());
        search("cart|31m");
        QTRY_COMPARE_WITH_TIMEOUT(found(), 1, patience);
    }

    /// Plain texts take a way of their own: it finds what an expression finds.
    void plainTextsAreFoundAsExpressionsFindThem_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("ignoresCase");
        QTest::addColumn<int>("lines");
        const auto quoted = [](const char *text) {
            return QRegularExpression::escape(QString::fromUtf8(text));
        };
        QTest::newRow("a word") << quoted("cart") << false << 2;
        QTest::newRow("in any case") << quoted("CART") << true << 4;
        QTest::newRow("a letter that only Unicode folds") << quoted("mask") << true << 1;
        QTest::newRow("what means something elsewhere") << quoted("a.b[1]*") << false << 1;
        QTest::newRow("a backslash") << quoted("\\d") << false << 1;
        QTest::newRow("of letters that are not ASCII") << quoted("\xc3\xa9t\xc3\xa9") << true << 1;
        QTest::newRow("not quoted") << QStringLiteral("a.b.1") << false << 2;
        QTest::newRow("a class") << QStringLiteral("\\d") << false << 3;
    }
    void plainTextsAreFoundAsExpressionsFindThem()
    {
        QFETCH(const QString, pattern);
        QFETCH(const bool, ignoresCase);
        for (const char *text : {"a cart", "a CaRt", "ca\x1b[31mrt", "CART \xc3\xa9T\xc3\x89",
                                 "mas\xe2\x84\xaa", "a.b[1]*", "aXb-1*", "\\d 7", ""}) {
            QVERIFY(m_store->append({.text = text}));
        }
        QVERIFY(m_store->flush());
        m_search = std::make_unique<LogSearch>(
            m_store,
            QRegularExpression(pattern, ignoresCase ? QRegularExpression::CaseInsensitiveOption
                                                    : QRegularExpression::NoPatternOption),
            store::allClasses);
        m_search->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(!m_search->isRunning(), patience);
        QTEST(int(found()), "lines");
    }

    void countsOnlyWantedClasses()
    {
        QVERIFY(m_store->append({.stream = store::LineStream::Stderr, .text = "cart"}));
        QVERIFY(m_store->append({.stream = store::LineStream::Stdout, .text = "cart"}));
        QVERIFY(m_store->flush());
        search("cart", store::ClassMask(1U << store::classOf(store::LineStream::Stderr,
                                                             store::LineLevel::None)));
        QTRY_COMPARE_WITH_TIMEOUT(found(), 1, patience);
        QVERIFY(m_search->matches().contains(0));
    }

    void anEmptyMatchIsNone()
    {
        append(20);
        search("z*");
        QTRY_VERIFY_WITH_TIMEOUT(!m_search->isRunning(), patience);
        QCOMPARE(found(), 0);
    }

    void marksWhatIsFoundInATextThatIsDrawn()
    {
        append(20);
        search("c.rt|7\\b");
        QVERIFY(m_search->marksIn(QStringLiteral("cart")).isEmpty()); // nothing was found yet
        QTRY_VERIFY_WITH_TIMEOUT(found() > 0, patience);
        const QList<LogSearch::Mark> expected{{4, 4}, {9, 1}};
        QCOMPARE(m_search->marksIn(QString::fromUtf8("\xc3\xa9\xf0\x9f\x90\xb3 c\xc3\xa9rt 7")),
                 expected);
        QVERIFY(m_search->marksIn(QStringLiteral("item")).isEmpty());
    }

    void anExpressionWithoutEndIsGivenUp()
    {
        const std::string text(4000, 'a');
        QVERIFY(m_store->append({.text = text}));
        QVERIFY(m_store->flush());
        search("(a+a+)+(b|c)");
        QTRY_COMPARE_WITH_TIMEOUT(m_search->fault(), SearchFault::TooCostly, patience);
        QCOMPARE(found(), 0);
    }

    void mayGoWhileItSearches()
    {
        append(50'000);
        search("cart");
        QVERIFY(m_search->isRunning());
        m_search.reset();
    }

private:
    void append(int count)
    {
        const store::LineNumber from = m_store->range().end;
        for (store::LineNumber line = from; line < from + count; ++line) {
            const std::string text =
                line % 10 == 7 ? "GET /cart" : "GET /item " + std::to_string(line);
            QVERIFY(m_store->append({.text = text}));
        }
        QVERIFY(m_store->flush());
    }
    void search(const char *expression, store::ClassMask wanted = store::allClasses)
    {
        m_search = std::make_unique<LogSearch>(
            m_store, QRegularExpression(QLatin1StringView(expression)), wanted);
        m_search->refresh();
    }
    std::int64_t found() const { return m_search->matches().count(); }

    QTemporaryDir m_folder;
    std::shared_ptr<store::LineStore> m_store;
    std::unique_ptr<LogSearch> m_search;
};

} // namespace tst_log_search

ROADSTEAD_GUILESS_TEST(tst_log_search::TestLogSearch)
#include "tst_log_search.moc"
