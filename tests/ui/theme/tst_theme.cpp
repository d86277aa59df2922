// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/test_program/test_program.h"
#include "ui/theme/busy_clock.h"
#include "ui/theme/focus_ring.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/state_mark.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFocusFrame>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QStandardPaths>
#include <QStyleHints>
#include <QTabBar>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>

namespace tst_theme {

using namespace Qt::StringLiterals;
using namespace roadstead::ui;

namespace {

double luminance(const QColor &c)
{
    const auto linear = [](double v) {
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(Color a, Color b)
{
    const double la = luminance(color(a));
    const double lb = luminance(color(b));
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QImage drawn(QSize size, qreal scale, const std::function<void(QPainter &)> &paint)
{
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(painter);
    return image;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
        Theme::instance().install(*qApp);
        Theme::instance().setTextScale(1);
    }

    void textAndMarksHaveEnoughContrastInBothSchemes_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::newRow("light") << Appearance::Light;
        QTest::newRow("dark") << Appearance::Dark;
    }
    void textAndMarksHaveEnoughContrastInBothSchemes()
    {
        QFETCH(Appearance, appearance);
        Theme::instance().setAppearance(appearance);
        const QList<Color> backgrounds{Color::BgWindow, Color::BgSurface,  Color::BgSunken,
                                       Color::BgHover,  Color::BgSelected, Color::BgRaised};
        for (const Color background : backgrounds) {
            for (const Color text : {Color::Text, Color::Text2, Color::Text3, Color::Accent,
                                     Color::Ok, Color::Warn, Color::Danger}) {
                QCOMPARE_GE(contrast(text, background), 4.5);
            }
            for (const Color mark :
                 {Color::OkMark, Color::WarnMark, Color::DangerMark, Color::NeutralMark}) {
                QCOMPARE_GE(contrast(mark, background), 3.0);
            }
        }
        for (const Color solid :
             {Color::AccentSolid, Color::AccentSolidHover, Color::DangerSolid}) {
            QCOMPARE_GE(contrast(Color::OnAccent, solid), 4.5);
        }
        QCOMPARE_GE(contrast(Color::TooltipText, Color::TooltipBg), 4.5);
    }

    void theChoiceOfAppearanceIsRemembered()
    {
        Theme::instance().setAppearance(Appearance::Light);
        Theme::instance().setAppearance(Appearance::Dark);
        QCOMPARE(QSettings().value(u"appearance/scheme"_s).toString(), u"dark"_s);
        QVERIFY(Theme::instance().isDark());
        QCOMPARE(qApp->palette().color(QPalette::Base), QColor(0x1B, 0x1F, 0x24));
        Theme::instance().setAppearance(Appearance::Light);
        QCOMPARE(qApp->palette().color(QPalette::Base), QColor(Qt::white));
    }

    void highContrastDropsTintsAndStrengthensLines()
    {
        Theme::instance().setHighContrast(true);
        QCOMPARE(color(Color::Border), color(Color::BorderControl));
        QCOMPARE(color(Color::AccentTint), color(Color::BgSurface));
        QCOMPARE(color(Color::Text3), color(Color::Text));
        Theme::instance().setHighContrast(false);
        QCOMPARE_NE(color(Color::Border), color(Color::BorderControl));
    }

    void everyIconDrawsSomethingInItsToneAtEveryScale_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = iconNames();
        QCOMPARE_GT(names.size(), 60);
        for (const QString &name : names) {
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void everyIconDrawsSomethingInItsToneAtEveryScale()
    {
        QFETCH(QString, name);
        // The tray's marks for attention and silence keep their own colours on any panel.
        const bool oneTone = name != u"tray-attention"_s && name != u"tray-silent"_s;
        for (const qreal scale : {1.0, 1.5, 2.0}) {
            const QImage image = drawn({16, 16}, scale, [&](QPainter &p) {
                paintIcon(&p, QRectF(0, 0, 16, 16), name, QColor(255, 0, 0));
            });
            int painted = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor c = image.pixelColor(x, y);
                    painted += c.alpha() > 60 ? 1 : 0;
                    if (oneTone) { // no colour but the one asked for
                        QCOMPARE_LT(c.green() * c.alpha() / 255, 20);
                    }
                }
            }
            QCOMPARE_GT(painted, static_cast<int>(6 * scale * scale));
        }
    }

    void iconsFollowDisabledAndSelectedModes()
    {
        const QIcon search = icon(u"search"_s, Color::Text);
        const auto strongest = [&](QIcon::Mode mode) {
            const QImage image = search.pixmap(QSize(32, 32), 1.0, mode).toImage();
            QColor best(0, 0, 0, 0);
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixelColor(x, y).alpha() > best.alpha()) {
                        best = image.pixelColor(x, y);
                    }
                }
            }
            return best.rgb();
        };
        QCOMPARE(strongest(QIcon::Normal), color(Color::Text).rgb());
        QCOMPARE(strongest(QIcon::Disabled), color(Color::TextDisabled).rgb());
        QCOMPARE(strongest(QIcon::Selected), color(Color::OnAccent).rgb());
    }

    void everyStateMarkHasAShapeOfItsOwn()
    {
        QList<QImage> shapes;
        for (std::size_t i = 0; i < stateMarkColors.size(); ++i) {
            // One tone for all, so that only the shape can tell them apart.
            shapes << drawn({14, 14}, 2, [&](QPainter &p) {
                paintStateMark(&p, QRectF(0, 0, 14, 14), static_cast<StateMark>(i), 0.0,
                               QColor(Qt::black));
            });
        }
        for (qsizetype a = 0; a < shapes.size(); ++a) {
            for (qsizetype b = a + 1; b < shapes.size(); ++b) {
                const bool sameByDesign = a == static_cast<qsizetype>(StateMark::Unhealthy) &&
                                          b == static_cast<qsizetype>(StateMark::Warning);
                QCOMPARE(shapes.at(a) == shapes.at(b), sameByDesign);
            }
        }
    }

    void theBusyArcTurnsUnlessMotionIsReduced()
    {
        const auto at = [](qreal phase) {
            return drawn({14, 14}, 1, [&](QPainter &p) {
                paintStateMark(&p, QRectF(0, 0, 14, 14), StateMark::Busy, phase);
            });
        };
        QVERIFY(at(0) != at(0.5));
        Theme::instance().setReducedMotion(true);
        QCOMPARE(BusyClock::instance().phase(), 0.0);
        Theme::instance().setReducedMotion(false);
    }

    void theDesktopsSchemeIsFollowedUntilOneIsChosen()
    {
        QStyleHints *hints = QGuiApplication::styleHints();
        const auto back = qScopeGuard([hints] {
            Theme::instance().setAppearance(Appearance::System);
            hints->unsetColorScheme();
        });
        Theme::instance().setAppearance(Appearance::System);
        for (const Qt::ColorScheme scheme :
             {Qt::ColorScheme::Dark, Qt::ColorScheme::Light, Qt::ColorScheme::Dark}) {
            hints->setColorScheme(scheme);
            if (hints->colorScheme() != scheme) {
                QSKIP("this platform has no colour scheme to follow");
            }
            QTRY_COMPARE(Theme::instance().isDark(), scheme == Qt::ColorScheme::Dark);
        }
        Theme::instance().setAppearance(Appearance::Light);
        QVERIFY(!Theme::instance().isDark());
        hints->setColorScheme(Qt::ColorScheme::Light);
        hints->setColorScheme(Qt::ColorScheme::Dark);
        QVERIFY(!Theme::instance().isDark());
    }

    void theBusyClockRunsOnlyForWhatCanBeSeen()
    {
        BusyClock &clock = BusyClock::instance();
        QWidget window;
        auto *busy = new QWidget(&window);
        clock.setBusy(busy, true);
        QVERIFY(!clock.isRunning()); // not shown yet
        window.show();
        QVERIFY(clock.isRunning());
        busy->hide();
        QVERIFY(!clock.isRunning());
        busy->show();
        QVERIFY(clock.isRunning());
        window.showMinimized();
        QTRY_VERIFY(!clock.isRunning());
        window.showNormal();
        QTRY_VERIFY(clock.isRunning());
        Theme::instance().setReducedMotion(true);
        QVERIFY(!clock.isRunning());
        Theme::instance().setReducedMotion(false);
        QVERIFY(clock.isRunning());
        clock.setBusy(busy, false);
        QVERIFY(!clock.isRunning());
        clock.setBusy(busy, true);
        QVERIFY(clock.isRunning());
        delete busy;
        QVERIFY(!clock.isRunning());
    }

    void theFocusRingFollowsTheKeyboardAndFieldsOnly()
    {
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        auto *button = new QPushButton(u"Stop"_s);
        auto *field = new QLineEdit;
        layout->addWidget(button);
        layout->addWidget(field);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto ringTarget = [&]() -> QWidget * {
            const auto frames = window.findChildren<QFocusFrame *>(u"focusRing"_s);
            return frames.isEmpty() || !frames.first()->isVisible() ? nullptr
                                                                    : frames.first()->widget();
        };
        QTest::mouseClick(button, Qt::LeftButton);
        button->setFocus(Qt::MouseFocusReason);
        QCOMPARE(ringTarget(), nullptr);
        field->setFocus(Qt::MouseFocusReason);
        QCOMPARE(ringTarget(), field);
        QTest::keyClick(field, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(window.focusWidget(), button);
        QCOMPARE(ringTarget(), button);
        QTest::mousePress(button, Qt::LeftButton); // the mouse takes over where the keys went
        QCOMPARE(ringTarget(), nullptr);
    }

    void ofTabsTheCurrentOneHasTheRing()
    {
        QTabBar tabs;
        tabs.addTab(u"Overview"_s);
        tabs.addTab(u"Logs"_s);
        tabs.resize(600, 36);
        const QRectF box(3, 3, 600, 36);
        for (const int index : {0, 1}) {
            tabs.setCurrentIndex(index);
            const QRectF ring = FocusRing::within(tabs, box);
            QVERIFY(QRectF(tabs.tabRect(index)).translated(3, 3).contains(ring));
            QVERIFY(ring.width() > 10 && ring.height() > 10);
        }
        QCOMPARE(FocusRing::within(QWidget(), box), box);
    }

    void theFocusRingIsTwoPixelsWideWithAOnePixelGap()
    {
        const QImage image = drawn({40, 40}, 1, [](QPainter &p) {
            paintFocusRing(&p, QRectF(10, 10, 20, 20), radius::control);
        });
        const QRgb accent = color(Color::Accent).rgb();
        QCOMPARE(image.pixelColor(20, 7).rgb(), accent);
        QCOMPARE(image.pixelColor(20, 8).rgb(), accent);
        QCOMPARE(image.pixelColor(20, 9).alpha(), 0);  // the gap
        QCOMPARE(image.pixelColor(20, 10).alpha(), 0); // the control itself
        QCOMPARE(image.pixelColor(20, 6).alpha(), 0);
    }

    void lengthsThatHoldTextGrowWithTheText()
    {
        Theme::instance().setTextScale(2);
        QCOMPARE(heightFor(FontRole::Body, size::row), 64);
        QCOMPARE(font(FontRole::Body).pixelSize(), 26);
        QPushButton button(u"Restart"_s);
        QCOMPARE_GE(button.sizeHint().height(), 56);
        Theme::instance().setTextScale(1);
        QCOMPARE(font(FontRole::Body).pixelSize(), 13);
        QCOMPARE(QPushButton(u"Restart"_s).sizeHint().height(), size::button);
    }
};

} // namespace tst_theme

ROADSTEAD_WIDGET_TEST(tst_theme::TestTheme)
#include "tst_theme.moc"
