// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/askpass/question_dialog.h"
#include "tests/support/test_program/test_program.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QTest>

namespace tst_askpass {

using namespace roadstead;
using namespace roadstead::askpass;
using namespace Qt::StringLiterals;

/// The window for ssh's questions.
class TestAskPass : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }

    void questionsAreToldApart_data()
    {
        QTest::addColumn<QByteArray>("question");
        QTest::addColumn<QByteArray>("hint");
        QTest::addColumn<QuestionKind>("kind");
        QTest::newRow("pass phrase") << "Enter passphrase for key '/home/me/.ssh/id_ed25519': "_ba
                                     << ""_ba << QuestionKind::Secret;
        QTest::newRow("password") << "me@host's password: "_ba << ""_ba << QuestionKind::Secret;
        QTest::newRow("host key")
            << "The authenticity of host 'h (10.0.0.1)' can't be established.\n"
               "ED25519 key fingerprint is SHA256:abc.\nAre you sure you want "
               "to continue connecting (yes/no/[fingerprint])? "_ba
            << ""_ba << QuestionKind::Confirm;
        QTest::newRow("agent") << "Allow use of key me?"_ba << "confirm"_ba
                               << QuestionKind::Confirm;
        QTest::newRow("touch") << "Confirm user presence for key ED25519-SK"_ba << "none"_ba
                               << QuestionKind::Notice;
    }

    void questionsAreToldApart()
    {
        QFETCH(const QByteArray, question);
        QFETCH(const QByteArray, hint);
        QFETCH(const QuestionKind, kind);
        QCOMPARE(kindOf(question.toStdString(), hint.toStdString()), kind);
    }

    void aSecretIsNotShown()
    {
        QuestionDialog dialog("me@host's password: ", QuestionKind::Secret);
        dialog.show();
        auto *field = dialog.findChild<QLineEdit *>(u"askPassAnswer"_s);
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        QVERIFY(field->hasFocus() || dialog.focusWidget() == field);
        QTest::keyClicks(field, u"s3cret phrase"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.answer(), u"s3cret phrase"_s);
    }

    void enterDoesNotTrustAHost()
    {
        QuestionDialog dialog("continue (yes/no)? ", QuestionKind::Confirm);
        dialog.show();
        QTest::keyClick(dialog.focusWidget(), Qt::Key_Return);
        QVERIFY(dialog.result() != QDialog::Accepted);
        dialog.verbButton()->click();
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        QCOMPARE(dialog.answer(), u"yes"_s);
    }

    void whatAServerSaysIsText()
    {
        QuestionDialog dialog("<img src='http://x/'>\x1b[31m\u202eevil", QuestionKind::Secret);
        const auto *label = dialog.findChild<QLabel *>(u"askPassQuestion"_s);
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(label->text().contains(u"<img"_s));
        QVERIFY(!label->text().contains(QChar(0x1b)));
        QVERIFY(!label->text().contains(QChar(0x202e)));
    }

    void theProgramPrintsNothingWhenItIsEnded()
    {
        QProcess program;
        program.start(QStringLiteral(ASKPASS_PROGRAM), {u"me@host's password: "_s});
        QVERIFY(program.waitForStarted());
        QVERIFY(!program.waitForFinished(1500)); // it waits for an answer
        program.terminate();
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.readAllStandardOutput(), QByteArray());
        QVERIFY(program.exitStatus() == QProcess::CrashExit || program.exitCode() != 0);
    }
};

} // namespace tst_askpass

ROADSTEAD_WIDGET_TEST(tst_askpass::TestAskPass)
#include "tst_askpass.moc"
