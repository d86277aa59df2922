// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pages/images/image_overview.h"

#include "ui/models/image_text.h"
#include "ui/pages/card_rows.h"
#include "ui/pages/images/layers/layer_text.h"
#include "ui/pages/masked_text.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/trust/signature_line.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress.h"
#include "ui/widgets/stack_bar.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace roadstead::ui {

namespace {

constexpr int factHeight = 22;
constexpr int factCaption = 76;
constexpr int layerHeight = 24;
constexpr int layerBarWidth = 64;
constexpr int layerNumberWidth = 20;
constexpr int layerSizeWidth = 64;
constexpr std::size_t mostLayerRows = 120;
constexpr std::size_t mostUsers = 12;
constexpr std::size_t mostTags = 24;

QHBoxLayout *addFact(QVBoxLayout *rows, const QString &caption)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto *label = new Label(caption, FontRole::Small, Color::Text3);
    label->setFixedWidth(scaled(factCaption));
    label->setMinimumHeight(scaled(factHeight));
    row->addWidget(label, 0, Qt::AlignTop);
    rows->addLayout(row);
    return row;
}

/// Things of different heights on one line, in a flow.
QWidget *centredInLine(std::initializer_list<QWidget *> things)
{
    auto *line = new QWidget;
    line->setMinimumHeight(scaled(factHeight));
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    for (QWidget *thing : things) {
        row->addWidget(thing, 0, Qt::AlignVCenter);
    }
    return line;
}

LinkButton *smallLink(const QString &name, const QString &text)
{
    auto *link = new LinkButton(name, text);
    link->setFont(font(FontRole::Small));
    return link;
}

StateMark markOf(docker::ContainerState state)
{
    using State = docker::ContainerState;
    switch (state) {
    case State::Running:
        return StateMark::Running;
    case State::Paused:
        return StateMark::Paused;
    case State::Restarting:
        return StateMark::Restarting;
    case State::Exited:
    case State::Dead:
        return StateMark::Exited;
    default:
        return StateMark::Waiting;
    }
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList shown;
    for (const std::string &text : texts) {
        shown.append(displayText(text));
    }
    return shown.join(QStringLiteral(", "));
}

QWidget *layerRow(int number, const docker::HistoryEntry &entry, double share)
{
    auto *widget = new QWidget;
    widget->setMinimumHeight(heightFor(FontRole::Mono, layerHeight));
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    const bool isEmpty = entry.size <= 0;
    auto *place =
        new Label(isEmpty ? QString() : numberText(number), FontRole::Small, Color::Text3);
    place->setFixedWidth(scaled(layerNumberWidth));
    row->addWidget(place);
    auto *words = new ElidedLabel(layerText(entry.createdBy), FontRole::Mono,
                                  isEmpty ? Color::Text3 : Color::Text);
    row->addWidget(words, 1);
    auto *bar = new ProgressBar(4);
    bar->setFixedWidth(scaled(layerBarWidth));
    bar->setShare(share);
    bar->setTone(Color::Chart1);
    QSizePolicy keeps = bar->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    bar->setSizePolicy(keeps);
    bar->setVisible(!isEmpty);
    row->addWidget(bar);
    auto *size = new Label(isEmpty ? unknownText() : diskSizeText(entry.size), FontRole::Small,
                           isEmpty ? Color::Text3 : Color::Text);
    size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    size->setMinimumWidth(scaled(layerSizeWidth));
    row->addWidget(size);
    return widget;
}

} // namespace

ImageOverview::ImageOverview(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("imageOverview"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s2 + 2, space::s4, space::s4);
    column->setSpacing(space::s3);
    m_facts.place = new QVBoxLayout;
    column->addLayout(m_facts.place);
    m_layers = addCard(tr("Layers"), "layersCard", &m_layersCard);
    m_settings = addCard(tr("What containers get"), "settingsCard", &m_settingsCard);
    m_environment = addCard(tr("Environment"), "imageEnvironmentCard", &m_environmentCard);
    m_labels = addCard(tr("Labels"), "imageLabelsCard", &m_labelsCard);
    column->addStretch(1);
}

ImageOverview::Section ImageOverview::addCard(const QString &title, const char *name, Card **card)
{
    *card = new Card(title, this);
    (*card)->setObjectName(QLatin1StringView(name));
    (*card)->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    (*card)->hide();
    layout()->addWidget(*card);
    return {nullptr, (*card)->body()};
}

QVBoxLayout *ImageOverview::renew(Section &section)
{
    if (section.rows) {
        section.rows->hide();
        section.rows->deleteLater();
    }
    section.rows = new QWidget;
    auto *rows = new QVBoxLayout(section.rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    section.place->addWidget(section.rows);
    return rows;
}

void ImageOverview::clear()
{
    m_row.reset();
    m_details.reset();
    renew(m_facts);
    for (Card *card : {m_layersCard, m_settingsCard, m_environmentCard, m_labelsCard}) {
        card->hide();
    }
}

void ImageOverview::setTrust(service::TrustDesk *trust)
{
    m_trust = trust;
    fillFacts();
}

void ImageOverview::setRow(const ImageRow &row, std::int64_t now)
{
    const bool isSame = m_row && m_row->summary == row.summary && m_row->users == row.users &&
                        m_row->sharedSize == row.sharedSize && m_row->news == row.news;
    m_row = row;
    m_now = now;
    if (!isSame) {
        fillFacts();
    }
}

void ImageOverview::setDetails(const docker::ImageDetails &details)
{
    if (m_details == details) {
        return; // a value that was revealed stays so
    }
    m_details = details;
    fillFacts();
    fillSettings();
    fillVariables();
}

QWidget *ImageOverview::tagsLine()
{
    auto *box = new QWidget;
    auto *flow = new FlowLayout(box);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s1);
    const QString repository = m_row->name;
    std::size_t shown = 0;
    for (const std::string &tag : m_row->tags) {
        if (++shown > mostTags) {
            flow->addWidget(
                new Label(tr("and %n more", nullptr, int(m_row->tags.size() - mostTags)),
                          FontRole::Small, Color::Text3));
            break;
        }
        // Tags of the same repository need no name in front.
        const TagParts parts = splitTag(tag);
        const bool isOwn = displayText(parts.repository) == repository;
        auto *badge = new Badge(displayText(isOwn ? parts.tag : std::string_view(tag), 80));
        badge->setAccessibleName(displayText(tag));
        badge->setToolTip(plainTip(displayText(tag)));
        flow->addWidget(centredInLine({badge}));
    }
    auto *add = smallLink(QStringLiteral("addTag"), tr("Add tag"));
    connect(add, &QAbstractButton::clicked, this, &ImageOverview::tagWanted);
    flow->addWidget(centredInLine({add}));
    return box;
}

QWidget *ImageOverview::digestLine()
{
    const auto &digests = m_row->summary.digests;
    const std::string whole = digests.empty() ? std::string() : digests.front();
    const std::size_t at = whole.find('@');
    const std::string digest = at == std::string::npos ? whole : whole.substr(at + 1);
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    if (digest.empty()) {
        row->addWidget(new Label(tr("None: no registry has it"), FontRole::Small, Color::Text2));
    } else {
        constexpr std::size_t head = 15;
        constexpr std::size_t tail = 4;
        const QString shown = digest.size() > head + tail
                                  ? displayText(digest.substr(0, head)) + QStringLiteral("…") +
                                        displayText(digest.substr(digest.size() - tail))
                                  : displayText(digest);
        auto *label = new Label(shown, FontRole::Mono, Color::Text);
        label->setToolTip(plainTip(displayText(whole)));
        row->addWidget(label);
        row->addWidget(copyButton(QStringLiteral("copyDigest"), tr("Copy the digest"), whole));
    }
    row->addStretch(1);
    return box;
}

QWidget *ImageOverview::usersLine()
{
    auto *box = new QWidget;
    auto *flow = new FlowLayout(box);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(space::s2);
    if (m_row->users.empty()) {
        flow->addWidget(
            centredInLine({new Label(tr("No container"), FontRole::Small, Color::Text2)}));
    }
    std::size_t shown = 0;
    for (const ImageUser &user : m_row->users) {
        if (++shown > mostUsers) {
            flow->addWidget(
                new Label(tr("and %n more", nullptr, int(m_row->users.size() - mostUsers)),
                          FontRole::Small, Color::Text3));
            break;
        }
        auto *link = smallLink(QStringLiteral("usedBy_") + displayText(user.name, 64),
                               displayText(user.name, 64));
        connect(link, &QAbstractButton::clicked, this,
                [this, id = user.id] { Q_EMIT containerWanted(id); });
        flow->addWidget(centredInLine({new MarkLabel(markOf(user.state), 12), link}));
    }
    return box;
}

void ImageOverview::fillFacts()
{
    if (!m_row) {
        return;
    }
    QVBoxLayout *rows = renew(m_facts);
    addFact(rows, tr("Tags"))->addWidget(tagsLine(), 1);
    addFact(rows, tr("Digest"))->addWidget(digestLine(), 1);
    if (m_trust != nullptr && !m_row->summary.digests.empty()) {
        auto *line = new SignatureLine(QStringLiteral("image"), m_trust);
        line->setImage(m_row->summary.digests.front(),
                       taggedLike(m_row->summary.digests.front(), m_row->tags));
        line->setCompact();
        line->setMinimumHeight(scaled(factHeight));
        addFact(rows, tr("Signature"))->addWidget(line, 1);
    }
    const auto text = [rows](const QString &caption, const QString &value,
                             Color tone = Color::Text) {
        auto *label = new ElidedLabel(value, FontRole::Small, tone);
        label->setMinimumHeight(scaled(factHeight));
        addFact(rows, caption)->addWidget(label, 1);
    };
    if (m_details) {
        const docker::Platform platform{m_details->os, m_details->architecture, m_details->variant};
        text(tr("Platform"), displayText(platform.text(), 64));
    }
    const QString size = diskSizeText(m_row->summary.size);
    text(tr("Size"), m_row->sharedSize > 0 ? tr("%1, of which %2 is shared with other images")
                                                 .arg(size, diskSizeText(m_row->sharedSize))
                                           : size);
    text(tr("Created"), tr("%1, %2").arg(imageCreatedText(*m_row), imageAgeText(*m_row, m_now)));
    addFact(rows, tr("Used by"))->addWidget(usersLine(), 1);
    if (m_row->news != ImageNews::Unknown) {
        const bool isNewer = m_row->news == ImageNews::Newer;
        text(tr("Registry"),
             isNewer ? tr("A newer version is there. Pull it to have it.") : tr("Up to date"),
             isNewer ? Color::Accent : Color::Text2);
    }
}

void ImageOverview::setHistory(const std::vector<docker::HistoryEntry> &history)
{
    QVBoxLayout *rows = renew(m_layers);
    rows->setContentsMargins(space::s3, 0, space::s3, space::s2);
    std::int64_t total = 0;
    std::int64_t largest = 0;
    int layers = 0;
    for (const docker::HistoryEntry &entry : history) {
        total += std::max<std::int64_t>(0, entry.size);
        largest = std::max(largest, entry.size);
        layers += entry.size > 0 ? 1 : 0;
    }
    m_layersCard->setVisible(!history.empty());
    m_layersCard->setNote(tr("%n, %1 in total", "layers", layers).arg(diskSizeText(total)));
    auto *stack = new StackBar(QStringLiteral("layersBar"), 8);
    QList<StackBar::Part> parts;
    for (const docker::HistoryEntry &entry : history) {
        if (entry.size > 0) { // what it was built on is grey
            parts.append({entry.size, parts.isEmpty() ? Color::NeutralMark : Color::Chart1});
        }
    }
    stack->setParts(parts);
    rows->addWidget(stack);
    rows->addSpacing(space::s1);
    int number = 0;
    std::size_t shown = 0;
    for (const docker::HistoryEntry &entry : history) {
        if (++shown > mostLayerRows) {
            rows->addWidget(
                new Label(tr("and %n more", nullptr, int(history.size() - mostLayerRows)),
                          FontRole::Small, Color::Text3));
            break;
        }
        number += entry.size > 0 ? 1 : 0;
        rows->addWidget(
            layerRow(number, entry, total > 0 ? double(entry.size) / double(total) : 0));
    }
}

void ImageOverview::fillSettings()
{
    QVBoxLayout *rows = renew(m_settings);
    rows->setContentsMargins(space::s3, 0, space::s3, space::s2);
    const docker::ImageDetails &image = *m_details;
    int lines = 0;
    const auto add = [&](const QString &caption, const QString &value, bool mono = true) {
        if (!value.isEmpty()) {
            addPair(rows, caption, value, mono);
            ++lines;
        }
    };
    add(tr("Entry point"), maskedCommand(image.entrypoint));
    add(tr("Command"), maskedCommand(image.command));
    add(tr("Folder"), displayText(image.workingDirectory));
    add(tr("User"), displayText(image.user));
    add(tr("Ports"), joined(image.exposedPorts));
    add(tr("Volumes"), joined(image.volumes));
    add(tr("Stop signal"), displayText(image.stopSignal));
    add(tr("Author"), displayText(image.author), false);
    m_settingsCard->setVisible(lines > 0);
}

void ImageOverview::fillVariables()
{
    QVBoxLayout *variables = renew(m_environment);
    for (const std::string &line : m_details->environment) {
        const std::size_t equals = std::min(line.find('='), line.size());
        variables->addWidget(new VariableRow(QStringLiteral("variable"), line.substr(0, equals),
                                             line.substr(std::min(equals + 1, line.size())), true));
    }
    m_environmentCard->setVisible(!m_details->environment.empty());
    QVBoxLayout *labels = renew(m_labels);
    for (const auto &[name, value] : m_details->labels) {
        labels->addWidget(new VariableRow(QStringLiteral("label"), name, value, true));
    }
    m_labelsCard->setVisible(!m_details->labels.empty());
}

} // namespace roadstead::ui
