// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/askpass/question_dialog.h"
#include "app/desktop/translations.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>

#include <cstdio>
#include <cstdlib>

using namespace roadstead;

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("roadstead"));
    QCoreApplication::setOrganizationName(QStringLiteral("roadstead"));
    const QApplication application(argc, argv);
    desktop::installTranslations(*qApp, QLocale());
    QGuiApplication::setDesktopFileName(QStringLiteral("org.roadstead.Roadstead"));
    QApplication::setWindowIcon(QIcon::fromTheme(QStringLiteral("roadstead")));
    ui::Theme::instance().install(*qApp);
    const char *hint = std::getenv("SSH_ASKPASS_PROMPT");
    const std::string_view question = argc > 1 ? argv[1] : "";
    const auto kind = askpass::kindOf(question, hint == nullptr ? "" : hint);
    askpass::QuestionDialog dialog(question, kind);
    if (dialog.exec() != QDialog::Accepted) {
        return 1;
    }
    if (kind != askpass::QuestionKind::Notice) {
        std::puts(dialog.answer().toUtf8().constData());
    }
    return 0;
}
