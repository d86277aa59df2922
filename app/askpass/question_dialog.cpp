// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/askpass/question_dialog.h"

#include "ui/text/display_text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::askpass {

namespace {

constexpr std::size_t longestQuestion = 4000;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AskPass)
};

QString titleOf(QuestionKind kind)
{
    switch (kind) {
    case QuestionKind::Secret:
        return Words::tr("ssh asks for a secret");
    case QuestionKind::Text:
        return Words::tr("ssh asks");
    case QuestionKind::Confirm:
        return Words::tr("Is this the right computer?");
    case QuestionKind::Notice:
        return Words::tr("ssh waits for you");
    }
    return {};
}

} // namespace

QuestionKind kindOf(std::string_view question, std::string_view hint)
{
    if (hint == "none") {
        return QuestionKind::Notice;
    }
    if (hint == "confirm" || question.contains("(yes/no")) {
        return QuestionKind::Confirm;
    }
    return question.contains("sername") ? QuestionKind::Text : QuestionKind::Secret;
}

QuestionDialog::QuestionDialog(std::string_view question, QuestionKind kind)
    : Dialog(u"askPass"_s, titleOf(kind), nullptr)
    , m_kind(kind)
{
    setWindowTitle(u"Roadstead"_s);
    auto *text = new ui::Label(ui::displayBlock(question, longestQuestion).trimmed());
    text->setObjectName(u"askPassQuestion"_s);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(text);
    switch (kind) {
    case QuestionKind::Secret:
    case QuestionKind::Text:
        m_field = new QLineEdit;
        m_field->setObjectName(u"askPassAnswer"_s);
        m_field->setAccessibleName(text->text());
        m_field->setEchoMode(kind == QuestionKind::Secret ? QLineEdit::Password
                                                          : QLineEdit::Normal);
        body()->addWidget(m_field);
        m_field->setFocus(Qt::OtherFocusReason);
        setVerb(tr("Answer"));
        break;
    case QuestionKind::Confirm:
        setVerb(tr("Yes, connect"), ui::ButtonKind::DangerSolid);
        cancelButton()->setFocus(Qt::OtherFocusReason);
        break;
    case QuestionKind::Notice:
        setVerb(tr("Close"));
        cancelButton()->hide();
        break;
    }
}

QString QuestionDialog::answer() const
{
    switch (m_kind) {
    case QuestionKind::Secret:
    case QuestionKind::Text:
        return m_field->text();
    case QuestionKind::Confirm:
        return u"yes"_s;
    case QuestionKind::Notice:
        break;
    }
    return {};
}

} // namespace roadstead::askpass
