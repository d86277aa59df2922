// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/run_fields.h"

#include "ui/text/display_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/wizards/run/basic_form.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/network_rows.h"
#include "ui/wizards/run/option_section.h"
#include "ui/wizards/run/run_controller.h"

#include <QVBoxLayout>

namespace roadstead::ui {

RunFields::RunFields(RunController *controller, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_basic(new BasicForm)
    , m_more(new LinkButton(QStringLiteral("moreOptions"), tr("More options")))
    , m_options(new QWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s4);
    column->addWidget(m_basic);
    addPart(m_basic);
    column->addWidget(m_more, 0, Qt::AlignLeft);
    auto *sections = new QVBoxLayout(m_options);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(space::s1);
    m_sections.append(new NetworkSection(m_basic->networks()));
    for (const RunSection section :
         {RunSection::Process, RunSection::Network, RunSection::Storage, RunSection::Limits,
          RunSection::Health, RunSection::Security, RunSection::Devices, RunSection::Logging,
          RunSection::Engine}) {
        m_sections.append(new OptionSection(section));
    }
    m_sections.append(new OtherOptions);
    for (CollapsiblePart *section : std::as_const(m_sections)) {
        sections->addWidget(section);
        addPart(section);
    }
    column->addWidget(m_options);
    m_options->setVisible(false);
    connect(m_more, &LinkButton::clicked, this, [this] { openMore(m_options->isHidden()); });
    connect(m_basic, &BasicForm::importWanted, this, &RunFields::importVariables);
    connect(controller, &RunController::factsChanged, this,
            [this] { m_basic->offer(*m_controller); });
    m_basic->offer(*m_controller);
}

void RunFields::addPart(FormPart *part)
{
    m_parts.append(part);
    connect(part, &FormPart::edited, this, &RunFields::collect);
    connect(part, &FormPart::fixWanted, this, &RunFields::fix);
}

void RunFields::collect()
{
    RunForm form = m_controller->form();
    for (const FormPart *part : std::as_const(m_parts)) {
        part->collect(form);
    }
    m_controller->setForm(form);
    for (CollapsiblePart *section : std::as_const(m_sections)) {
        section->fill(form);
    }
    m_basic->followNetwork(form);
    Q_EMIT edited();
}

void RunFields::fill()
{
    for (FormPart *part : std::as_const(m_parts)) {
        part->fill(m_controller->form());
    }
}

void RunFields::openMore(bool open)
{
    m_options->setVisible(open);
    m_more->setText(open ? tr("Fewer options") : tr("More options"));
    m_more->setAccessibleName(m_more->text());
}

QWidget *RunFields::goTo(const RunPlace &place)
{
    for (CollapsiblePart *section : std::as_const(m_sections)) {
        if (section->has(place)) {
            openMore(true);
            section->setOpen(true);
            markPlaces(section, *m_controller);
        }
    }
    QWidget *field = fieldAt(this, place);
    if (field != nullptr) {
        field->setFocus(Qt::OtherFocusReason);
    }
    return field;
}

void RunFields::fix(const RunPlace &place)
{
    if (const RunCheck *found = m_controller->checkAt(place)) {
        const RunCheck check = *found; // the list changes with the form
        m_controller->apply(check);
        Q_EMIT placeWanted(place);
    }
}

void RunFields::importVariables(const QString &path)
{
    if (const auto count = m_controller->importVariables(path); !count) {
        auto *told =
            new Dialog(QStringLiteral("importFailed"), tr("The variables could not be read"), this);
        told->setAttribute(Qt::WA_DeleteOnClose);
        told->setText(displayText(count.error().detail));
        told->setVerb(tr("Close"));
        told->open();
    }
}

} // namespace roadstead::ui
