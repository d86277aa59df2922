// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wizards/push/push_result.h"

#include "engine/docker/command.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/registry_text.h"
#include "ui/theme/metrics.h"
#include "ui/trust/signature_line.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_strip.h"
#include "ui/widgets/copy_row.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented.h"
#include "ui/wizards/push/push_controller.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int sideWidth = 328;
constexpr int captionWidth = 100;
constexpr int markSide = 40;
constexpr int shortDigest = 19; // "sha256:" and 12 digits

enum class Use { Pull, Run, Compose, Kubernetes };

QString useText(Use use, const std::string &image)
{
    switch (use) {
    case Use::Pull:
        return QString::fromStdString(docker::commandLine({"pull", image}));
    case Use::Run:
        return QString::fromStdString(docker::commandLine({"run", "--detach", image}));
    case Use::Compose:
    case Use::Kubernetes:
        break;
    }
    return u"image: "_s + QString::fromStdString(image);
}

/// A row of a card: what it is, then the text that can be copied.
void addCopyRow(Card *card, const QString &caption, CopyRow *row)
{
    auto *line = new QWidget;
    auto *inner = new QHBoxLayout(line);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space::s2);
    auto *label = new Label(caption, FontRole::Body, Color::Text2);
    label->setMinimumWidth(scaled(captionWidth));
    inner->addWidget(label);
    inner->addWidget(row, 1);
    card->body()->addWidget(line);
}

Card *paddedCard(const QString &title)
{
    auto *card = new Card(title);
    card->body()->setContentsMargins(space::s3, space::s2, space::s3, space::s3);
    card->body()->setSpacing(space::s2);
    return card;
}

QString tagNews(const PushedTag &tag)
{
    if (!tag.isBeforeKnown) {
        return {};
    }
    if (tag.before.empty()) {
        return PushResult::tr("New, first push");
    }
    return tag.before == tag.digest
               ? PushResult::tr("Was this image before")
               : PushResult::tr("Was %1").arg(displayText(tag.before, shortDigest));
}

Badge *tagBadge(const PushedTag &tag)
{
    if (!tag.isBeforeKnown) {
        return new Badge(PushResult::tr("Pushed"), Tone::Ok);
    }
    if (tag.before.empty()) {
        return new Badge(PushResult::tr("New"), Tone::Ok);
    }
    return tag.before == tag.digest ? new Badge(PushResult::tr("Unchanged"))
                                    : new Badge(PushResult::tr("Moved"), Tone::Warn);
}

} // namespace

PushResult::PushResult(PushController *controller, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_controller(controller)
{
    setObjectName(u"pushResult"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"pushResultScroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(makeMain());
    row->addWidget(scroll, 1);
    row->addWidget(makeSide());
}

QWidget *PushResult::makeMain()
{
    auto *main = new Surface(Color::BgSurface);
    auto *column = new QVBoxLayout(main);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s3);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s3);
    auto *tile = new Surface(Color::OkTint);
    tile->setRounded(radius::card, Color::OkTint);
    tile->setFixedSize(markSide, markSide);
    auto *inTile = new QHBoxLayout(tile);
    inTile->setContentsMargins(0, 0, 0, 0);
    inTile->addWidget(new IconLabel(u"check-lg"_s, 20, Color::Ok), 0, Qt::AlignCenter);
    head->addWidget(tile, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    m_title = new Label({}, FontRole::Title);
    m_title->setObjectName(u"pushResultTitle"_s);
    m_text = new Label({}, FontRole::Body, Color::Text2);
    m_text->setObjectName(u"pushResultText"_s);
    for (Label *label : {m_title, m_text}) {
        label->setWordWrap(true);
        words->addWidget(label);
    }
    head->addLayout(words, 1);
    column->addLayout(head);

    Card *digest = paddedCard(tr("Digest"));
    digest->setNote(tr("never changes, so it is the safest way to name this image"));
    m_digest = new CopyRow(u"pushDigest"_s, tr("Digest"));
    digest->body()->addWidget(m_digest);
    column->addWidget(digest);
    addTrust(column);

    Card *use = paddedCard(tr("Use it"));
    m_use = new Segmented(u"pushUse"_s, tr("Use it with"));
    m_use->addChoice(int(Use::Pull), u"pushUsePull"_s, tr("Pull"));
    m_use->addChoice(int(Use::Run), u"pushUseRun"_s, tr("Run"));
    m_use->addChoice(int(Use::Compose), u"pushUseCompose"_s, u"Compose"_s);
    m_use->addChoice(int(Use::Kubernetes), u"pushUseKubernetes"_s, u"Kubernetes"_s);
    m_use->choose(int(Use::Pull));
    use->addHeadWidget(m_use);
    m_byTag = new CopyRow(u"pushByTag"_s, tr("By tag"));
    m_byDigest = new CopyRow(u"pushByDigest"_s, tr("By digest"));
    addCopyRow(use, tr("By tag"), m_byTag);
    addCopyRow(use, tr("By digest"), m_byDigest);
    column->addWidget(use);
    connect(m_use, &Segmented::chosenChanged, this, &PushResult::refreshUse);

    m_tags = new Card(tr("Tags"));
    m_tags->body()->setContentsMargins(1, 0, 1, space::s1); // inside the card's line and corners
    column->addWidget(m_tags);
    column->addStretch(1);
    return main;
}

void PushResult::addTrust(QVBoxLayout *column)
{
    if (m_controller->trust() == nullptr) {
        return;
    }
    m_trust = paddedCard(tr("Signature"));
    m_trust->setNote(tr("says that you vouch for this image"));
    m_signature = new SignatureLine(u"push"_s, m_controller->trust());
    m_trust->body()->addWidget(m_signature);
    column->addWidget(m_trust);
}

QWidget *PushResult::makeSide()
{
    auto *side = new Surface(Color::BgSunken);
    side->setLines(layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge);
    side->setFixedWidth(scaled(sideWidth));
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s3);
    column->addWidget(new Label(tr("Where to find it"), FontRole::Section));
    auto *place = new Surface(Color::BgSurface);
    place->setRounded(radius::card);
    auto *inner = new QVBoxLayout(place);
    inner->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    inner->setSpacing(space::s1);
    m_place = new Label({}, FontRole::Body);
    m_place->setWordWrap(true);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_brand = new Label({}, FontRole::Small, Color::Text2);
    inner->addWidget(m_place);
    inner->addWidget(m_brand);
    auto *browse = new Button(u"pushBrowse"_s, tr("Browse tags"));
    browse->setIconName(u"registry"_s);
    inner->addSpacing(space::s1);
    inner->addWidget(browse, 0, Qt::AlignLeft);
    column->addWidget(place);
    auto *note =
        new Label(tr("Who may pull it is up to the registry: a private repository asks for "
                     "an account with read access."),
                  FontRole::Small, Color::Text2);
    note->setWordWrap(true);
    column->addWidget(note);
    column->addStretch(1);
    auto *kept = new Label(tr("The push is also kept in Activity and in the history."),
                           FontRole::Small, Color::Text3);
    kept->setWordWrap(true);
    column->addWidget(kept);
    connect(browse, &Button::clicked, this, [this] {
        Q_EMIT browseWanted(m_controller->form().registry, m_controller->form().repository);
    });
    return side;
}

QString PushResult::title() const
{
    return m_title->text();
}

QString PushResult::pullLine() const
{
    const auto &tags = m_controller->tags();
    return tags.empty() ? QString() : useText(Use::Pull, tags.front().target.display);
}

void PushResult::refreshUse()
{
    const auto &tags = m_controller->tags();
    if (tags.empty()) {
        return;
    }
    const auto use = Use(m_use->chosen());
    const PushedTag &first = tags.front();
    const std::string &named = first.target.display;
    const std::string name = named.substr(0, named.rfind(':'));
    m_byTag->setText(displayText(useText(use, named)));
    if (first.digest.empty()) {
        m_byDigest->setWaiting(tr("The engine did not tell the digest."));
    } else {
        m_byDigest->setText(displayText(useText(use, name + "@" + first.digest)));
    }
}

void PushResult::refreshTags()
{
    delete m_tagRows;
    m_tagRows = new QWidget;
    auto *rows = new QVBoxLayout(m_tagRows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    for (const PushedTag &tag : m_controller->tags()) {
        auto *row = new Surface(Color::BgSurface);
        row->setLines(rows->count() == 0 ? Qt::Edges() : Qt::Edges(Qt::TopEdge));
        row->setMinimumHeight(heightFor(FontRole::Body, size::row));
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(space::s3, 0, space::s3, 0);
        line->setSpacing(space::s2);
        line->addWidget(new MarkLabel(StateMark::Done));
        auto *name = new Label(displayText(tag.tag, 40), FontRole::Mono);
        name->setMinimumWidth(scaled(captionWidth));
        line->addWidget(name);
        line->addWidget(new Label(tagNews(tag), FontRole::Body, Color::Text2), 1);
        line->addWidget(tagBadge(tag));
        rows->addWidget(row);
    }
    m_tags->body()->addWidget(m_tagRows);
}

void PushResult::refresh()
{
    const auto &tags = m_controller->tags();
    if (tags.empty()) {
        return;
    }
    const PushForm &form = m_controller->form();
    m_title->setText(tr("Pushed %1").arg(displayText(tags.front().target.display, 120)));
    QStringList sentences;
    const QString where = displayText(form.registry, 80);
    const QString took = elapsedText(m_controller->milliseconds());
    sentences.append(tr("%n tags to %1, %2 in %3.", nullptr, int(tags.size()))
                         .arg(where, diskSizeText(m_controller->bytesSent()), took));
    if (m_controller->layersThere() > 0) {
        sentences.append(tr("%n layers were already there.", nullptr, m_controller->layersThere()));
    }
    m_text->setText(sentences.join(u' '));
    if (tags.front().digest.empty()) {
        m_digest->setWaiting(tr("The engine did not tell the digest."));
    } else {
        m_digest->setText(displayText(tags.front().digest, 80));
    }
    if (m_trust != nullptr) {
        const docker::ImageName &target = tags.front().target;
        m_trust->setVisible(!tags.front().digest.empty());
        m_signature->setImage(target.display.substr(0, target.display.rfind(':')) + "@" +
                                  tags.front().digest,
                              target.display);
    }
    m_place->setText(displayText(tags.front().target.repository, 200));
    m_brand->setText(registryBrand(form.registry));
    m_brand->setVisible(!m_brand->text().isEmpty());
    refreshUse();
    refreshTags();
}

} // namespace roadstead::ui
