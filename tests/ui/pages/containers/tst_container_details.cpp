// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/pages/containers/page_bench.h"
#include "ui/pages/containers/container_header.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/inspect_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/empty_state.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace roadstead;
using namespace roadstead::ui;
using docker::ContainerState;
using test::Bench;
using test::Harbour;
using test::nameX;

/// A container's details on its page, and the figures of what is on screen.
class ContainerDetailsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void detailsOpenByDoubleClickAndClose();
    void detailsFollowTheContainer();
    void secretsAreMaskedAndCopied();
    void inspectSearches();
    void hostileTextStaysText();
    void figuresAreAskedForOfWhatIsOnScreen();
};

void ContainerDetailsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-page-test");
    Theme::instance().install(*qApp);
}

void ContainerDetailsTest::detailsOpenByDoubleClickAndClose()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    const QPoint position = bench.at(id, NameColumn, nameX);
    bench.click(position);
    QTest::mouseDClick(bench.table->viewport(), Qt::LeftButton, {}, position);
    QVERIFY(bench.page.canGoBack());
    QCOMPARE(bench.engine.inspections.at(0).id, id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    QCOMPARE(bench.find<QLabel>("restartPolicy")->text(), QString("Unless stopped"));
    bench.press("openPort3000");
    QCOMPARE(bench.opened, QList{QUrl("http://localhost:3000")});
    bench.press("detailsRestartButton");
    QCOMPARE(bench.engine.line(0), QString("docker restart shopfront-api-1"));
    bench.press("crumbContainers");
    QVERIFY(!bench.page.canGoBack());
    QCOMPARE(bench.table->currentId(), id);
}

void ContainerDetailsTest::detailsFollowTheContainer()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    harbour.change("shopfront-api-1", ContainerState::Paused, "Up 3 hours (Paused)");
    QCOMPARE(bench.engine.inspections.size(), std::size_t(2));
    docker::ContainerDetails late = test::apiDetails(id);
    late.restartPolicy = "always";
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[1].promise,
                                                  test::apiDetails(id));
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, late);
    Bench::settle();
    QCOMPARE(bench.find<QLabel>("restartPolicy")->text(), QString("Unless stopped"));
    harbour.drop("shopfront-api-1");
    QCOMPARE(bench.find<EmptyState>("detailsMessage")->what(),
             QString("This container was removed"));
}

void ContainerDetailsTest::secretsAreMaskedAndCopied()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    const auto visibleText = [&bench] {
        QString all;
        for (const QLabel *label : bench.window.findChildren<QLabel *>()) {
            all += label->text() + label->accessibleName() + label->toolTip() + u'\n';
        }
        return all;
    };
    QVERIFY(!visibleText().contains("tide-7Kq2"));
    QVERIFY(!visibleText().contains("postgres://"));
    QVERIFY(visibleText().contains("production"));
    bench.press("copy_JWT_SECRET");
    QCOMPARE(QGuiApplication::clipboard()->text(), QString("tide-7Kq2-v0xw"));
    QVERIFY(!visibleText().contains("tide-7Kq2"));
    bench.press("reveal_JWT_SECRET");
    QVERIFY(visibleText().contains("tide-7Kq2"));
    bench.press("reveal_JWT_SECRET");
    QVERIFY(!visibleText().contains("tide-7Kq2"));
}

void ContainerDetailsTest::inspectSearches()
{
    Bench bench;
    Harbour harbour(bench.engine);
    const std::string id = harbour.id("shopfront-api-1");
    bench.page.showDetails(id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise,
                                                  test::apiDetails(id));
    Bench::settle();
    auto *field = qobject_cast<QLineEdit *>(bench.page.filterField());
    QCOMPARE(field->objectName(), QString("inspectSearch"));
    auto *view = bench.find<InspectView>("inspectView");
    QTRY_VERIFY(view->shownText().contains("\n  \"Name\": \"/shopfront-api-1\",\n"));
    field->setFocus();
    field->setText("running");
    QTRY_COMPARE(bench.find<QLabel>("inspectMatches")->text(), QString("2 matches"));
    auto *text = bench.find<QPlainTextEdit>("inspectText");
    QCOMPARE(commandHint(text), QString("docker container inspect shopfront-api-1"));
    const int first = text->textCursor().position();
    QTest::keyClick(field, Qt::Key_F3);
    QVERIFY(text->textCursor().position() > first);
}

void ContainerDetailsTest::hostileTextStaysText()
{
    Bench bench;
    const std::string evil =
        "<b>x</b>&amp;<img src='file:///etc/passwd'>\u202E\n\x1b[2J&q" + std::string(10'000, 'w');
    auto summary = test::container(1, evil, evil);
    summary.image = evil;
    summary.status = evil;
    summary.networks = {evil};
    bench.engine.show({summary});
    docker::ContainerDetails details = test::apiDetails(summary.id);
    details.name = details.image = details.error = details.user = details.workingDir = evil;
    details.command = details.entrypoint = details.environment = {evil};
    details.labels = {{evil, evil}};
    details.mounts = {{evil, evil, evil, evil, true}};
    details.networks = {{evil, evil, evil, evil, evil, {evil}}};
    details.ports = {{evil, 80, 8080, evil}};
    details.healthLog = {{evil, evil, 1, evil}};
    details.raw = evil;
    bench.page.showDetails(summary.id);
    bench.engine.answer<docker::ContainerDetails>(bench.engine.inspections[0].promise, details);
    bench.engine.answer<std::string>(bench.engine.logs[0].promise, evil);
    bench.page.controller()->perform(ContainerAction::Stop, {summary.id});
    bench.engine.fail(0, {ErrorKind::EngineFailed, 500, evil, "container.stop"});
    Bench::settle();
    for (const QLabel *label : bench.window.findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY2(label->text().size() <= 16384, qPrintable(label->objectName()));
        for (const QChar c : label->text()) {
            QVERIFY2(c != QChar(0x202E) && (c >= u' ' || c == u'\n' || c == u'\t'),
                     qPrintable(label->text()));
        }
    }
    QVERIFY(bench.window.width() <= 1064);
}

void ContainerDetailsTest::figuresAreAskedForOfWhatIsOnScreen()
{
    Bench bench;
    test::Snapshot many;
    for (unsigned number = 0; number < 200; ++number) {
        many.push_back(test::container(number, "c" + std::to_string(1000 + number)));
    }
    bench.engine.show(std::move(many));
    Bench::settle();
    const auto onScreen = [&] {
        Q_EMIT bench.engine.statsChanged();
        return bench.engine.statsVisible;
    };
    const auto isShown = [&](const std::string &id) {
        return bench.table->viewport()->rect().intersects(
            bench.table->visualRect(bench.page.controller()->tree()->indexOf(id)));
    };
    const std::vector<std::string> top = onScreen();
    QVERIFY(top.size() > 5 && top.size() < 40);
    QVERIFY(std::ranges::all_of(top, isShown));
    bench.table->scrollToBottom();
    const std::vector<std::string> bottom = onScreen();
    QVERIFY(std::ranges::all_of(bottom, isShown));
    QVERIFY(std::ranges::find_first_of(top, bottom) == top.end());
    bench.page.showDetails(top.front());
    QCOMPARE(onScreen(), std::vector{top.front()});
    bench.page.goBack();
    QVERIFY(onScreen().size() > 5);
    bench.window.hide();
    QVERIFY(onScreen().empty());
}

QTEST_MAIN(ContainerDetailsTest)
#include "tst_container_details.moc"
