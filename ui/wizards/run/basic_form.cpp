// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/basic_form.h"

#include "engine/reference/words.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/limit_field.h"
#include "ui/wizards/run/mount_rows.h"
#include "ui/wizards/run/port_rows.h"
#include "ui/wizards/run/run_controller.h"
#include "ui/wizards/run/run_network.h"
#include "ui/wizards/run/variable_rows.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QStringListModel>
#include <QTimer>
#include <QVBoxLayout>

#include <array>

namespace roadstead::ui {

namespace {

constexpr std::array restartNames{"no", "on-failure", "always", "unless-stopped"};
constexpr int onFailure = 1;
constexpr int retriesWidth = 64;
constexpr auto onFailureBefore = "on-failure:";

QHBoxLayout *pairOf(QBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s4);
    column->addLayout(row);
    return row;
}

} // namespace

BasicForm::BasicForm(QWidget *parent)
    : FormPart(parent)
    , m_images(new QStringListModel(this))
    , m_networks(new QStringListModel(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s4);
    buildNames(column);
    buildRows(column);
    buildLimits(column);
    buildPolicies(column);
    buildSwitches(column);
    buildCommand(column);
}

void BasicForm::addCompleter(QLineEdit *field, QStringListModel *model)
{
    auto *completer = new QCompleter(model, field);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    field->setCompleter(completer);
    connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &FormPart::edited,
            Qt::QueuedConnection);
}

void BasicForm::buildNames(QBoxLayout *column)
{
    QHBoxLayout *row = pairOf(column);
    m_image = makeField(QStringLiteral("image"), tr("Image"), QStringLiteral("nginx:1.27"));
    setPlace(m_image, {"image"});
    addCompleter(m_image, m_images);
    auto *imageNote = new PlaceNote({"image"}, true);
    m_name = makeField(QStringLiteral("containerName"), tr("Name"), tr("the engine chooses one"));
    setPlace(m_name, {"name"});
    auto *nameNote = new PlaceNote({"name"}, true);
    row->addWidget(labelled(tr("Image"), m_image, imageNote, NoteAt::BesideLabel), 1);
    row->addWidget(labelled(tr("Name"), m_name, nameNote, NoteAt::BesideLabel), 1);
    connect(m_image, &QLineEdit::textEdited, this, &BasicForm::takeImage);
    connect(m_name, &QLineEdit::textEdited, this, &FormPart::edited);
    for (PlaceNote *note : {imageNote, nameNote}) {
        connect(note, &PlaceNote::fixWanted, this, &FormPart::fixWanted);
    }
}

void BasicForm::addPort()
{
    m_ports->addRow();
}

/// The field is emptied after its own event: what is pasted goes into the whole form.
void BasicForm::takeImage(const QString &text)
{
    if (RunController::looksLikeRunLine(text)) {
        QTimer::singleShot(0, this, [this, text] { Q_EMIT linePasted(text); });
    } else {
        Q_EMIT edited();
    }
}

void BasicForm::buildRows(QBoxLayout *column)
{
    m_ports = new PortRows;
    m_mounts = new MountRows;
    m_variables = new VariableRows;
    for (FormPart *part : std::initializer_list<FormPart *>{m_ports, m_mounts, m_variables}) {
        column->addWidget(part);
        connect(part, &FormPart::edited, this, &FormPart::edited);
        connect(part, &FormPart::fixWanted, this, &FormPart::fixWanted);
    }
    connect(m_variables, &VariableRows::importWanted, this, &BasicForm::importWanted);
}

void BasicForm::buildLimits(QBoxLayout *column)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s2);
    head->addWidget(new Label(tr("Limits"), FontRole::Section));
    m_engineHas = new Label({}, FontRole::Small, Color::Text3);
    head->addWidget(m_engineHas);
    head->addStretch(1);
    auto *box = new QVBoxLayout;
    box->setSpacing(space::s1);
    box->addLayout(head);
    QHBoxLayout *row = pairOf(box);
    m_cpus = new LimitField(QStringLiteral("cpus"), tr("CPUs"), LimitField::Unit::Processors);
    m_memory = new LimitField(QStringLiteral("memory"), tr("Memory"), LimitField::Unit::Memory);
    setPlace(m_cpus->field(), {"cpus"});
    setPlace(m_memory->field(), {"memory"});
    for (LimitField *limit : {m_cpus, m_memory}) {
        row->addWidget(limit, 1);
        connect(limit, &LimitField::edited, this, &FormPart::edited);
    }
    for (const char *name : {"cpus", "memory"}) {
        auto *note = new PlaceNote({name});
        box->addWidget(note);
        connect(note, &PlaceNote::fixWanted, this, &FormPart::fixWanted);
    }
    column->addLayout(box);
}

void BasicForm::buildPolicies(QBoxLayout *column)
{
    QHBoxLayout *row = pairOf(column);
    auto *restart = new QWidget;
    auto *restartRow = new QHBoxLayout(restart);
    restartRow->setContentsMargins(0, 0, 0, 0);
    restartRow->setSpacing(space::s2);
    m_restart = new Segmented(QStringLiteral("restart"), tr("Restart"));
    m_restart->addChoice(0, QStringLiteral("restartNever"), tr("Never"));
    m_restart->addChoice(onFailure, QStringLiteral("restartOnFailure"), tr("On failure"));
    m_restart->addChoice(2, QStringLiteral("restartAlways"), tr("Always"));
    m_restart->addChoice(3, QStringLiteral("restartUnlessStopped"), tr("Unless stopped"));
    m_restart->choose(0);
    m_retries = makeField(QStringLiteral("restartTries"), tr("Tries at most"), tr("tries"));
    m_retries->setFixedWidth(scaled(retriesWidth));
    m_retries->setVisible(false);
    setPlace(m_restart, {"restart"});
    setPlace(m_retries, {"restart"});
    // As high as a field, whether the tries are there or not: beside it stands the network's.
    restart->setMinimumHeight(heightFor(FontRole::Body, size::field));
    restartRow->addWidget(m_restart, 0, Qt::AlignVCenter);
    restartRow->addWidget(m_retries);
    restartRow->addStretch(1);
    auto *restartNote = new PlaceNote({"restart"});
    row->addWidget(labelled(tr("Restart"), restart, restartNote));

    auto *network = new QWidget;
    auto *networkRow = new QHBoxLayout(network);
    networkRow->setContentsMargins(0, 0, 0, 0);
    networkRow->setSpacing(space::s2);
    m_network = makeField(QStringLiteral("network"), tr("Network"), tr("default"));
    m_alias = makeField(QStringLiteral("networkAlias"), tr("Alias"), tr("Alias"));
    setPlace(m_network, {"network", 0});
    setPlace(m_alias, {"network-alias", 0});
    addCompleter(m_network, m_networks);
    networkRow->addWidget(m_network, 3);
    networkRow->addWidget(m_alias, 2);
    auto *networkNote = new PlaceNote({"network", 0});
    row->addWidget(labelled(tr("Network"), network, networkNote), 1);

    connect(m_restart, &Segmented::chosenChanged, this, [this](int chosen) {
        m_retries->setVisible(chosen == onFailure);
        Q_EMIT edited();
    });
    connect(m_retries, &QLineEdit::textEdited, this, &FormPart::edited);
    connect(m_network, &QLineEdit::textEdited, this, &FormPart::edited);
    connect(m_alias, &QLineEdit::textEdited, this, &FormPart::edited);
    for (PlaceNote *note : {restartNote, networkNote}) {
        connect(note, &PlaceNote::fixWanted, this, &FormPart::fixWanted);
    }
}

void BasicForm::buildSwitches(QBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s4);
    m_detached = makeCheck(QStringLiteral("detached"), tr("In the background"));
    m_remove = makeCheck(QStringLiteral("removeAfter"), tr("Remove when it stops"));
    m_terminal = makeCheck(QStringLiteral("terminal"), tr("With a terminal"));
    setPlace(m_detached, {"detach"});
    setPlace(m_remove, {"rm"});
    setPlace(m_terminal, {"tty"});
    for (QCheckBox *check : {m_detached, m_remove, m_terminal}) {
        row->addWidget(check);
        connect(check, &QCheckBox::clicked, this, &FormPart::edited);
    }
    row->addStretch(1);
    column->addLayout(row);
}

void BasicForm::buildCommand(QBoxLayout *column)
{
    m_command = makeField(QStringLiteral("command"), tr("Command"), tr("as the image has it"));
    setPlace(m_command, {"command"});
    auto *note = new PlaceNote({"command"});
    column->addWidget(labelled(tr("Command"), m_command, note));
    connect(m_command, &QLineEdit::textEdited, this, &FormPart::edited);
    connect(note, &PlaceNote::fixWanted, this, &FormPart::fixWanted);
}

void BasicForm::fill(const RunForm &form)
{
    setText(m_image, form.image);
    setText(m_name, form.name);
    setText(m_command, form.command);
    m_ports->fill(form);
    m_mounts->fill(form);
    m_variables->fill(form);
    m_cpus->setValue(form.option("cpus"));
    m_memory->setValue(form.option("memory"));

    const std::string restart = form.option("restart");
    const bool hasTries = restart.starts_with(onFailureBefore);
    const std::string name = restart.empty() ? "no" : hasTries ? "on-failure" : restart;
    for (int i = 0; i < int(restartNames.size()); ++i) {
        if (name == restartNames[std::size_t(i)]) {
            const QSignalBlocker quiet(m_restart);
            m_restart->choose(i);
            m_retries->setVisible(i == onFailure);
        }
    }
    setText(m_retries,
            hasTries ? restart.substr(std::string_view(onFailureBefore).size()) : std::string());
    setText(m_network, networkOf(form.option("network")).target);
    const auto aliases = form.options.find("network-alias");
    setText(m_alias,
            aliases == form.options.end() ? std::string() : reference::join(aliases->second, ", "));
    m_detached->setChecked(form.isDetached);
    m_remove->setChecked(form.flag("rm"));
    m_terminal->setChecked(form.flag("tty"));
}

void BasicForm::collect(RunForm &form) const
{
    form.image = textOf(m_image);
    form.name = textOf(m_name);
    form.command = textOf(m_command);
    m_ports->collect(form);
    m_mounts->collect(form);
    m_variables->collect(form);
    form.setOption("cpus", m_cpus->value());
    form.setOption("memory", m_memory->value());

    std::string restart = restartNames[std::size_t(m_restart->chosen())];
    if (m_restart->chosen() == onFailure && !m_retries->text().isEmpty()) {
        restart = onFailureBefore + textOf(m_retries);
    }
    form.setOption("restart", restart == "no" ? std::string() : restart);
    setFirstNetwork(form, textOf(m_network));
    std::vector<std::string> aliases;
    const std::string typed = textOf(m_alias); // which the pieces are views of
    for (const std::string_view alias : reference::split(typed, ',')) {
        if (const auto name = reference::trimmed(alias); !name.empty()) {
            aliases.emplace_back(name);
        }
    }
    if (aliases.empty()) {
        form.options.erase("network-alias");
    } else {
        form.options["network-alias"] = std::move(aliases);
    }
    form.isDetached = m_detached->isChecked();
    form.setFlag("rm", m_remove->isChecked());
    form.setFlag("tty", m_terminal->isChecked());
}

void BasicForm::followNetwork(const RunForm &form)
{
    if (!m_network->hasFocus()) {
        setText(m_network, networkOf(form.option("network")).target);
    }
}

void BasicForm::offer(const RunController &controller)
{
    QStringList images;
    for (const docker::ImageSummary &image : *controller.facts().images) {
        for (const std::string &tag : image.tags) {
            images.append(displayText(tag));
        }
    }
    images.sort(Qt::CaseInsensitive);
    if (m_images->stringList() != images) {
        m_images->setStringList(images);
    }
    QStringList networks;
    for (const docker::Network &network :
         controller.facts().networks.value_or(std::vector<docker::Network>())) {
        networks.append(displayText(network.name));
    }
    if (m_networks->stringList() != networks) {
        m_networks->setStringList(networks);
    }
    QStringList volumes;
    for (const docker::Volume &volume : controller.volumes()) {
        volumes.append(displayText(volume.name));
    }
    m_mounts->setVolumes(volumes);
    m_mounts->setPicksFolders(controller.facts().isOnThisMachine);
    const auto info = controller.engine()->info();
    m_cpus->setMost(info ? info->cpus : 0);
    m_memory->setMost(info ? info->memory : 0);
    m_engineHas->setText(
        info && info->cpus > 0
            ? tr("Engine has %n CPUs and %1", nullptr, info->cpus).arg(memorySizeText(info->memory))
            : QString());
}

} // namespace roadstead::ui
