// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/translations.h"
#include "tests/support/test_program/test_program.h"

#include <QLocale>
#include <QTest>

namespace tst_translations {

using namespace Qt::StringLiterals;

class TestTranslations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        // Whatever the desktop speaks, English plurals are there.
        roadstead::desktop::installTranslations(*QCoreApplication::instance(),
                                                QLocale(QLocale::German));
    }

    void oneIsNotMany()
    {
        const auto text = [](int count) {
            return QCoreApplication::translate("roadstead::ui::KillDialog", "Kill %n containers?",
                                               nullptr, count);
        };
        QCOMPARE(text(1), u"Kill 1 container?"_s);
        QCOMPARE(text(2), u"Kill 2 containers?"_s);
    }
};

} // namespace tst_translations

ROADSTEAD_GUILESS_TEST(tst_translations::TestTranslations)
#include "tst_translations.moc"
