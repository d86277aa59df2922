// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/registries/browse_pane.h"

#include "ui/pages/registries/repository_browser.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_hint.h"
#include "ui/widgets/copy_row.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListWidget>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int nameOfItem = Qt::UserRole; ///< as the registry has it
constexpr int listHeight = 168;
constexpr std::size_t digestStart = 7; // behind "sha256:"
constexpr std::size_t digestDigits = 8;
enum TagColumn { TagName, TagDigest, TagHere, TagSize, TagPushed, TagColumns };

/// Rows whose text stays readable when they are chosen; names and digests in the code font.
class BrowseDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width() + space::s2,
                heightFor(FontRole::Body, size::field)};
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool isTree = index.model()->columnCount() > 1;
        const int column = index.column();
        const QColor tone = color(isTree && column == TagHere   ? Color::Ok
                                  : isTree && column != TagName ? Color::Text2
                                                                : Color::Text);
        option->palette.setColor(QPalette::Text, tone);
        option->palette.setColor(QPalette::HighlightedText, tone);
        option->font = isTree && (column == TagName || column == TagDigest) ? font(FontRole::Mono)
                       : isTree ? figures(FontRole::Body)
                                : font(FontRole::Body);
    }
};

void quietList(QAbstractItemView *view, const QString &name, const QString &label)
{
    view->setObjectName(name);
    view->setAccessibleName(label);
    view->setFrameShape(QFrame::NoFrame);
    view->setItemDelegate(new BrowseDelegate(view));
    view->setTextElideMode(Qt::ElideMiddle);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

} // namespace

BrowsePane::BrowsePane(RepositoryBrowser *browser,
                       std::function<bool(const std::string &digest)> isHere, QWidget *parent)
    : Surface(Color::BgSurface, parent)
    , m_browser(browser)
    , m_isHere(std::move(isHere))
{
    setObjectName(u"browsePane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHead();
    makeRepositories();
    column->addWidget(new Separator);
    makeTags();
    connect(browser, &RepositoryBrowser::catalogChanged, this, &BrowsePane::refreshCatalog);
    connect(browser, &RepositoryBrowser::tagsChanged, this, &BrowsePane::refreshTags);
    refreshCatalog();
    refreshTags();
}

BrowsePane::~BrowsePane()
{
    m_browser->disconnect(this);
}

void BrowsePane::makeHead()
{
    auto *head = new QWidget;
    auto *rows = new QVBoxLayout(head);
    rows->setContentsMargins(space::s4, space::s3, space::s3, space::s3);
    rows->setSpacing(space::s2);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::s2);
    m_title = new ElidedLabel({}, FontRole::Section);
    m_title->setObjectName(u"browsedRegistry"_s);
    m_count = new Badge({});
    auto *close = new IconButton(u"browseClose"_s, u"x-lg"_s, tr("Close the registry"));
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(close);
    rows->addLayout(row);
    auto *search = new QHBoxLayout;
    search->setSpacing(space::s2);
    m_filter = new SearchField(u"repositoryFilter"_s, tr("Find or enter a repository"));
    m_open = new Button(u"openRepository"_s, tr("Open"));
    search->addWidget(m_filter, 1);
    search->addWidget(m_open);
    rows->addLayout(search);
    layout()->addWidget(head);
    connect(close, &IconButton::clicked, this, &BrowsePane::closeWanted);
    connect(m_filter, &SearchField::settled, this, &BrowsePane::refreshCatalog);
    connect(m_filter, &QLineEdit::returnPressed, this, &BrowsePane::openTyped);
    connect(m_open, &Button::clicked, this, &BrowsePane::openTyped);
}

void BrowsePane::makeRepositories()
{
    auto *part = new QWidget;
    auto *rows = new QVBoxLayout(part);
    rows->setContentsMargins(space::s4, 0, space::s4, space::s2);
    rows->setSpacing(space::s1);
    m_catalogNote = new Label({}, FontRole::Small, Color::Text3);
    m_catalogNote->setObjectName(u"catalogNote"_s);
    m_catalogNote->setWordWrap(true);
    m_repositories = new QListWidget;
    quietList(m_repositories, u"repositories"_s, tr("Repositories"));
    m_repositories->setUniformItemSizes(true);
    m_repositories->setFixedHeight(scaled(listHeight));
    m_moreRepositories = new LinkButton(u"moreRepositories"_s, tr("Show more"));
    rows->addWidget(m_catalogNote);
    rows->addWidget(m_repositories);
    rows->addWidget(m_moreRepositories, 0, Qt::AlignLeft);
    layout()->addWidget(part);
    connect(m_moreRepositories, &LinkButton::clicked, m_browser,
            &RepositoryBrowser::askMoreRepositories);
    connect(m_repositories, &QListWidget::currentItemChanged, this,
            [this](const QListWidgetItem *item) {
                if (item != nullptr && !m_isFilling) {
                    m_browser->choose(item->data(nameOfItem).toString().toStdString());
                }
            });
}

void BrowsePane::makeTags()
{
    auto *part = new QWidget;
    auto *rows = new QVBoxLayout(part);
    rows->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    rows->setSpacing(space::s2);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::s2);
    m_repository = new Label({}, FontRole::Section);
    m_tagNote = new Label({}, FontRole::Small, Color::Text3);
    m_tagNote->setObjectName(u"tagNote"_s);
    m_tagNote->setWordWrap(true);
    m_delete = new Button(u"deleteTag"_s, tr("Delete…"), ButtonKind::Danger);
    head->addWidget(m_repository);
    head->addWidget(m_tagNote, 1);
    head->addWidget(m_delete);
    rows->addLayout(head);
    m_tags = new QTreeWidget;
    quietList(m_tags, u"registryTags"_s, tr("Tags"));
    m_tags->setColumnCount(TagColumns);
    m_tags->setHeaderLabels({tr("Tag"), tr("Digest"), QString(), tr("Size"), tr("Pushed")});
    m_tags->setRootIsDecorated(false);
    m_tags->setUniformRowHeights(true);
    m_tags->setAllColumnsShowFocus(true);
    QHeaderView *header = m_tags->header();
    header->setStretchLastSection(false);
    header->setMinimumSectionSize(24);
    for (int i = 0; i < TagColumns; ++i) {
        header->setSectionResizeMode(i, i == TagName ? QHeaderView::Stretch
                                                     : QHeaderView::ResizeToContents);
    }
    rows->addWidget(m_tags, 1);
    m_moreTags = new LinkButton(u"moreTags"_s, tr("Show more"));
    rows->addWidget(m_moreTags, 0, Qt::AlignLeft);
    rows->addStretch(0); // takes the room while there is no list
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    m_reference = new CopyRow(u"browsedReference"_s, tr("Name of the image"));
    m_pull = new Button(u"pullBrowsed"_s, tr("Pull"), ButtonKind::Primary);
    m_pull->setIconName(u"download"_s);
    foot->addWidget(m_reference, 1);
    foot->addWidget(m_pull);
    rows->addLayout(foot);
    static_cast<QVBoxLayout *>(layout())->addWidget(part, 1);
    setCommandHint(m_pull, [this] {
        const BrowsedTag *tag = chosenTag();
        return tag == nullptr ? QString() : u"docker pull "_s + referenceOf(*tag);
    });
    connect(m_moreTags, &LinkButton::clicked, m_browser, &RepositoryBrowser::askMoreTags);
    connect(m_tags, &QTreeWidget::currentItemChanged, this, &BrowsePane::refreshChoice);
    connect(m_pull, &Button::clicked, this, [this] {
        if (const BrowsedTag *tag = chosenTag()) {
            Q_EMIT pullWanted(referenceOf(*tag));
        }
    });
    connect(m_delete, &Button::clicked, this, [this] {
        const BrowsedTag *tag = chosenTag();
        if (tag != nullptr && tag->isKnown) {
            Q_EMIT deleteWanted(tag->facts.digest);
        }
    });
}

void BrowsePane::openTyped()
{
    const std::string typed = m_filter->text().trimmed().toStdString();
    if (!typed.empty()) {
        m_browser->choose(typed);
    }
}

void BrowsePane::refreshCatalog()
{
    using State = RepositoryBrowser::State;
    m_title->setFullText(displayText(m_browser->registry(), 80));
    const auto &names = m_browser->repositories();
    const QString filter = m_filter->text().trimmed();
    m_isFilling = true;
    m_repositories->clear();
    for (const std::string &name : names) {
        const QString text = displayText(name, 120);
        if (text.contains(filter, Qt::CaseInsensitive)) {
            auto *item = new QListWidgetItem(text, m_repositories);
            item->setData(nameOfItem, QString::fromStdString(name));
            if (name == m_browser->repository()) {
                m_repositories->setCurrentItem(item);
            }
        }
    }
    m_isFilling = false;
    const State state = m_browser->catalogState();
    m_count->setText(tr("%n repositories", nullptr, int(names.size())));
    m_count->setVisible(state == State::Listed);
    m_repositories->setVisible(m_repositories->count() > 0);
    m_moreRepositories->setVisible(m_browser->hasMoreRepositories());
    const auto &problem = m_browser->catalogProblem();
    m_catalogNote->setText(
        state == State::Asking && names.empty() ? tr("Asking the registry")
        : problem
            ? tr("There is no list of repositories: %1 Enter the name of one.").arg(problem->reason)
        : state == State::Listed && names.empty() ? tr("The registry has no repository yet.")
        : state == State::Listed && m_repositories->count() == 0
            ? tr("None of these matches. Enter looks for exactly this name.")
            : QString());
    m_catalogNote->setVisible(!m_catalogNote->text().isEmpty());
}

void BrowsePane::refreshTags()
{
    using State = RepositoryBrowser::State;
    const QString chosen = m_tags->currentItem() == nullptr
                               ? QString()
                               : m_tags->currentItem()->data(0, nameOfItem).toString();
    const auto &tags = m_browser->tags();
    const std::string &repository = m_browser->repository();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    m_isFilling = true;
    m_tags->clear();
    for (const BrowsedTag &tag : tags) {
        auto *item = new QTreeWidgetItem(m_tags);
        item->setText(TagName, displayText(tag.name, 80));
        item->setData(TagName, nameOfItem, QString::fromStdString(tag.name));
        const std::string &digest = tag.facts.digest;
        item->setText(TagDigest, digest.size() > digestStart
                                     ? displayText(digest.substr(digestStart, digestDigits))
                                     : u"…"_s);
        item->setText(TagHere, tag.isKnown && m_isHere(tag.facts.digest) ? tr("Here") : QString());
        item->setText(TagSize, tag.isKnown && tag.facts.bytes > 0 ? diskSizeText(tag.facts.bytes)
                                                                  : unknownText());
        item->setText(TagPushed, tag.created > 0 ? agoText(now - tag.created) : unknownText());
        item->setTextAlignment(TagSize, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(TagPushed, Qt::AlignRight | Qt::AlignVCenter);
        QStringList platforms;
        for (const std::string &platform : tag.facts.platforms) {
            platforms.append(displayText(platform, 40));
        }
        item->setToolTip(TagName, plainTip(platforms.join(u", "_s)));
        if (item->data(0, nameOfItem).toString() == chosen) {
            m_tags->setCurrentItem(item);
        }
    }
    m_isFilling = false;
    const State state = m_browser->tagState();
    const auto &problem = m_browser->tagProblem();
    m_repository->setText(displayText(repository, 60));
    m_tagNote->setText(repository.empty() ? tr("Choose a repository to see its tags.")
                       : problem          ? problem->body()
                       : state == State::Asking && tags.empty() ? tr("Asking the registry")
                       : tags.empty()                           ? tr("It has no tags.")
                                      : tr("%n tags, newest first", nullptr, int(tags.size())));
    m_tagNote->setTone(problem ? Color::Danger : Color::Text3);
    m_tags->setVisible(!tags.empty());
    m_moreTags->setVisible(m_browser->hasMoreTags());
    refreshChoice();
}

const BrowsedTag *BrowsePane::chosenTag() const
{
    const QTreeWidgetItem *item = m_tags->currentItem();
    return item == nullptr ? nullptr
                           : m_browser->tag(item->data(0, nameOfItem).toString().toStdString());
}

QString BrowsePane::referenceOf(const BrowsedTag &tag) const
{
    const std::string &registry = m_browser->registry();
    const std::string place = registry == "docker.io" ? std::string() : registry + "/";
    return QString::fromStdString(place + m_browser->repository() + ":" + tag.name);
}

void BrowsePane::refreshChoice()
{
    if (m_isFilling) {
        return;
    }
    const BrowsedTag *tag = chosenTag();
    m_pull->setEnabled(tag != nullptr);
    m_delete->setVisible(!m_browser->tags().empty());
    m_delete->setEnabled(tag != nullptr && tag->isKnown);
    if (tag == nullptr) {
        m_reference->setWaiting(tr("Choose a tag"));
    } else {
        m_reference->setText(displayText(referenceOf(*tag), 300));
    }
}

} // namespace roadstead::ui
