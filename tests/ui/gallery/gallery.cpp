// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Renders the shell, the widgets and the engine's states in both schemes to <folder>/*.png, to be
// looked at beside the mockups. Usage: gallery <folder>. The screen scale is QT_SCALE_FACTOR.

#include "tests/ui/shell/fake_engine_view.h"
#include "tests/ui/shell/sample_page.h"
#include "ui/shell/command_bar.h"
#include "ui/shell/engine_popup.h"
#include "ui/shell/main_window.h"
#include "ui/shell/palette.h"
#include "ui/shell/top_bar.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tab_bar.h"
#include "ui/widgets/toast.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace roadstead;
using namespace roadstead::ui;

namespace {

QString folder;
QString suffix;

void save(QWidget *widget, const QString &name)
{
    QTest::qWait(30);
    widget->grab().save(u"%1/%2-%3.png"_s.arg(folder, name, suffix));
}

/// Draws a popup into the picture of its window, where it would stand.
void saveWithPopup(QWidget *window, QWidget *popup, const QString &name)
{
    QTest::qWait(30);
    QPixmap picture = window->grab();
    QPainter painter(&picture);
    painter.drawPixmap(popup->pos() - window->mapToGlobal(QPoint(0, 0)), popup->grab());
    painter.end();
    picture.save(u"%1/%2-%3.png"_s.arg(folder, name, suffix));
}

QWidget *marksAndIcons()
{
    class Sheet : public QWidget
    {
    protected:
        void paintEvent(QPaintEvent *) override
        {
            QPainter painter(this);
            painter.fillRect(rect(), color(Color::BgSurface));
            for (std::size_t i = 0; i < stateMarkColors.size(); ++i) {
                paintStateMark(&painter, QRectF(20 + 40.0 * static_cast<double>(i), 16, 14, 14),
                               static_cast<StateMark>(i), 0.15);
                paintStateMark(&painter, QRectF(14 + 40.0 * static_cast<double>(i), 44, 28, 28),
                               static_cast<StateMark>(i), 0.15);
            }
            int i = 0;
            for (const QString &name : iconNames()) {
                paintIcon(&painter, QRectF(20 + 40 * (i % 20), 100 + 34 * (i / 20), 16, 16), name,
                          Color::Text2);
                ++i;
            }
        }
    };
    auto *sheet = new Sheet;
    sheet->resize(840, 320);
    return sheet;
}

QWidget *controls()
{
    auto *sheet = new Surface(Color::BgSurface);
    auto *grid = new QGridLayout(sheet);
    grid->setSpacing(12);
    int row = 0;
    for (const auto kind : {ButtonKind::Primary, ButtonKind::Normal, ButtonKind::Danger,
                            ButtonKind::DangerSolid, ButtonKind::Quiet}) {
        int column = 0;
        for (const auto size :
             {ButtonSize::Normal, ButtonSize::Small, ButtonSize::TopBar, ButtonSize::Large}) {
            auto *button = new Button(u"b"_s, u"Start engine"_s, kind);
            button->setLook(kind, size);
            button->setIconName(u"play"_s);
            grid->addWidget(button, row, column++);
        }
        auto *disabled = new Button(u"b"_s, u"Disabled"_s, kind);
        disabled->setEnabled(false);
        grid->addWidget(disabled, row++, column);
    }
    auto *combo = new QComboBox;
    combo->addItems({u"json-file"_s, u"local"_s});
    auto *spin = new QSpinBox;
    spin->setValue(20);
    auto *field = new QLineEdit(u"shopfront"_s);
    auto *check = new QCheckBox(u"Keep containers running"_s);
    check->setChecked(true);
    auto *partly = new QCheckBox(u"Some"_s);
    partly->setTristate(true);
    partly->setCheckState(Qt::PartiallyChecked);
    grid->addWidget(combo, row, 0);
    grid->addWidget(spin, row, 1);
    grid->addWidget(field, row, 2);
    grid->addWidget(check, row, 3);
    grid->addWidget(partly, row++, 4);
    auto *segments = new Segmented(u"s"_s, u"View"_s);
    segments->addChoice(0, u"a"_s, u"Diff"_s);
    segments->addChoice(1, u"b"_s, u"Whole file"_s);
    segments->choose(0);
    grid->addWidget(segments, row, 0);
    auto *badge = new Badge(u"Running, healthy"_s, Tone::Ok);
    badge->setMark(StateMark::Running);
    grid->addWidget(badge, row, 1);
    grid->addWidget(new Badge(u"4 restarts"_s, Tone::Danger), row, 2);
    grid->addWidget(new Badge(u"Changed"_s, Tone::Warn), row, 3);
    auto *bar = new ProgressBar;
    bar->setShare(0.6);
    grid->addWidget(bar, row++, 4);
    auto *tabs = new TabBar(u"tabs"_s, u"Details"_s);
    for (const auto &tab : {u"Overview"_s, u"Logs"_s, u"Inspect"_s}) {
        tabs->addTab(tab);
    }
    grid->addWidget(tabs, row, 0, 1, 3);
    grid->addWidget(new SearchField(u"f"_s, u"Filter containers"_s, u"funnel"_s), row++, 3);
    auto *card = new Card(u"Networks"_s);
    card->setNote(u"2 attached"_s);
    card->addRow(new Label(u"   shopfront_default"_s));
    grid->addWidget(card, row++, 0, 1, 3);
    sheet->resize(840, 440);
    return sheet;
}

void renderDialogs(MainWindow &window)
{
    auto *confirm =
        new ConfirmDialog(u"takeDown"_s, u"Take down shopfront and delete its data?"_s, &window);
    confirm->setText(u"5 containers stop now. The data below is deleted and cannot be restored."_s);
    confirm->addLost(u"volume"_s, u"shopfront_db-data, written 8 s ago"_s, u"2.1 GB"_s);
    confirm->addLost(u"container"_s, u"Changes inside 5 containers"_s, u"41 MB"_s);
    confirm->setStays(u"4 images, compose.yaml and every file in ~/src/shopfront"_s);
    confirm->addOption(u"volumes"_s, u"Delete the 2 volumes too"_s)->setChecked(true);
    confirm->requireTyping(u"shopfront"_s);
    confirm->setCommand(u"docker compose -p shopfront down --volumes"_s);
    confirm->setVerb(u"Delete 2.4 GB"_s, ButtonKind::DangerSolid);
    confirm->open();
    save(confirm, u"dialog"_s);
    confirm->close();
}

void renderMenu(MainWindow &window)
{
    QMenu menu(&window);
    menu.addAction(icon(u"play"_s), u"Start"_s)->setShortcut(QKeySequence(u"Ctrl+Shift+S"_s));
    menu.addAction(icon(u"stop"_s), u"Stop"_s);
    menu.addSeparator();
    QAction *checkable = menu.addAction(u"Ports"_s);
    checkable->setCheckable(true);
    checkable->setChecked(true);
    menu.addMenu(u"More"_s)->addAction(u"Inner"_s);
    QAction *remove = menu.addAction(icon(u"trash"_s, Color::Danger), u"Remove…"_s);
    remove->setProperty("danger", true);
    menu.addAction(u"Not now"_s)->setEnabled(false);
    menu.popup(window.mapToGlobal(QPoint(300, 200)));
    menu.setActiveAction(menu.actions().at(1));
    saveWithPopup(&window, &menu, u"menu"_s);
    menu.close();
}

void renderStates(FakeEngineView &engine, MainWindow &window)
{
    using embedded::State;
    using service::Link;
    engine.hasList = false;
    engine.become(State::NotInstalled, Link::Unreachable);
    save(&window, u"state-not-installed"_s);
    engine.become(State::Stopped, Link::Unreachable);
    save(&window, u"state-stopped"_s);
    engine.become(State::Starting, Link::Unreachable);
    save(&window, u"state-starting"_s);
    engine.fault =
        embedded::Failure{embedded::FailureCause::AddressPoolClash,
                          {u"time=\"14:43:51\" level=info msg=\"Starting up\""_s,
                           u"time=\"14:43:52\" level=warning msg=\"overlaps with tun0\""_s,
                           u"failed to start daemon: Error initializing network controller"_s},
                          u"172.30.0.0/16"_s};
    engine.become(State::Failed, Link::Unreachable);
    if (auto *details = window.findChild<QPushButton *>(u"engineStateSecondary"_s)) {
        details->click();
    }
    save(&window, u"state-failed"_s);
    engine.error = Error{ErrorKind::PermissionDenied, 13, "permission denied", "engine.connect"};
    engine.become(State::Running, Link::NoAccess);
    save(&window, u"state-no-access"_s);
    engine.become(State::Running, Link::NotAnswering);
    save(&window, u"state-not-answering"_s);
    engine.error = Error{ErrorKind::Refused, 111, "connection refused", "engine.connect"};
    engine.become(State::Running, Link::Unreachable);
    save(&window, u"state-unreachable"_s);
    engine.hasList = true;
    engine.listTime = QDateTime::currentDateTime().addSecs(-12);
    engine.become(State::Running, Link::NotAnswering);
    save(&window, u"state-banner"_s);
    engine.become(State::Running, Link::Live);
}

void renderShell(QSize size)
{
    FakeEngineView engine;
    SamplePage page;
    engine.addRecord(u"docker stop shopfront-web-1"_s, 240);
    engine.addRecord(
        u"docker start shopfront-web-1"_s, 120,
        Error{ErrorKind::EngineFailed, 500, "port is already allocated", "container.start"});
    engine.addRecord(
        u"docker buildx build -t shopfront-api:1.8.3 --platform linux/amd64,linux/arm64 "
        u"--push --progress rawjson --metadata-file /tmp/x ."_s,
        {});
    MainWindow window(&engine);
    window.resize(size);
    window.addPage(&page);
    window.show();
    save(&window, u"shell"_s);
    if (size.width() > 1280) {
        return;
    }
    window.commandBar()->setHint(u"docker stop shopfront-db-1"_s, u"when you press Stop"_s);
    window.toasts()->show(
        {ToastKind::Error,
         u"Could not start shopfront-web-1"_s,
         u"Port 8080 is used by caddy (pid 2214). Stop it, or use another port."_s,
         {{u"use"_s, u"Use 8081"_s, {}, {}}},
         u"driver failed programming external connectivity"_s});
    window.toasts()->showUndo(u"Removing zealous_hopper"_s, u"Nothing is deleted yet."_s, {}, {});
    window.toasts()->show({ToastKind::Done,
                           u"Pushed shopfront-api:1.8.3"_s,
                           u"93.8 MB to ghcr.io in 36 s."_s,
                           {{u"copy"_s, u"Copy digest"_s, {}, {}}},
                           {}});
    QTest::qWait(200);
    save(&window, u"toasts"_s);
    window.toasts()->expireAll();
    window.findChild<QAbstractButton *>(u"activityButton"_s)->click();
    save(&window, u"activity"_s);
    window.findChild<QAbstractButton *>(u"activityButton"_s)->click();
    auto *palette = window.findChild<CommandPalette *>();
    palette->open(u"s"_s);
    save(&window, u"palette"_s);
    palette->close();
    window.findChild<QAbstractButton *>(u"engineButton"_s)->click();
    saveWithPopup(&window, window.findChild<EnginePopup *>(), u"engine-popup"_s);
    window.findChild<EnginePopup *>()->hide();
    window.findChild<QAbstractButton *>(u"commandHistory"_s)->click();
    saveWithPopup(&window, window.findChild<QWidget *>(u"commandHistoryPopup"_s), u"history"_s);
    window.findChild<QWidget *>(u"commandHistoryPopup"_s)->hide();
    renderMenu(window);
    renderDialogs(window);
    window.showSettings();
    save(&window, u"settings"_s);
    window.showPage(u"containers"_s);
    window.findChild<QAbstractButton *>(u"sidebarCollapse"_s)->click();
    save(&window, u"collapsed"_s);
    window.findChild<QAbstractButton *>(u"sidebarCollapse"_s)->click();
    renderStates(engine, window);
    qApp->setLayoutDirection(Qt::RightToLeft);
    save(&window, u"rtl"_s);
    qApp->setLayoutDirection(Qt::LeftToRight);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName(u"roadstead-gallery"_s);
    QSettings().clear();
    folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : "gallery");
    QDir().mkpath(folder);
    Theme::instance().install(application);
    Theme::instance().setReducedMotion(true);
    const QString scale = u"%1x"_s.arg(application.devicePixelRatio());
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
        Theme::instance().setAppearance(appearance);
        suffix = u"%1-%2"_s.arg(appearance == Appearance::Light ? u"light"_s : u"dark"_s, scale);
        const std::unique_ptr<QWidget> marks(marksAndIcons());
        save(marks.get(), u"marks"_s);
        const std::unique_ptr<QWidget> sheet(controls());
        sheet->show();
        save(sheet.get(), u"controls"_s);
        renderShell({1280, 800});
        suffix += u"-1920"_s;
        renderShell({1920, 1080});
    }
    return 0;
}
