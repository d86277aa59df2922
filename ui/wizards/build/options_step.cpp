// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/build/options_step.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/wizards/build/build_controller.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/text_rows.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

using docker::BuildDestination;

std::string chosenText(const QComboBox *choice)
{
    return choice->currentData().toString().toStdString();
}

} // namespace

OptionsStep::OptionsStep(BuildController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
    , m_tags(new TextRows(u"buildTag"_s, tr("Name and tag"), u"shop-api:1.8"_s))
    , m_target(makeChoice(u"buildTarget"_s, tr("Target stage")))
    , m_arguments(new TextRows(u"buildArgument"_s, tr("Build argument"), u"VERSION=1.8"_s))
    , m_secrets(new TextRows(u"buildSecret"_s, tr("Secret"), u"npmrc=/home/me/.npmrc"_s))
    , m_destination(makeChoice(u"buildDestination"_s, tr("Where the result goes")))
    , m_pathBox(new QWidget)
    , m_path(makeField(u"buildPath"_s, tr("Path of the result")))
    , m_platforms(makeField(u"buildPlatforms"_s, tr("Platforms"), u"linux/amd64, linux/arm64"_s))
    , m_noCache(makeCheck(u"buildNoCache"_s, tr("Build every step anew")))
    , m_pull(makeCheck(u"buildPull"_s, tr("Look for newer base images")))
    , m_labels(new TextRows(u"buildLabel"_s, tr("Label"), u"org.example.team=shop"_s))
    , m_cacheFrom(new TextRows(u"buildCacheFrom"_s, tr("Cache from"),
                               u"type=registry,ref=registry.example.org/shop:cache"_s))
    , m_cacheTo(new TextRows(u"buildCacheTo"_s, tr("Cache to"), u"type=local,dest=/tmp/cache"_s))
    , m_ssh(new TextRows(u"buildSsh"_s, tr("SSH agent or key"), u"default"_s))
    , m_hosts(new TextRows(u"buildHost"_s, tr("Extra host"), u"db.local:10.0.0.5"_s))
    , m_network(makeChoice(u"buildNetwork"_s, tr("Network of RUN steps")))
    , m_builder(makeChoice(u"buildBuilder"_s, tr("Builder")))
    , m_builderNote(new Label({}, FontRole::Small, Color::Text2))
    , m_builderBox(labelled(tr("Builder"), m_builder, m_builderNote))
{
    auto *outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    outer->setSpacing(space::s8);
    auto *basic = new QVBoxLayout;
    auto *more = new QVBoxLayout;
    for (QVBoxLayout *column : {basic, more}) {
        column->setSpacing(space::s4);
        outer->addLayout(column, 1);
    }
    makeBasic(basic);
    makeMore(more);
    for (TextRows *rows :
         {m_tags, m_arguments, m_secrets, m_labels, m_cacheFrom, m_cacheTo, m_ssh, m_hosts}) {
        connect(rows, &TextRows::edited, this, &OptionsStep::collect);
    }
    for (QComboBox *choice : {m_target, m_destination, m_network, m_builder}) {
        connect(choice, &QComboBox::activated, this, &OptionsStep::collect);
    }
    for (QLineEdit *field : {m_path, m_platforms}) {
        connect(field, &QLineEdit::textEdited, this, &OptionsStep::collect);
    }
    for (QCheckBox *check : {m_noCache, m_pull}) {
        connect(check, &QCheckBox::toggled, this, &OptionsStep::collect);
    }
    connect(controller, &BuildController::buildersChanged, this, [this] {
        fillBuilders();
        tellOfBuilder();
    });
    fill();
}

Label *OptionsStep::noteOf(BuildField field)
{
    Label *&note = m_notes[int(field)];
    if (note == nullptr) {
        note = new Label({}, FontRole::Small, Color::Danger);
        note->setWordWrap(true);
        note->hide();
    }
    return note;
}

void OptionsStep::addRows(QVBoxLayout *column, BuildField field, TextRows *rows,
                          const QString &label)
{
    column->addWidget(labelled(label, rows, noteOf(field)));
}

void OptionsStep::makeBasic(QVBoxLayout *column)
{
    addRows(column, BuildField::Tags, m_tags, tr("Name and tag"));
    column->addWidget(labelled(tr("Target stage"), m_target, new QWidget));
    addRows(column, BuildField::Arguments, m_arguments, tr("Build arguments"));
    addRows(column, BuildField::Secrets, m_secrets, tr("Secrets, from files"));
    m_destination->addItem(tr("To the images of this engine"), int(BuildDestination::Engine));
    m_destination->addItem(tr("To its registry (push)"), int(BuildDestination::Registry));
    m_destination->addItem(tr("To an OCI archive"), int(BuildDestination::Archive));
    m_destination->addItem(tr("To a folder, its files alone"), int(BuildDestination::Folder));
    m_destination->addItem(tr("To the build cache alone"), int(BuildDestination::Cache));
    column->addWidget(labelled(tr("Where the result goes"), m_destination, new QWidget));
    auto *row = new QHBoxLayout(m_pathBox);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(m_path, 1);
    auto *choose = new Button(u"chooseBuildPath"_s, tr("Choose…"));
    connect(choose, &Button::clicked, this, &OptionsStep::pickPath);
    row->addWidget(choose);
    column->addWidget(m_pathBox);
    column->addWidget(noteOf(BuildField::Path));
    column->addWidget(m_noCache);
    column->addWidget(m_pull);
    column->addStretch(1);
}

void OptionsStep::makeMore(QVBoxLayout *column)
{
    m_builderNote->setObjectName(u"buildBuilderNote"_s);
    m_builderNote->setWordWrap(true);
    column->addWidget(m_builderBox);
    column->addWidget(labelled(tr("Platforms"), m_platforms, noteOf(BuildField::Platforms)));
    addRows(column, BuildField::Labels, m_labels, tr("Labels"));
    m_network->addItem(tr("Usual"), QString());
    m_network->addItem(tr("None"), u"none"_s);
    m_network->addItem(tr("The host’s"), u"host"_s);
    column->addWidget(labelled(tr("Network of RUN steps"), m_network, new QWidget));
    column->addWidget(labelled(tr("Cache from"), m_cacheFrom, new QWidget));
    column->addWidget(labelled(tr("Cache to"), m_cacheTo, new QWidget));
    column->addWidget(labelled(tr("SSH agents and keys"), m_ssh, new QWidget));
    column->addWidget(labelled(tr("Extra hosts"), m_hosts, new QWidget));
    column->addStretch(1);
}

void OptionsStep::fill()
{
    const BuildForm &form = m_controller->form();
    m_tags->setValues(form.tags.empty() ? std::vector<std::string>{""} : form.tags);
    m_arguments->setValues(form.arguments);
    m_secrets->setValues(form.secrets);
    m_labels->setValues(form.labels);
    m_cacheFrom->setValues(form.cacheFrom);
    m_cacheTo->setValues(form.cacheTo);
    m_ssh->setValues(form.ssh);
    m_hosts->setValues(form.hosts);
    m_target->clear();
    m_target->addItem(tr("The last one"), QString());
    for (const build::Stage &stage : m_controller->dockerfile().stages) {
        if (stage.isNamed) {
            m_target->addItem(displayText(stage.name, 80), QString::fromStdString(stage.name));
        }
    }
    m_target->setCurrentIndex(std::max(0, m_target->findData(QString::fromStdString(form.target))));
    m_network->setCurrentIndex(
        std::max(0, m_network->findData(QString::fromStdString(form.network))));
    m_destination->setCurrentIndex(m_destination->findData(int(form.destination)));
    fillBuilders();
    ui::setText(m_path, form.path);
    ui::setText(m_platforms, form.platforms);
    const QSignalBlocker quietCache(m_noCache);
    const QSignalBlocker quietPull(m_pull);
    m_noCache->setChecked(form.noCache);
    m_pull->setChecked(form.pull);
    refresh();
}

void OptionsStep::collect()
{
    BuildForm form = m_controller->form();
    form.tags = m_tags->values();
    form.target = chosenText(m_target);
    form.arguments = m_arguments->values();
    form.secrets = m_secrets->values();
    form.destination = BuildDestination(m_destination->currentData().toInt());
    form.path = textOf(m_path);
    form.platforms = textOf(m_platforms);
    form.noCache = m_noCache->isChecked();
    form.pull = m_pull->isChecked();
    form.labels = m_labels->values();
    form.network = chosenText(m_network);
    form.builder = chosenText(m_builder);
    form.cacheFrom = m_cacheFrom->values();
    form.cacheTo = m_cacheTo->values();
    form.ssh = m_ssh->values();
    form.hosts = m_hosts->values();
    m_controller->setForm(form);
    refresh();
}

void OptionsStep::refresh()
{
    const BuildDestination destination = m_controller->form().destination;
    m_pathBox->setVisible(destination == BuildDestination::Archive ||
                          destination == BuildDestination::Folder);
    tellOfBuilder();
    showProblems(m_controller->problems(), false);
}

/// The one that buildx uses without being told comes first, and is not named in the command.
void OptionsStep::fillBuilders()
{
    m_builder->clear();
    const service::Builders builders = m_controller->builders();
    const auto isCurrent = [](const build::Builder &each) {
        return each.isCurrent.value_or(false);
    };
    const auto current = std::ranges::find_if(builders, isCurrent);
    const auto add = [this](const build::Builder &each, const QString &value) {
        const QString name = displayText(each.name, 60);
        m_builder->addItem(service::isEnginesOwn(each) ? tr("The engine’s own")
                           : each.driver.empty()
                               ? name
                               : tr("%1 (%2)").arg(name, displayText(each.driver, 40)),
                           value);
    };
    if (current == builders.end()) {
        m_builder->addItem(tr("The one that buildx uses"), QString());
    } else {
        add(*current, QString());
    }
    for (const build::Builder &each : builders) {
        if (!isCurrent(each)) {
            add(each, QString::fromStdString(each.name));
        }
    }
    const auto &chosen = m_controller->form().builder;
    m_builder->setCurrentIndex(std::max(0, m_builder->findData(QString::fromStdString(chosen))));
    m_builderBox->setVisible(!builders.empty());
}

void OptionsStep::tellOfBuilder()
{
    const std::string &chosen = m_controller->form().builder;
    const service::Builders builders = m_controller->builders();
    const auto found = std::ranges::find_if(builders, [&chosen](const build::Builder &each) {
        return chosen.empty() ? each.isCurrent.value_or(false) : each.name == chosen;
    });
    const bool loads = found != builders.end() && !service::isEnginesOwn(*found) &&
                       m_controller->form().destination == BuildDestination::Engine;
    m_builderNote->setText(tr("It has a store of its own: --load brings the image from there to "
                              "the images of this engine."));
    m_builderNote->setVisible(loads);
}

void OptionsStep::pickPath()
{
    auto *dialog = new QFileDialog(this, tr("Where the result goes"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const bool isFolder = m_controller->form().destination == BuildDestination::Folder;
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::AnyFile);
    dialog->setAcceptMode(isFolder ? QFileDialog::AcceptOpen : QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        ui::setText(m_path, path.toStdString());
        collect();
    });
    dialog->open();
}

void OptionsStep::showProblems(const QList<BuildProblem> &problems, bool go)
{
    for (Label *note : std::as_const(m_notes)) {
        note->hide();
    }
    for (const BuildProblem &problem : problems) {
        if (Label *note = m_notes.value(int(problem.field))) {
            note->setText(problem.text);
            note->show();
        }
    }
    if (!go || problems.isEmpty()) {
        return;
    }
    const QHash<int, QWidget *> fields{
        {int(BuildField::Tags), m_tags},           {int(BuildField::Arguments), m_arguments},
        {int(BuildField::Secrets), m_secrets},     {int(BuildField::Labels), m_labels},
        {int(BuildField::Platforms), m_platforms}, {int(BuildField::Path), m_path}};
    QWidget *field = fields.value(int(problems.first().field));
    if (auto *rows = qobject_cast<TextRows *>(field)) {
        field = rows->findChild<QLineEdit *>();
    }
    if (field != nullptr) {
        field->setFocus(Qt::OtherFocusReason);
    }
}

} // namespace roadstead::ui
