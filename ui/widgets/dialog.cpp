// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialog.h"

#include "ui/text/display_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr auto confirmField = "confirmName";

} // namespace

Dialog::Dialog(const QString &name, const QString &question, QWidget *parent)
    : QDialog(parent)
    , m_width(new QSpacerItem(scaled(464), 0, QSizePolicy::Minimum, QSizePolicy::Fixed))
    , m_title(new Label(question, FontRole::Section))
    , m_text(new Label({}, FontRole::Small, Color::Text2))
    , m_problem(new Label({}, FontRole::Small, Color::Danger))
    , m_body(new QVBoxLayout)
    , m_strip(new CommandStrip)
    , m_footerStart(new QHBoxLayout)
    , m_cancel(new Button(name + u"Cancel"_s, tr("Cancel")))
    , m_verb(new Button(name + u"Verb"_s, {}, ButtonKind::Primary))
{
    setObjectName(name);
    setRaised(this);
    setWindowTitle(question);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    setAutoFillBackground(true);
    takeColors();
    connect(&Theme::instance(), &Theme::changed, this, &Dialog::takeColors);
    m_title->setObjectName(u"dialogTitle"_s);
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->hide();
    m_problem->setObjectName(u"dialogProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_strip->hide();

    auto *content = new QVBoxLayout;
    content->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    content->setSpacing(space::s2);
    content->addWidget(m_title);
    content->addWidget(m_text);
    m_body->setSpacing(space::s2);
    content->addLayout(m_body);
    content->addWidget(m_problem);

    auto *footer = new QHBoxLayout;
    constexpr int above = (size::dialogFooter - size::button) / 2;
    footer->setContentsMargins(space::s4, above, space::s4, above);
    footer->setSpacing(space::s2);
    footer->addLayout(m_footerStart);
    footer->addStretch();
    footer->addWidget(m_cancel);
    footer->addWidget(m_verb);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addItem(m_width);
    layout->addLayout(content, 1);
    layout->addWidget(m_strip);
    layout->addLayout(footer);
    layout->setSizeConstraint(QLayout::SetMinimumSize);

    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_verb, &QPushButton::clicked, this, &QDialog::accept);
}

/// Of a dialog that is open while the colours change, too.
void Dialog::takeColors()
{
    QPalette raised;
    raised.setColor(QPalette::Window, color(Color::BgRaised));
    setPalette(raised);
}

namespace {

/// Words that wrap need their height at the width that there is; a layout's least size does not
/// tell that.
void growToContent(Dialog *dialog)
{
    dialog->layout()->activate();
    const int needed = dialog->layout()->totalHeightForWidth(dialog->width());
    if (needed > dialog->height()) {
        dialog->resize(dialog->width(), needed);
    }
}

void growLater(Dialog *dialog)
{
    if (dialog->isVisible()) {
        QTimer::singleShot(0, dialog, [dialog] { growToContent(dialog); });
    }
}

} // namespace

void Dialog::setLeastWidth(int px)
{
    m_width->changeSize(px, 0, QSizePolicy::Minimum, QSizePolicy::Fixed);
    layout()->invalidate();
}

void Dialog::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
}

void Dialog::setCommand(const QString &command, const QString &note)
{
    m_strip->setCommand(command, note);
    m_strip->setVisible(!command.isEmpty());
    setCommandHint(m_verb, command);
    growLater(this);
}

QString Dialog::command() const
{
    return m_strip->command();
}

void Dialog::setVerb(const QString &verb, ButtonKind kind)
{
    m_verb->setText(plainLabel(verb));
    m_verb->setAccessibleName(verb);
    m_verb->setLook(kind);
    // Enter presses the verb of a harmless question; a destructive one wants its own button.
    m_verb->setDefault(kind == ButtonKind::Primary);
}

void Dialog::setVerbEnabled(bool enabled)
{
    m_verb->setEnabled(enabled);
}

void Dialog::addFooterWidget(QWidget *widget)
{
    m_footerStart->addWidget(widget);
}

void Dialog::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    growLater(this);
}

bool Dialog::isFilled() const
{
    const auto typed = [](const QLineEdit *field) {
        return field->isModified() && !field->text().isEmpty() &&
               field->objectName() != QLatin1StringView(confirmField);
    };
    return std::ranges::any_of(findChildren<QLineEdit *>(), typed) ||
           std::ranges::any_of(findChildren<QPlainTextEdit *>(), [](const QPlainTextEdit *text) {
               return text->document()->isModified() && !text->document()->isEmpty();
           });
}

void Dialog::showEvent(QShowEvent *event)
{
    if (focusWidget() == nullptr || focusWidget() == m_verb) {
        m_cancel->setFocus(Qt::OtherFocusReason);
    }
    growToContent(this);
    QDialog::showEvent(event);
}

ConfirmDialog::ConfirmDialog(const QString &name, const QString &question, QWidget *parent)
    : Dialog(name, question, parent)
{
    setVerb(tr("Continue"), ButtonKind::DangerSolid);
    cancelButton()->setFocus(Qt::OtherFocusReason);
}

QWidget *ConfirmDialog::addLost(const QString &iconName, const QString &text, const QString &amount)
{
    auto *line = new QWidget;
    auto *rows = new QVBoxLayout(line);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    if (m_lost == nullptr) {
        m_lostHead = new QWidget;
        auto *head = new QHBoxLayout(m_lostHead);
        head->setContentsMargins(0, space::s1, 0, 0);
        head->setSpacing(space::s2);
        head->addWidget(new IconLabel(u"trash"_s, 14, Color::Danger));
        auto *title = new Label(tr("Will be lost"), FontRole::Small, Color::Danger);
        title->setRole(FontRole::Small, QFont::DemiBold);
        head->addWidget(title);
        head->addStretch();
        body()->addWidget(m_lostHead);
        m_lost = new Surface(Color::BgSunken);
        m_lost->setRounded(radius::control);
        m_lostRows = new QVBoxLayout(m_lost);
        m_lostRows->setContentsMargins(0, 0, 0, 0);
        m_lostRows->setSpacing(0);
        body()->addWidget(m_lost);
    } else {
        rows->addWidget(new Separator);
    }
    auto *row = new QWidget;
    row->setFixedHeight(heightFor(FontRole::Small, 28));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(space::s2 + 2, 0, space::s2 + 2, 0);
    layout->setSpacing(space::s2);
    layout->addWidget(new IconLabel(iconName, 14));
    auto *label = new ElidedLabel(text, FontRole::Small);
    label->setElideMode(Qt::ElideMiddle);
    layout->addWidget(label, 1);
    auto *much = new Label(amount, FontRole::Small, Color::Danger);
    much->setObjectName(u"amount"_s);
    much->setVisible(!amount.isEmpty());
    layout->addWidget(much);
    rows->addWidget(row);
    m_lostRows->addWidget(line);
    return line;
}

void ConfirmDialog::setAmount(QWidget *line, const QString &amount)
{
    if (auto *much = line->findChild<Label *>(u"amount"_s)) {
        much->setText(amount);
        much->setVisible(!amount.isEmpty());
    }
}

void ConfirmDialog::setStays(const QString &text)
{
    if (m_stays == nullptr) {
        auto *row = new QHBoxLayout;
        row->setSpacing(space::s2);
        row->addWidget(new IconLabel(u"check-lg"_s, 14, Color::Ok), 0, Qt::AlignTop);
        auto *head = new Label(tr("Stays:"), FontRole::Small, Color::Ok);
        head->setRole(FontRole::Small, QFont::DemiBold);
        row->addWidget(head, 0, Qt::AlignTop);
        m_stays = new Label({}, FontRole::Small, Color::Text2);
        m_stays->setWordWrap(true);
        row->addWidget(m_stays, 1);
        body()->addLayout(row);
    }
    m_stays->setText(text);
}

QHBoxLayout *ConfirmDialog::optionsRow()
{
    if (m_options == nullptr) {
        m_options = new QHBoxLayout;
        m_options->setContentsMargins(0, space::s2, 0, 0);
        m_options->addStretch();
        body()->addLayout(m_options);
    }
    return m_options;
}

QCheckBox *ConfirmDialog::addOption(const QString &name, const QString &text)
{
    auto *box = new QCheckBox(plainLabel(text));
    box->setObjectName(name);
    box->setAccessibleName(text);
    box->setProperty("focusRadius", radius::small);
    optionsRow()->insertWidget(0, box);
    return box;
}

void ConfirmDialog::requireTyping(const QString &expected)
{
    m_typingLabel =
        new Label(tr("Type %1").arg(displayText(expected, 64)), FontRole::Small, Color::Text2);
    auto *field = m_typing = new QLineEdit;
    field->setObjectName(QLatin1StringView(confirmField));
    field->setAccessibleName(tr("Type %1 to confirm").arg(displayText(expected, 64)));
    m_typingLabel->setBuddy(field);
    optionsRow()->addWidget(m_typingLabel);
    optionsRow()->addWidget(field);
    setVerbEnabled(false);
    connect(field, &QLineEdit::textChanged, this,
            [this, expected](const QString &now) { setVerbEnabled(now == expected); });
    field->setFocus(Qt::OtherFocusReason);
}

void ConfirmDialog::setTypingRequired(bool required)
{
    m_typing->clear();
    m_typing->setVisible(required);
    m_typingLabel->setVisible(required);
    setVerbEnabled(!required);
    if (required) {
        m_typing->setFocus(Qt::OtherFocusReason);
    } else if (!isVisible()) {
        cancelButton()->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace roadstead::ui
