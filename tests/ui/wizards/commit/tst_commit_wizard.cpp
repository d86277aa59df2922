// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/fake_run_engine.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/label.h"
#include "ui/wizards/commit/commit_controller.h"
#include "ui/wizards/commit/commit_wizard.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

namespace tst_commit_wizard {

using namespace roadstead;
using namespace roadstead::ui;
using Step = CommitController::Step;

namespace {

const std::string newImage = "sha256:" + std::string(64, 'b');

struct CommitBed
{
    test::FakeRunEngine engine;
    CommitController controller{&engine};
    CommitWizard wizard{&controller};

    CommitBed()
    {
        engine.showImages({"team/web:1"});
        wizard.resize(1064, 722);
        wizard.show();
        controller.open({"id-of-web", "web"}, true);
    }
    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return wizard.findChild<Widget *>(QLatin1StringView(name));
    }
    void type(const char *name, const char *text) const
    {
        auto *field = find<QLineEdit>(name);
        QVERIFY2(field != nullptr, name);
        field->clear();
        QTest::keyClicks(field, QLatin1StringView(text));
    }
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button != nullptr && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QString text(const char *name) const { return find<QLabel>(name)->text(); }
};

} // namespace

class TestCommitWizard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        Theme::instance().install(*qApp);
    }

    void whatIsWrongIsSaidAtItsField_data()
    {
        QTest::addColumn<CommitForm>("form");
        QTest::addColumn<CommitField>("field");
        const auto change = [](const char *instruction, const char *value) {
            return CommitForm{.changes = {{instruction, value}}};
        };
        QTest::newRow("capitals") << CommitForm{.repository = "Web"} << CommitField::Repository;
        QTest::newRow("a blank") << CommitForm{.repository = "my web"} << CommitField::Repository;
        QTest::newRow("tag in it") << CommitForm{.repository = "web:1"} << CommitField::Repository;
        QTest::newRow("an id") << CommitForm{.repository = std::string(64, 'a')}
                               << CommitField::Repository;
        QTest::newRow("tag alone") << CommitForm{.tag = "1"} << CommitField::Repository;
        QTest::newRow("tag begins with a dot")
            << CommitForm{.repository = "web", .tag = ".1"} << CommitField::Tag;
        QTest::newRow("nothing after it") << change("CMD", "  ") << CommitField::Change;
        QTest::newRow("no value") << change("ENV", "LEVEL") << CommitField::Change;
        QTest::newRow("label with a blank") << change("LABEL", "a b=c") << CommitField::Change;
        QTest::newRow("no port") << change("EXPOSE", "80 http") << CommitField::Change;
        QTest::newRow("two users") << change("USER", "app root") << CommitField::Change;
        QTest::newRow("check without command")
            << change("HEALTHCHECK", "--interval=5s CMD") << CommitField::Change;
    }
    void whatIsWrongIsSaidAtItsField()
    {
        QFETCH(CommitForm, form);
        QFETCH(CommitField, field);
        const auto problems = commitProblems(form);
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems.front().field, field);
        QVERIFY(problems.front().isWrong && !problems.front().text.isEmpty());
    }

    void whatTheEngineTakesIsTaken_data()
    {
        QTest::addColumn<CommitForm>("form");
        const auto change = [](const char *instruction, const char *value) {
            return CommitForm{.changes = {{instruction, value}}};
        };
        QTest::newRow("nothing") << CommitForm{};
        QTest::newRow("a registry") << CommitForm{.repository = "localhost:5000/team/web"};
        QTest::newRow("a list") << change("CMD", R"(["nginx", "-g", "daemon off;"])");
        QTest::newRow("old form") << change("ENV", "LEVEL info");
        QTest::newRow("several") << change("ENV", "A=1 B=2");
        QTest::newRow("ports") << change("EXPOSE", "80 8000-8010/udp");
        QTest::newRow("none") << change("HEALTHCHECK", "NONE");
        QTest::newRow("check") << change("HEALTHCHECK", "--retries=3 CMD true");
    }
    void whatTheEngineTakesIsTaken()
    {
        QFETCH(CommitForm, form);
        QVERIFY(commitProblems(form).empty());
    }

    void theLineAndTheCommandAreWhatTheFormSays()
    {
        CommitBed bed;
        bed.type("commitRepository", "team/web");
        bed.type("commitTag", "2");
        bed.type("commitAuthor", "Ada");
        bed.type("commitMessage", "patched by hand");
        bed.find<QAbstractButton>("commitPause")->click();
        bed.press("changeAdd");
        bed.find<QComboBox>("changeInstruction0")->setCurrentText("ENV");
        bed.type("changeValue0", "LEVEL=info");
        const QString line = "docker commit -a Ada -m 'patched by hand' -c 'ENV LEVEL=info' "
                             "-p=false web team/web:2";
        QCOMPARE(bed.text("commitLine"), line);
        QCOMPARE(commandHint(bed.find("commitNow")), line);
        bed.press("commitNow");
        QCOMPARE(bed.engine.line(0), line);
        const auto &sent = std::get<docker::CommitContainer>(bed.engine.sent.at(0).command);
        QCOMPARE(sent.container.reference, "id-of-web");
        QCOMPARE(sent.image.repository, "docker.io/team/web");
        QCOMPARE(sent.image.tag, "2");
        QVERIFY(!sent.pause);
    }

    void pressingLeadsToTheFirstMistake()
    {
        CommitBed bed;
        bed.type("commitRepository", "web");
        bed.type("commitTag", "?");
        QVERIFY(isFaulty(bed.find("commitTag")));
        QVERIFY(bed.find("commitTagRemark")->isVisible());
        bed.find("commitRepository")->setFocus();
        bed.press("commitNow");
        QVERIFY(bed.engine.sent.empty());
        QCOMPARE(QApplication::focusWidget(), bed.find("commitTag"));
        bed.type("commitTag", "1");
        QVERIFY(!isFaulty(bed.find("commitTag")));
        QVERIFY(!bed.find("commitTagRemark")->isVisible());
    }

    void aNameThatMovesAndASecretAreSaidBefore()
    {
        CommitBed bed;
        bed.type("commitRepository", "team/web");
        bed.type("commitTag", "1");
        QVERIFY(bed.find("commitRepositoryRemark")->isVisible());
        QVERIFY(!isFaulty(bed.find("commitRepository")));
        bed.press("changeAdd");
        bed.find<QComboBox>("changeInstruction0")->setCurrentText("ENV");
        bed.type("changeValue0", "API_TOKEN=hunter2");
        QVERIFY(bed.find("changeRemark0")->isVisible());
        QCOMPARE(bed.controller.problemCount(), 0);
    }

    void theImageIsToldOnlyOnceTheEngineHasIt()
    {
        CommitBed bed;
        bed.type("commitRepository", "team/web");
        bed.press("commitNow");
        QCOMPARE(bed.controller.step(), Step::Committing);
        QVERIFY(!bed.find("committedId")->isVisible());
        bed.engine.succeed(0, newImage);
        QTRY_COMPARE(bed.controller.step(), Step::Done);
        QCOMPARE(bed.find<ElidedLabel>("committedId")->fullText(),
                 QString::fromStdString(newImage));
        QCOMPARE(bed.find<ElidedLabel>("committedName")->fullText(), QString("team/web:latest"));
        QCOMPARE(bed.find<ElidedLabel>("committedSize")->fullText(), QString("–"));
        docker::ImageSummary image;
        image.id = newImage;
        image.size = 318'000'000;
        bed.engine.setImages({image});
        QCOMPARE(bed.find<ElidedLabel>("committedSize")->fullText(), QString("318 MB"));
        const QSignalSpy run(&bed.wizard, &CommitWizard::runWanted);
        bed.press("runCommitted");
        QCOMPARE(run.at(0).at(0).toString(), QString("team/web:latest"));
    }

    void aFailureIsAboveTheFormThatKeepsWhatWasTyped()
    {
        CommitBed bed;
        bed.type("commitRepository", "web");
        bed.press("commitNow");
        bed.engine.fail(0, ErrorKind::EngineFailed, "no space left on device", "container.commit");
        QTRY_COMPARE(bed.controller.step(), Step::Editing);
        QVERIFY(bed.find("commitFailure")->isVisible());
        QCOMPARE(bed.find<QLineEdit>("commitRepository")->text(), QString("web"));
        bed.press("commitNow");
        QCOMPARE(bed.engine.sent.size(), std::size_t(2));
        bed.press("leaveCommit"); // stops it
        QTRY_COMPARE(bed.controller.step(), Step::Editing);
        QVERIFY(*bed.engine.sent.at(1).cancelled);
        QVERIFY(!bed.find("commitFailure")->isVisible());
    }

    void anotherContainerBeginsWithAnEmptyForm()
    {
        CommitBed bed;
        bed.type("commitRepository", "web");
        bed.controller.open({"id-of-web", "web"}, true);
        QCOMPARE(bed.find<QLineEdit>("commitRepository")->text(), QString("web"));
        bed.controller.open({"id-of-db", "db"}, false);
        QCOMPARE(bed.find<QLineEdit>("commitRepository")->text(), QString());
        QVERIFY(!bed.find("commitPause")->isVisible()); // it does not run
    }

    /// For looking at: build/tmp of the tree.
    void looksAsDrawn()
    {
        CommitBed bed;
        bed.type("commitRepository", "Team/web");
        bed.type("commitTag", "1");
        bed.press("changeAdd");
        bed.press("changeAdd");
        bed.find<QComboBox>("changeInstruction1")->setCurrentText("EXPOSE");
        bed.type("changeValue0", "[\"nginx\"]");
        bed.type("changeValue1", "http");
        QVERIFY(QDir().mkpath("tmp"));
        QVERIFY(bed.wizard.grab().save("tmp/commit.png"));
    }
};

} // namespace tst_commit_wizard

ROADSTEAD_WIDGET_TEST(tst_commit_wizard::TestCommitWizard)
#include "tst_commit_wizard.moc"
