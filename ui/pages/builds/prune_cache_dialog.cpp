// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/builds/prune_cache_dialog.h"

#include "engine/docker/command.h"
#include "ui/text/formats.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace roadstead::ui {

namespace {

constexpr int usualDays = 7;
constexpr int usualKeep = 5;
constexpr int mostAmount = 9'999;
constexpr std::int64_t gigabyte = 1'000'000'000;
constexpr std::int64_t hourSeconds = 3'600;
constexpr int spinWidth = 76;

QSpinBox *amountBox(const QString &name, const QString &label, int value)
{
    auto *box = new QSpinBox;
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setRange(1, mostAmount);
    box->setValue(value);
    box->setFixedWidth(scaled(spinWidth));
    return box;
}

} // namespace

PruneCacheDialog::PruneCacheDialog(CacheRecords records, std::int64_t now, QWidget *parent)
    : Dialog(u"pruneCacheDialog"_s, tr("Prune the build cache?"), parent)
    , m_records(std::move(records))
    , m_now(now)
    , m_old(new QRadioButton(tr("What no build has used for")))
    , m_amount(amountBox(u"pruneAmount"_s, tr("How long it was not used"), usualDays))
    , m_unit(new QComboBox)
    , m_all(new QRadioButton(tr("Everything that no build uses now")))
    , m_shared(new QCheckBox(tr("Also what images share, which frees nothing by itself")))
    , m_keep(new QCheckBox(tr("Keep the newest, up to")))
    , m_keepAmount(amountBox(u"pruneKeepAmount"_s, tr("Gigabytes that are kept"), usualKeep))
    , m_preview(new Label({}, FontRole::Body))
    , m_stays(new Label(tr("Images, containers and volumes stay. The next build does again what is "
                           "no longer here."),
                        FontRole::Small, Color::Text2))
{
    m_old->setObjectName(u"pruneOld"_s);
    m_all->setObjectName(u"pruneAll"_s);
    m_shared->setObjectName(u"pruneShared"_s);
    m_keep->setObjectName(u"pruneKeep"_s);
    m_unit->setObjectName(u"pruneUnit"_s);
    m_unit->setAccessibleName(tr("Unit of time"));
    m_unit->addItem(tr("hours"), qlonglong(hourSeconds));
    m_unit->addItem(tr("days"), qlonglong(24 * hourSeconds));
    m_unit->setCurrentIndex(1);
    m_old->setChecked(true);
    auto *first = new QHBoxLayout;
    first->setSpacing(space::s2);
    first->addWidget(m_old);
    first->addWidget(m_amount);
    first->addWidget(m_unit);
    first->addStretch(1);
    body()->addLayout(first);
    body()->addWidget(m_all);
    body()->addWidget(m_shared);
    auto *kept = new QHBoxLayout;
    kept->setSpacing(space::s2);
    kept->addWidget(m_keep);
    kept->addWidget(m_keepAmount);
    kept->addWidget(new Label(tr("GB"), FontRole::Body, Color::Text2));
    kept->addStretch(1);
    body()->addLayout(kept);
    m_preview->setObjectName(u"prunePreview"_s);
    m_preview->setWordWrap(true);
    m_stays->setWordWrap(true);
    body()->addWidget(m_preview);
    body()->addWidget(m_stays);
    connect(m_old, &QRadioButton::toggled, this, &PruneCacheDialog::refresh);
    connect(m_shared, &QCheckBox::toggled, this, &PruneCacheDialog::refresh);
    connect(m_keep, &QCheckBox::toggled, this, &PruneCacheDialog::refresh);
    connect(m_amount, &QSpinBox::valueChanged, this, &PruneCacheDialog::refresh);
    connect(m_keepAmount, &QSpinBox::valueChanged, this, &PruneCacheDialog::refresh);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &PruneCacheDialog::refresh);
    refresh();
}

PruneWish PruneCacheDialog::wish() const
{
    return {.unusedSeconds = m_old->isChecked()
                                 ? std::int64_t(m_amount->value()) *
                                       std::int64_t(m_unit->currentData().toLongLong())
                                 : 0,
            .shared = m_shared->isChecked(),
            .keepBytes = m_keep->isChecked() ? m_keepAmount->value() * gigabyte : 0};
}

void PruneCacheDialog::refresh()
{
    m_amount->setEnabled(m_old->isChecked());
    m_unit->setEnabled(m_old->isChecked());
    m_keepAmount->setEnabled(m_keep->isChecked());
    const PruneWish asked = wish();
    const CacheRemoval removal = previewOf(m_records, asked, m_now);
    const int count = int(removal.doomed.size());
    const QString size = diskSizeText(removal.bytes);
    m_preview->setText(count == 0 ? tr("Nothing goes: no record is like that.")
                       : asked.keepBytes > 0
                           ? tr("At most %n records go, %1 at most.", nullptr, count).arg(size)
                           : tr("%n records go, %1.", nullptr, count).arg(size));
    setVerb(count == 0            ? tr("Prune")
            : asked.keepBytes > 0 ? tr("Free up to %1").arg(size)
                                  : tr("Free %1").arg(size),
            ButtonKind::DangerSolid);
    setVerbEnabled(count > 0);
    setCommand(QString::fromStdString(
        docker::commandLine(docker::arguments(docker::Command(commandFor(asked))))));
}

} // namespace roadstead::ui
