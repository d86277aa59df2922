// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace roadstead::desktop {

namespace {

void install(QCoreApplication &application, const QLocale &locale, const QString &name,
             const QString &folder)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, name, u"_"_s, folder)) {
        QCoreApplication::installTranslator(translator);
    } else {
        delete translator;
    }
}

} // namespace

void installTranslations(QCoreApplication &application, const QLocale &locale)
{
    const QString ours = u":/translations"_s;
    // Asked last, for what the language itself has not.
    install(application, QLocale(QLocale::English), u"roadstead"_s, ours);
    if (locale.language() != QLocale::English && locale.language() != QLocale::C) {
        install(application, locale, u"qtbase"_s,
                QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        install(application, locale, u"roadstead"_s, ours);
    }
}

} // namespace roadstead::desktop
