// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/run/option_section.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/wizards/run/field.h"
#include "ui/wizards/run/field_place.h"
#include "ui/wizards/run/text_rows.h"

#include <QCompleter>
#include <QCoreApplication>
#include <QGridLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace roadstead::ui {

namespace {

QString sectionTitle(RunSection section)
{
    switch (section) {
    case RunSection::Process:
        return OptionSection::tr("Process");
    case RunSection::Network:
        return OptionSection::tr("Network and names");
    case RunSection::Storage:
        return OptionSection::tr("Storage");
    case RunSection::Limits:
        return OptionSection::tr("Limits");
    case RunSection::Health:
        return OptionSection::tr("Health check");
    case RunSection::Security:
        return OptionSection::tr("Security");
    case RunSection::Devices:
        return OptionSection::tr("Devices and GPUs");
    case RunSection::Logging:
        return OptionSection::tr("Logging");
    case RunSection::Engine:
        return OptionSection::tr("Image and engine");
    case RunSection::Basic:
        break;
    }
    return {};
}

QString textOfName(std::string_view name)
{
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

} // namespace

CollapsiblePart::CollapsiblePart(const QString &name, const QString &title, QWidget *parent)
    : FormPart(parent)
    , m_head(new QToolButton)
    , m_title(title)
    , m_body(new QWidget)
{
    setObjectName(name);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    m_head->setObjectName(name + QStringLiteral("Head"));
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setAutoRaise(true);
    m_head->setCheckable(false);
    m_head->setFocusPolicy(Qt::StrongFocus);
    setButtonLook(m_head, ButtonKind::Quiet);
    column->addWidget(m_head, 0, Qt::AlignLeft);
    column->addWidget(m_body);
    m_body->setVisible(false);
    const auto restyle = [this] { m_head->setFont(ui::font(FontRole::Body, QFont::DemiBold)); };
    restyle();
    connect(&Theme::instance(), &Theme::changed, this, restyle);
    connect(m_head, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    setSetCount(0);
    m_head->setIcon(icon(QStringLiteral("chevron-right")));
}

void CollapsiblePart::setOpen(bool open)
{
    m_open = open;
    if (open && !m_built) {
        m_built = true;
        build(m_body);
    }
    m_body->setVisible(open);
    m_head->setIcon(icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_head->setAccessibleDescription(open ? tr("Open") : tr("Closed"));
}

void CollapsiblePart::setSetCount(int count)
{
    m_head->setText(count == 0 ? m_title : tr("%1 · %n set", nullptr, count).arg(m_title));
    m_head->setAccessibleName(m_head->text());
}

/// Shows one option in the two columns of its section.
class OptionSection::Entry : public QObject
{
public:
    Entry(const RunOption &option, OptionSection *section)
        : QObject(section)
        , m_option(option)
        , m_section(section)
        , m_name(textOfName(option.name))
        , m_label(QCoreApplication::translate("roadstead::ui::RunOption", option.label))
    {
    }

    void place(QGridLayout *grid, int row)
    {
        const RunPlace at{std::string(m_option.name)};
        if (m_option.kind == RunOptionKind::Flag) {
            m_check = makeCheck(m_name, m_label);
            setPlace(m_check, at);
            grid->addWidget(m_check, row, 1);
            connect(m_check, &QCheckBox::clicked, m_section, &FormPart::edited);
        } else if (m_option.kind == RunOptionKind::List) {
            m_rows = new TextRows(m_name, m_label, QString::fromLatin1(m_option.example));
            grid->addWidget(caption(), row, 0, Qt::AlignTop);
            grid->addWidget(m_rows, row, 1);
            connect(m_rows, &TextRows::edited, m_section, &FormPart::edited);
            connect(m_rows, &TextRows::fixWanted, m_section, &FormPart::fixWanted);
        } else {
            m_field = makeField(m_name, m_label, QString::fromLatin1(m_option.example));
            setPlace(m_field, at);
            grid->addWidget(caption(), row, 0);
            grid->addWidget(m_field, row, 1);
            connect(m_field, &QLineEdit::textEdited, m_section, &FormPart::edited);
            addChoices();
        }
        auto *note = new PlaceNote(at);
        grid->addWidget(note, row + 1, 1);
        connect(note, &PlaceNote::fixWanted, m_section, &FormPart::fixWanted);
    }

    void fill(const RunForm &form)
    {
        const auto found = form.options.find(m_option.name);
        const auto values =
            found == form.options.end() ? std::vector<std::string>() : found->second;
        if (m_check != nullptr) {
            m_check->setChecked(form.flag(m_option.name));
        } else if (m_rows != nullptr) {
            m_rows->setValues(values);
        } else {
            setText(m_field, values.empty() ? std::string() : values.front());
        }
    }

    /// A value that is shown as it is stays so: "--init=false" is no box that is checked, and an
    /// entrypoint of nothing is another thing than none.
    void collect(RunForm &form) const
    {
        if (m_check != nullptr) {
            if (m_check->isChecked() != form.flag(m_option.name)) {
                form.setFlag(m_option.name, m_check->isChecked());
            }
        } else if (m_rows != nullptr) {
            auto values = m_rows->values();
            if (values.empty()) {
                form.options.erase(std::string(m_option.name));
            } else {
                form.options[std::string(m_option.name)] = std::move(values);
            }
        } else if (textOf(m_field) != form.option(m_option.name)) {
            form.setOption(m_option.name, textOf(m_field));
        }
    }

private:
    [[nodiscard]] QWidget *caption() const
    {
        auto *label = new Label(m_label, FontRole::Small, Color::Text2);
        label->setToolTip(QStringLiteral("--") + m_name);
        label->setMinimumHeight(heightFor(FontRole::Body, size::field));
        return label;
    }

    void addChoices()
    {
        if (*m_option.choices == '\0') {
            return;
        }
        auto *completer =
            new QCompleter(QString::fromLatin1(m_option.choices).split(QLatin1Char(' ')), m_field);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        m_field->setCompleter(completer);
        if (m_field->placeholderText().isEmpty()) {
            m_field->setPlaceholderText(QString::fromLatin1(m_option.choices));
        }
        connect(completer, qOverload<const QString &>(&QCompleter::activated), m_section,
                &FormPart::edited, Qt::QueuedConnection);
    }

    const RunOption &m_option;
    OptionSection *m_section;
    QString m_name;
    QString m_label;
    QCheckBox *m_check = nullptr;
    QLineEdit *m_field = nullptr;
    TextRows *m_rows = nullptr;
};

OptionSection::OptionSection(RunSection section, QWidget *parent)
    : CollapsiblePart(QStringLiteral("section%1").arg(int(section)), sectionTitle(section), parent)
    , m_section(section)
{
}

bool OptionSection::has(const RunPlace &place) const
{
    const RunOption *found = findRunOption(place.field);
    return found != nullptr && found->section == m_section;
}

void OptionSection::build(QWidget *body)
{
    auto *grid = new QGridLayout(body);
    grid->setContentsMargins(space::s6, 0, 0, space::s2);
    grid->setHorizontalSpacing(space::s3);
    grid->setVerticalSpacing(space::s1);
    grid->setColumnMinimumWidth(0, scaled(176));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const RunOption &option : runOptions()) {
        if (option.section == m_section) {
            auto *entry = new Entry(option, this);
            entry->place(grid, row);
            entry->fill(m_form);
            m_entries.append(entry);
            row += 2;
        }
    }
}

void OptionSection::fill(const RunForm &form)
{
    m_form = form;
    setSetCount(int(std::ranges::count_if(form.options,
                                          [this](const auto &each) { return has({each.first}); })));
    for (Entry *entry : std::as_const(m_entries)) {
        entry->fill(form);
    }
}

void OptionSection::collect(RunForm &form) const
{
    for (const Entry *entry : m_entries) {
        entry->collect(form);
    }
}

OtherOptions::OtherOptions(QWidget *parent)
    : CollapsiblePart(QStringLiteral("otherOptions"), tr("Other options"), parent)
{
}

void OtherOptions::build(QWidget *body)
{
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(space::s6, 0, 0, space::s2);
    m_rows = new TextRows(QStringLiteral("other"), tr("Other option"),
                          QStringLiteral("--blkio-weight=500"));
    column->addWidget(new Label(tr("As on a command line, each with its value behind “=”."),
                                FontRole::Small, Color::Text3));
    column->addWidget(m_rows);
    m_rows->setValues(m_others);
    connect(m_rows, &TextRows::edited, this, &FormPart::edited);
    connect(m_rows, &TextRows::fixWanted, this, &FormPart::fixWanted);
}

void OtherOptions::fill(const RunForm &form)
{
    m_others = form.others;
    setSetCount(int(form.others.size()));
    if (m_rows != nullptr) {
        m_rows->setValues(m_others);
    }
}

void OtherOptions::collect(RunForm &form) const
{
    if (m_rows != nullptr) {
        form.others = m_rows->values();
    }
}

} // namespace roadstead::ui
