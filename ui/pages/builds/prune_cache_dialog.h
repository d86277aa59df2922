// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/builds/cache_records.h"
#include "ui/widgets/dialog.h"

class QCheckBox;
class QComboBox;
class QRadioButton;
class QSpinBox;

namespace roadstead::ui {

class Label;

/// Asks what of the build cache is to go, and says how much that is.
class PruneCacheDialog : public Dialog
{
    Q_OBJECT
public:
    /// `now`: seconds since the epoch.
    PruneCacheDialog(CacheRecords records, std::int64_t now, QWidget *parent);

    [[nodiscard]] PruneWish wish() const;

private:
    void refresh();

    CacheRecords m_records;
    std::int64_t m_now;
    QRadioButton *m_old;
    QSpinBox *m_amount;
    QComboBox *m_unit;
    QRadioButton *m_all;
    QCheckBox *m_shared;
    QCheckBox *m_keep;
    QSpinBox *m_keepAmount;
    Label *m_preview;
    Label *m_stays;
};

} // namespace roadstead::ui
