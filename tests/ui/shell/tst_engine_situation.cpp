// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/shell/fake_engine_view.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/engine_situation.h"
#include "ui/shell/tray.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QLabel>
#include <QStandardPaths>
#include <QTest>

namespace tst_engine_situation {

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;
using embedded::State;
using service::Link;

class TestEngineSituation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void lifeAndLinkTogetherGiveTheSituation_data()
    {
        QTest::addColumn<State>("life");
        QTest::addColumn<Link>("link");
        QTest::addColumn<bool>("listed");
        QTest::addColumn<Situation>("situation");
        QTest::addColumn<bool>("keeps");
        QTest::newRow("all well") << State::Running << Link::Live << true << Situation::Ready
                                  << true;
        QTest::newRow("first start")
            << State::Stopped << Link::Unreachable << false << Situation::Stopped << false;
        QTest::newRow("stopped with old lists: they are not true any more")
            << State::Stopped << Link::Unreachable << true << Situation::Stopped << false;
        QTest::newRow("starting") << State::Starting << Link::Unreachable << false
                                  << Situation::Starting << false;
        QTest::newRow("the list came before the life's own look")
            << State::Starting << Link::Live << true << Situation::Ready << true;
        QTest::newRow("failed") << State::Failed << Link::Unreachable << true << Situation::Failed
                                << false;
        QTest::newRow("not installed") << State::NotInstalled << Link::Unreachable << false
                                       << Situation::NotInstalled << false;
        QTest::newRow("socket not permitted")
            << State::Running << Link::NoAccess << false << Situation::NoAccess << false;
        QTest::newRow("frozen, nothing seen yet")
            << State::Running << Link::NotAnswering << false << Situation::NotAnswering << false;
        QTest::newRow("frozen with lists: they stay, with their age")
            << State::Running << Link::NotAnswering << true << Situation::NotAnswering << true;
        QTest::newRow("connecting: the page waits before it says that it loads")
            << State::Running << Link::Connecting << false << Situation::Connecting << true;
        QTest::newRow("reconnecting with lists")
            << State::Running << Link::Unreachable << true << Situation::Unreachable << true;
        QTest::newRow("life says silent, link says live")
            << State::Unreachable << Link::Live << true << Situation::Ready << true;
    }
    void lifeAndLinkTogetherGiveTheSituation()
    {
        QFETCH(State, life);
        QFETCH(Link, link);
        QFETCH(bool, listed);
        QFETCH(Situation, situation);
        FakeEngineView engine;
        engine.life = life;
        engine.connection = link;
        engine.hasList = listed;
        QCOMPARE(situationOf(engine), situation);
        QTEST(keepsContent(engine), "keeps");
    }

    void everySituationSaysWhatWhyAndWhatToDo()
    {
        FakeEngineView engine;
        engine.hasList = false;
        engine.error = Error{ErrorKind::PermissionDenied, 13, {}, {}};
        const QList<std::pair<State, Link>> all{
            {State::NotInstalled, Link::Unreachable}, {State::Stopped, Link::Unreachable},
            {State::Failed, Link::Unreachable},       {State::Running, Link::NoAccess},
            {State::Running, Link::NotAnswering},     {State::Running, Link::Unreachable}};
        QSet<QString> headings;
        for (const auto &[life, link] : all) {
            engine.become(life, link);
            const SituationText text = describeSituation(engine, QDateTime::currentDateTime());
            QVERIFY(!text.what.isEmpty());
            QVERIFY2(text.why.endsWith(u'.'), qPrintable(text.why));
            QVERIFY(!text.remedyText.isEmpty());
            QVERIFY(!text.word.isEmpty());
            headings << text.what;
        }
        QCOMPARE(headings.size(), all.size());
    }

    void anEngineThatRunsIsNotSaidToBeDown_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("word");
        QTest::newRow("its socket was removed") << ErrorKind::NoSuchSocket << u"removed"_s;
        QTest::newRow("nobody listens") << ErrorKind::Refused << u"listen"_s;
        QTest::newRow("a file in its place") << ErrorKind::NotASocket << u"something else"_s;
        QTest::newRow("another's socket") << ErrorKind::ForeignSocket << u"something else"_s;
        QTest::newRow("the connection ended") << ErrorKind::ConnectionLost << u"connection"_s;
    }
    void anEngineThatRunsIsNotSaidToBeDown()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(QString, word);
        FakeEngineView engine;
        engine.error = Error{kind, 0, {}, {}};
        for (const State life : {State::Running, State::Unreachable}) {
            engine.become(life, Link::Unreachable);
            const SituationText text = describeSituation(engine, QDateTime::currentDateTime());
            QVERIFY2(text.why.contains(word), qPrintable(text.why));
            QVERIFY2(!text.why.contains(u"not running"_s), qPrintable(text.why));
            QVERIFY2(!text.why.contains(u"has ended"_s), qPrintable(text.why));
            QVERIFY2(!text.why.contains(u"Start the engine"_s), qPrintable(text.why));
            QCOMPARE(text.remedy, EngineVerb::Restart);
        }
        // Of one that is not ours nothing more is known.
        engine.embedded = false;
        engine.error = Error{ErrorKind::NoSuchSocket, 0, {}, {}};
        engine.become(State::Running, Link::Unreachable);
        QVERIFY(describeSituation(engine, QDateTime::currentDateTime())
                    .why.contains(u"does not exist"_s));
    }

    void whatItCannotDoIsSaidWhileItRuns()
    {
        FakeEngineView engine;
        EnginePopup popup(&engine, nullptr, nullptr);
        const auto shown = [&] {
            QStringList texts;
            const auto labels = popup.findChildren<QLabel *>();
            for (const QLabel *label : labels) {
                if (!label->isHidden()) {
                    texts << label->text();
                }
            }
            return texts.join(u'\n');
        };
        QVERIFY(!shown().contains(u"firewall"_s));
        engine.remark = embedded::Note::ForwardBlocked;
        engine.become(State::Running, Link::Live);
        QVERIFY2(shown().contains(u"firewall keeps containers"_s), qPrintable(shown()));
        engine.become(State::Stopped, Link::Unreachable);
        QVERIFY(!shown().contains(u"firewall"_s));
    }

    void anEngineThatFailedCanBeStopped()
    {
        FakeEngineView engine;
        engine.become(State::Failed, Link::Unreachable);
        EnginePopup popup(&engine, nullptr, nullptr);
        auto *stop = popup.findChild<QAbstractButton *>(u"engineStop"_s);
        QVERIFY(stop != nullptr && !stop->isHidden() && stop->isEnabled());
        stop->click();
        QCOMPARE(engine.asked, QList{EngineVerb::Stop});
        engine.become(State::Stopped, Link::Unreachable);
        QVERIFY(stop->isHidden());
    }

    void aFailureShowsItsCauseAndItsLastLogLines()
    {
        FakeEngineView engine;
        engine.fault = embedded::Failure{
            embedded::FailureCause::DiskFull, {u"level=fatal msg=\"no space left\""_s}, {}};
        engine.become(State::Failed, Link::Unreachable);
        const SituationText text = describeSituation(engine, QDateTime::currentDateTime());
        QVERIFY(text.why.contains(u"disk"_s));
        QVERIFY(text.details.contains(u"no space left"_s));
        QCOMPARE(text.remedy, EngineVerb::Start);
    }

    void anEngineThatIsNotOursIsNeverStarted()
    {
        FakeEngineView engine;
        engine.embedded = false;
        for (const Link link : {Link::NoAccess, Link::NotAnswering, Link::Unreachable}) {
            engine.become(State::Running, link);
            const SituationText text = describeSituation(engine, QDateTime::currentDateTime());
            QVERIFY(!text.remedy);
            QCOMPARE(text.remedyText, u"Try again"_s);
        }
    }

    void theTraysFiveStatesDifferByShape()
    {
        Theme::instance(); // not installed: the light colours
        QList<QImage> shapes;
        for (const auto state : {TrayState::Running, TrayState::Starting, TrayState::Stopped,
                                 TrayState::Attention, TrayState::NoReply}) {
            QImage shape = trayIcon(state).pixmap(QSize(22, 22), 1.0).toImage();
            // Only what is covered counts, not in which colour.
            shapes << shape.convertToFormat(QImage::Format_Alpha8);
        }
        for (qsizetype a = 0; a < shapes.size(); ++a) {
            for (qsizetype b = a + 1; b < shapes.size(); ++b) {
                QVERIFY2(shapes.at(a) != shapes.at(b), qPrintable(u"%1 %2"_s.arg(a).arg(b)));
            }
        }
    }

    void theTrayTellsUnhealthyContainersAndSilence()
    {
        FakeEngineView engine;
        QCOMPARE(trayStateOf(engine), TrayState::Attention);
        engine.numbers.unhealthy = 0;
        QCOMPARE(trayStateOf(engine), TrayState::Running);
        engine.become(State::Running, Link::NotAnswering);
        QCOMPARE(trayStateOf(engine), TrayState::NoReply);
        engine.become(State::Starting, Link::Unreachable);
        QCOMPARE(trayStateOf(engine), TrayState::Starting);
        engine.become(State::Stopped, Link::Unreachable);
        QCOMPARE(trayStateOf(engine), TrayState::Stopped);
    }
};

} // namespace tst_engine_situation

ROADSTEAD_WIDGET_TEST(tst_engine_situation::TestEngineSituation)
#include "tst_engine_situation.moc"
