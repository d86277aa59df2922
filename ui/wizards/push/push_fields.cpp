// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_fields.h"

#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/registry_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/label.h"
#include "ui/wizards/push/push_controller.h"
#include "ui/wizards/run/field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr std::size_t mostShownTags = 40;

Label *pushNote(const QString &name, Color tone)
{
    auto *note = new Label({}, FontRole::Small, tone);
    note->setObjectName(name);
    note->setWordWrap(true);
    return note;
}

/// A choice that is typed into, and completed from anywhere within.
QComboBox *typedChoice(const QString &name, const QString &label)
{
    QComboBox *choice = makeChoice(name, label);
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->completer()->setFilterMode(Qt::MatchContains);
    choice->completer()->setCompletionMode(QCompleter::PopupCompletion);
    choice->setMinimumContentsLength(10); // names are longer than the column
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return choice;
}

void setChoices(QComboBox *choice, const QStringList &names, const std::string &now)
{
    const QSignalBlocker quiet(choice);
    choice->clear();
    choice->addItems(names);
    choice->setEditText(QString::fromStdString(now));
}

void setTyped(QComboBox *choice, const std::string &text)
{
    const QString now = QString::fromStdString(text);
    if (choice->currentText() != now) {
        const QSignalBlocker quiet(choice);
        choice->setEditText(now);
        choice->lineEdit()->setCursorPosition(0);
    }
}

} // namespace

PushFields::PushFields(PushController *controller, QWidget *parent)
    : Surface(Color::BgSunken, parent)
    , m_controller(controller)
{
    setObjectName(u"pushFields"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s3);
    makeTop(column);
    makeTags(column);
    makeRegistry(column);
    column->addStretch(1);
    connect(controller, &PushController::formChanged, this, &PushFields::refresh);
    connect(controller, &PushController::accountsChanged, this, &PushFields::fill);
    fill();
}

PushFields::~PushFields()
{
    m_controller->disconnect(this);
}

void PushFields::makeTop(QVBoxLayout *column)
{
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("What and where"), FontRole::Section));
    head->addStretch(1);
    m_locked = new QWidget;
    auto *locked = new QHBoxLayout(m_locked);
    locked->setContentsMargins(0, 0, 0, 0);
    locked->setSpacing(space::s1);
    locked->addWidget(new IconLabel(u"lock"_s, 14));
    locked->addWidget(new Label(tr("Locked while pushing"), FontRole::Small, Color::Text2));
    head->addWidget(m_locked);
    column->addLayout(head);
    m_image = typedChoice(u"pushImage"_s, tr("Image"));
    m_size = new Label({}, FontRole::Small, Color::Text3);
    m_imageNote = pushNote(u"pushImageNote"_s, Color::Danger);
    QWidget *box = labelled(tr("Image"), m_image, m_size, NoteAt::BesideLabel);
    column->addWidget(box);
    column->addWidget(m_imageNote);
    const auto take = [this] {
        if (!m_isFilling) {
            m_controller->setImage(m_image->currentText().trimmed().toStdString());
        }
    };
    connect(m_image, &QComboBox::activated, this, take);
    connect(m_image->lineEdit(), &QLineEdit::editingFinished, this, take);
}

void PushFields::makeTags(QVBoxLayout *column)
{
    auto *caption = new Label(tr("Tags to push"), FontRole::Small, Color::Text2);
    column->addWidget(caption);
    m_tagRows = new QVBoxLayout;
    m_tagRows->setSpacing(space::s1);
    column->addLayout(m_tagRows);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    m_newTag = makeField(u"pushNewTag"_s, tr("Another tag"), tr("Another tag"));
    m_addTag = new Button(u"pushAddTag"_s, tr("Add"));
    row->addWidget(m_newTag, 1);
    row->addWidget(m_addTag);
    column->addLayout(row);
    m_tagNote = pushNote(u"pushTagNote"_s, Color::Danger);
    column->addWidget(m_tagNote);
    connect(m_addTag, &Button::clicked, this, &PushFields::addTyped);
    connect(m_newTag, &QLineEdit::returnPressed, this, &PushFields::addTyped);
}

void PushFields::makeRegistry(QVBoxLayout *column)
{
    m_registry = typedChoice(u"pushRegistry"_s, tr("Registry"));
    m_registryNote = pushNote(u"pushRegistryNote"_s, Color::Danger);
    column->addWidget(labelled(tr("Registry"), m_registry, m_registryNote));
    column->addWidget(new Label(tr("Account"), FontRole::Small, Color::Text2));
    auto *account = new Surface(Color::BgSurface);
    account->setRounded(radius::control);
    auto *inner = new QHBoxLayout(account);
    inner->setContentsMargins(space::s3, space::s2, space::s2, space::s2);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_accountName = new Label;
    m_accountName->setObjectName(u"pushAccount"_s);
    m_accountText = pushNote(u"pushAccountText"_s, Color::Text3);
    words->addWidget(m_accountName);
    words->addWidget(m_accountText);
    inner->addLayout(words, 1);
    m_signIn = new Button(u"pushSignIn"_s, tr("Sign in…"));
    inner->addWidget(m_signIn, 0, Qt::AlignVCenter);
    column->addWidget(account);
    m_repository = makeField(u"pushRepository"_s, tr("Name"), u"team/web"_s);
    m_repositoryNote = pushNote(u"pushRepositoryNote"_s, Color::Text3);
    column->addWidget(labelled(tr("Name"), m_repository, m_repositoryNote));
    column->addWidget(new Label(tr("Will be published as"), FontRole::Small, Color::Text2));
    auto *names = new Surface(Color::BgSurface);
    names->setRounded(radius::control);
    auto *nameRows = new QVBoxLayout(names);
    nameRows->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    m_names = new Label({}, FontRole::Mono);
    m_names->setObjectName(u"pushNames"_s);
    m_names->setWordWrap(true);
    m_names->setTextInteractionFlags(Qt::TextSelectableByMouse);
    nameRows->addWidget(m_names);
    column->addWidget(names);
    connect(m_registry, &QComboBox::currentTextChanged, this, [this](const QString &text) {
        if (!m_isFilling) {
            m_controller->setRegistry(text.trimmed().toStdString());
        }
    });
    connect(m_repository, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_controller->setRepository(text.trimmed().toStdString());
    });
    connect(m_signIn, &Button::clicked, this, &PushFields::signInWanted);
}

void PushFields::addTyped()
{
    const std::string tag = m_newTag->text().trimmed().toStdString();
    if (!tag.empty()) {
        m_newTag->clear();
        m_controller->addTag(tag);
    }
}

void PushFields::fill()
{
    m_isFilling = true;
    const PushForm &form = m_controller->form();
    setChoices(m_image, m_controller->knownImages(), form.image);
    setChoices(m_registry, m_controller->knownRegistries(), form.registry);
    m_isFilling = false;
    refresh();
}

void PushFields::refreshTags()
{
    const auto &tags = m_controller->form().tags;
    const std::size_t shown = std::min(tags.size(), mostShownTags);
    while (std::size_t(m_tagRows->count()) > shown) {
        QLayoutItem *item = m_tagRows->takeAt(m_tagRows->count() - 1);
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    for (std::size_t i = 0; i < shown; ++i) {
        const QString text = displayText(tags[i].tag, 60);
        if (std::size_t(m_tagRows->count()) <= i) {
            auto *check = makeCheck(u"pushTag%1"_s.arg(i), text);
            m_tagRows->addWidget(check);
            connect(check, &QCheckBox::toggled, this, [this, i](bool on) {
                const auto &now = m_controller->form().tags;
                if (i < now.size()) {
                    m_controller->setTagChosen(now[i].tag, on);
                }
            });
        }
        auto *check = qobject_cast<QCheckBox *>(m_tagRows->itemAt(int(i))->widget());
        const QSignalBlocker quiet(check);
        check->setText(plainLabel(text));
        check->setAccessibleName(text);
        check->setFont(ui::font(FontRole::Mono));
        check->setChecked(tags[i].isChosen);
    }
}

void PushFields::refreshAccount()
{
    const registry::KeptAccount *account = m_controller->account();
    const std::string &registry = m_controller->form().registry;
    m_signIn->setText(account == nullptr ? tr("Sign in…") : tr("Change…"));
    m_signIn->setAccessibleName(m_signIn->text());
    if (account == nullptr) {
        const bool isRead = m_controller->areAccountsRead();
        m_accountName->setText(isRead ? tr("No account") : tr("Looking for accounts"));
        m_accountText->setText(isRead ? tr("Most registries let nobody push without one.")
                                      : QString());
        m_accountText->setTone(Color::Text3);
    } else {
        const QString user = displayText(account->username, 60);
        m_accountName->setText(!user.isEmpty() ? user : tr("Signed in with a token"));
        m_accountText->setText(
            account->helper.empty()
                ? tr("Kept as plain text in config.json")
                : tr("Kept by the helper %1").arg(displayText(account->helper, 40)));
        m_accountText->setTone(account->helper.empty() ? Color::Warn : Color::Text3);
    }
    m_accountText->setVisible(!m_accountText->text().isEmpty());
    const QString brand = registryBrand(registry);
    m_registry->setToolTip(plainTip(brand));
}

void PushFields::refreshNames()
{
    const PushForm &form = m_controller->form();
    QStringList names;
    for (const std::string &tag : form.chosenTags()) {
        if (!form.repository.empty() && names.size() < qsizetype(mostShownTags)) {
            const docker::ImageName target = form.target(tag);
            names.append(displayText(target.repository + ":" + tag, 300));
        }
    }
    m_names->setText(names.isEmpty() ? tr("A tag and a name are missing.") : names.join(u'\n'));
    m_names->setTone(names.isEmpty() ? Color::Text3 : Color::Text);
}

void PushFields::refresh()
{
    const PushForm &form = m_controller->form();
    const auto step = m_controller->step();
    const bool isLocked =
        step == PushController::Step::Pushing || step == PushController::Step::Checking;
    m_locked->setVisible(isLocked);
    m_isFilling = true;
    setTyped(m_image, form.image);
    setTyped(m_registry, form.registry);
    setText(m_repository, form.repository);
    m_isFilling = false;
    m_size->setText(m_controller->imageBytes() < 0 ? QString()
                                                   : diskSizeText(m_controller->imageBytes()));
    refreshTags();
    refreshAccount();
    refreshNames();
    showProblems(m_showsProblems);
    for (QWidget *field :
         {static_cast<QWidget *>(m_image), static_cast<QWidget *>(m_newTag),
          static_cast<QWidget *>(m_addTag), static_cast<QWidget *>(m_registry),
          static_cast<QWidget *>(m_signIn), static_cast<QWidget *>(m_repository)}) {
        field->setEnabled(!isLocked);
    }
    for (int i = 0; i < m_tagRows->count(); ++i) {
        m_tagRows->itemAt(i)->widget()->setEnabled(!isLocked);
    }
}

void PushFields::showProblems(bool show)
{
    m_showsProblems = show;
    QString texts[4];
    if (show) {
        for (const PushProblem &problem : m_controller->problems()) {
            texts[int(problem.field)] = problem.text;
        }
    }
    const auto tell = [](Label *note, const QString &text) {
        note->setText(text);
        note->setVisible(!text.isEmpty());
    };
    tell(m_imageNote, texts[int(PushField::Image)]);
    tell(m_tagNote, texts[int(PushField::Tags)]);
    tell(m_registryNote, texts[int(PushField::Registry)]);
    const QString &wrong = texts[int(PushField::Repository)];
    m_repositoryNote->setText(wrong.isEmpty() ? nameAdvice(m_controller->form().registry) : wrong);
    m_repositoryNote->setTone(wrong.isEmpty() ? Color::Text3 : Color::Danger);
    setFaulty(m_repository, !wrong.isEmpty());
}

QWidget *PushFields::widgetOf(PushField field) const
{
    switch (field) {
    case PushField::Image:
        return m_image;
    case PushField::Tags:
        return m_tagRows->count() > 0 ? m_tagRows->itemAt(0)->widget() : m_newTag;
    case PushField::Registry:
        return m_registry;
    case PushField::Repository:
        break;
    }
    return m_repository;
}

void PushFields::focusFirst()
{
    m_controller->form().image.empty() ? m_image->setFocus(Qt::OtherFocusReason)
                                       : m_registry->setFocus(Qt::OtherFocusReason);
}

void PushFields::focusProblem()
{
    const auto problems = m_controller->problems();
    if (!problems.empty()) {
        widgetOf(problems.front().field)->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace roadstead::ui
