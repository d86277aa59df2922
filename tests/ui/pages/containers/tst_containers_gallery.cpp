// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "tests/ui/support/harbour.h"
#include "ui/pages/containers/container_table.h"
#include "ui/pages/containers/containers_page.h"
#include "ui/pages/containers/containers_view.h"
#include "ui/pages/containers/details_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tab_bar.h"
#include "ui/widgets/toast.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

namespace tst_containers_gallery {

using namespace roadstead;
using namespace roadstead::ui;

/// Pictures of the page in every state, both themes, beside which the design can be laid. Each is
/// checked for being drawn at all; how it looks is for people to judge: build/…/gallery/*.png.
class ContainersGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void picture_data();
    void picture();

private:
    static void checkIsDrawn(const QImage &image, const QByteArray &scene);
    void prepare(const QByteArray &scene, ContainersPage &page, test::FakeContainerEngine &engine);
    QDir m_folder;
};

void ContainersGallery::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName("roadstead-gallery");
    Theme::instance().install(*qApp);
    m_folder = QDir(QCoreApplication::applicationDirPath() + "/gallery");
    QVERIFY(m_folder.mkpath("."));
}

void ContainersGallery::picture_data()
{
    QTest::addColumn<QByteArray>("scene");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("scale");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("mirrored");
    QTest::addColumn<double>("text");
    const QSize small(1064, 722); // the page's part of a window of 1280 by 800
    const QSize narrow(744, 522); // of the smallest window, 960 by 600
    const QSize large(1704, 1002);
    for (const bool dark : {false, true}) {
        const QByteArray theme = dark ? "dark" : "light";
        for (const char *scene : {"list", "empty", "stale", "no-result", "hostile", "details",
                                  "inspect", "limits", "undo", "remove", "gone", "loading"}) {
            QTest::addRow("%s-%s", scene, theme.constData())
                << QByteArray(scene) << small << 1 << dark << false << 1.0;
        }
        if (dark && qEnvironmentVariableIsEmpty("ROADSTEAD_PICTURES")) {
            continue; // sizes are the same in both colours
        }
        QTest::addRow("list-1920-%s", theme.constData())
            << QByteArray("list") << large << 1 << dark << false << 1.0;
        QTest::addRow("list-2x-%s", theme.constData())
            << QByteArray("list") << small << 2 << dark << false << 1.0;
        QTest::addRow("details-1920-2x-%s", theme.constData())
            << QByteArray("details") << large << 2 << dark << false << 1.0;
        QTest::addRow("list-rtl-%s", theme.constData())
            << QByteArray("list") << small << 1 << dark << true << 1.0;
        QTest::addRow("list-narrow-%s", theme.constData())
            << QByteArray("hover") << narrow << 1 << dark << false << 1.0;
        QTest::addRow("list-text200-%s", theme.constData())
            << QByteArray("list") << small << 1 << dark << false << 2.0;
        QTest::addRow("list-narrow-text200-%s", theme.constData())
            << QByteArray("hover") << narrow << 1 << dark << false << 2.0;
        for (const auto &[name, size] :
             {std::pair("pane", small), {"pane-narrow", narrow}, {"pane-1920", large}}) {
            QTest::addRow("%s-%s", name, theme.constData())
                << QByteArray("pane") << size << 1 << dark << false << 1.0;
        }
        QTest::addRow("pane-rtl-%s", theme.constData())
            << QByteArray("pane") << small << 1 << dark << true << 1.0;
        QTest::addRow("pane-text200-%s", theme.constData())
            << QByteArray("pane") << large << 1 << dark << false << 2.0;
        QTest::addRow("pane-narrow-text200-%s", theme.constData())
            << QByteArray("pane") << narrow << 1 << dark << false << 2.0;
        QTest::addRow("details-text200-%s", theme.constData())
            << QByteArray("details") << small << 1 << dark << false << 2.0;
    }
}

void ContainersGallery::prepare(const QByteArray &scene, ContainersPage &page,
                                test::FakeContainerEngine &engine)
{
    if (scene == "empty") {
        engine.show({});
        return;
    }
    if (scene == "loading") {
        return;
    }
    test::Harbour harbour(engine);
    auto *table = page.widget()->findChild<ContainerTable *>();
    if (scene == "list" || scene == "hover") {
        table->selectIds({harbour.id("shopfront-api-1"), harbour.id("shopfront-worker-1")});
        table->setExpanded(page.controller()->tree()->indexOfGroup("media-lab"), false);
        page.controller()->perform(ContainerAction::Stop, {harbour.id("shopfront-web-1")});
        if (scene == "hover") {
            QCoreApplication::processEvents();
            const QPoint place =
                table->visualRect(page.controller()->tree()->indexOf(harbour.id("shopfront-api-1")))
                    .center();
            QMouseEvent move(QEvent::MouseMove, place, table->viewport()->mapToGlobal(place),
                             Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QCoreApplication::sendEvent(table->viewport(), &move);
        }
    } else if (scene == "stale") {
        engine.setListedAt(QDateTime::fromSecsSinceEpoch(test::Harbour::now - 95));
        engine.setLink(service::Link::Unreachable);
    } else if (scene == "no-result") {
        page.controller()->tree()->setFilterText("lighthouse");
    } else if (scene == "hostile") {
        test::Snapshot hostile = harbour.snapshot();
        hostile[4].name = "<b>bold</b>&amp;<img src=x>";
        hostile[5].name = "rtl\u202Eexe.txt\nsecond line";
        hostile[6].name = std::string(10'000, 'W');
        hostile[7].image = std::string(10'000, 'm') + ":tag";
        hostile[8].name = "&File && &Quit";
        engine.show(hostile);
    } else if (scene == "details" || scene == "inspect" || scene == "limits" || scene == "gone") {
        const std::string id = harbour.id("shopfront-api-1");
        engine.fileAccess.changed = {{"/app/cache", docker::ChangeKind::Added},
                                     {"/app/config/local.json", docker::ChangeKind::Modified},
                                     {"/app/tmp/session-7f3a.lock", docker::ChangeKind::Deleted}};
        page.showDetails(id);
        engine.answer<docker::ContainerDetails>(engine.inspections.back().promise,
                                                test::apiDetails(id));
        QCoreApplication::processEvents(); // what is on screen asks for more
        for (const auto &question : engine.processQuestions) {
            engine.answer<docker::ProcessTable>(
                question.promise,
                {{{"UID", "PID", "TIME", "CMD"},
                  {{"node", "48213", "00:01:07", "node dist/server.js"},
                   {"node", "48301", "00:00:02", "node dist/worker.js --queue mail"}}}});
        }
        engine.answer<std::string>(engine.logs.back().promise,
                                   "Listening on 3000\nGET /health 200 4 ms\n");
        if (scene == "inspect") {
            (void)page.filterField();
        } else if (scene == "limits") {
            auto *details = page.widget()->findChild<QWidget *>("containerDetails");
            details->findChild<QAbstractButton *>("limitsEdit")->click();
            auto *memory = details->findChild<QLineEdit *>("limitMemory");
            memory->selectAll();
            QTest::keyClicks(memory, "640 MiB");
        } else if (scene == "gone") {
            harbour.drop("shopfront-api-1");
        }
    } else if (scene == "pane") {
        const std::string id = harbour.id("shopfront-api-1");
        table->setCurrentId(id);
        page.widget()->findChild<QAbstractButton *>("paneButton")->click();
        engine.answer<docker::ContainerDetails>(engine.inspections.back().promise,
                                                test::apiDetails(id));
    } else if (scene == "undo") {
        page.controller()->requestRemoval({harbour.id("zealous_hopper")});
        page.controller()->perform(ContainerAction::Start, {harbour.id("ci-runner-7f3")});
        engine.fail(0, {ErrorKind::Conflict, 409,
                        "Bind for 0.0.0.0:8080 failed: port is already "
                        "allocated",
                        "container.start"});
    } else if (scene == "remove") {
        page.controller()->requestRemoval(
            {harbour.id("shopfront-api-1"), harbour.id("zealous_hopper"), harbour.id("gitea")});
    }
}

/// Something is drawn in every part of the picture that has something to show, in more than a few
/// tones, and nothing is left unpainted.
void ContainersGallery::checkIsDrawn(const QImage &image, const QByteArray &scene)
{
    const QRgb background = image.pixel(image.width() / 2, 4);
    const bool centred = scene == "empty" || scene == "no-result" || scene == "gone";
    QSet<QRgb> tones;
    for (int part = 0; part < 4; ++part) {
        const int left = part % 2 * image.width() / 2;
        const int top = part / 2 * image.height() / 2;
        int drawn = 0;
        for (int y = top; y < top + image.height() / 2; y += 2) {
            for (int x = left; x < left + image.width() / 2; x += 2) {
                const QRgb pixel = image.pixel(x, y);
                QVERIFY2(qAlpha(pixel) == 255, "a part of the page was not painted");
                drawn += pixel != background ? 1 : 0;
                tones.insert(pixel);
            }
        }
        const int all = image.width() * image.height() / 16;
        const bool upper = part < 2;
        if (scene == "inspect" && !upper) {
            continue; // the document is short, and nothing is round it
        }
        QVERIFY2(drawn > all / (centred && !upper ? 2000 : 200),
                 qPrintable(QString("part %1: %2 of %3").arg(part).arg(drawn).arg(all)));
    }
    QVERIFY2(tones.size() > 40, qPrintable(QString::number(tones.size())));
}

void ContainersGallery::picture()
{
    QFETCH(const QByteArray, scene);
    QFETCH(const QSize, size);
    QFETCH(const int, scale);
    QFETCH(const bool, dark);
    QFETCH(const bool, mirrored);
    QFETCH(const double, text);
    QSettings().clear();
    Theme::instance().setAppearance(dark ? Appearance::Dark : Appearance::Light);
    Theme::instance().setTextScale(text);
    qApp->setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    QWidget window;
    window.setAutoFillBackground(true);
    window.setPalette([] {
        QPalette palette = Theme::instance().palette();
        palette.setColor(QPalette::Window, color(Color::BgSurface));
        return palette;
    }());
    window.resize(size);
    ToastHost toasts(&window);
    toasts.setBottomInset(0);
    test::FakeContainerEngine engine;
    ContainersPage page({.engine = &engine,
                         .toasts = &toasts,
                         .helloArchive = "/hello.tar",
                         .wallClock = [] { return test::Harbour::now; },
                         .steadyClock = [] { return qint64(0); },
                         .openUrl = [](const QUrl &) {}});
    page.widget()->setParent(&window);
    page.widget()->resize(size);
    window.show();
    prepare(scene, page, engine);
    QTest::qWait(scene == "loading" ? 400 : 60); // lets fades and first layouts end
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    window.render(&image);
    if (auto *dialog = window.findChild<QDialog *>(); dialog && dialog->isVisible()) {
        QPainter painter(&image);
        painter.translate((size.width() - dialog->width()) / 2,
                          (size.height() - dialog->height()) / 2);
        dialog->render(&painter);
    }
    const QString file =
        m_folder.filePath(QString("containers-%1.png").arg(QTest::currentDataTag()));
    QVERIFY(image.save(file));
    const QRgb corner = image.pixel(image.width() / 2, 4);
    const bool isDark = qGray(corner) < 128;
    QCOMPARE(isDark, dark);
    checkIsDrawn(image, scene);
    qApp->setLayoutDirection(Qt::LeftToRight);
    Theme::instance().setTextScale(1);
}

} // namespace tst_containers_gallery

ROADSTEAD_WIDGET_TEST(tst_containers_gallery::ContainersGallery)
#include "tst_containers_gallery.moc"
