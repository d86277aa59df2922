// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/image.h"
#include "ui/models/image_row.h"

#include <QWidget>

#include <optional>
#include <string>
#include <vector>

class QVBoxLayout;

namespace roadstead::service {
class TrustDesk;
}

namespace roadstead::ui {

class Card;

/// The Overview tab of an image: its tags, digest, platform and users, its layers, and what
/// containers get from it.
class ImageOverview : public QWidget
{
    Q_OBJECT
public:
    explicit ImageOverview(QWidget *parent = nullptr);

    /// Shows what is known of signatures from now on. `trust` must outlive this.
    void setTrust(service::TrustDesk *trust);
    void setRow(const ImageRow &row, std::int64_t now);
    void setDetails(const docker::ImageDetails &details);
    /// Oldest first.
    void setHistory(const std::vector<docker::HistoryEntry> &history);
    void clear();

Q_SIGNALS:
    void tagWanted();
    void containerWanted(const std::string &id);

private:
    /// Lines that are replaced whole.
    struct Section
    {
        QWidget *rows = nullptr;
        QVBoxLayout *place = nullptr;
    };

    QVBoxLayout *renew(Section &section);
    Section addCard(const QString &title, const char *name, Card **card);
    void fillFacts();
    [[nodiscard]] QWidget *tagsLine();
    [[nodiscard]] QWidget *digestLine();
    [[nodiscard]] QWidget *usersLine();
    void fillSettings();
    void fillVariables();

    service::TrustDesk *m_trust = nullptr;
    Section m_facts;
    Section m_layers;
    Card *m_layersCard = nullptr;
    Section m_settings;
    Card *m_settingsCard = nullptr;
    Section m_environment;
    Card *m_environmentCard = nullptr;
    Section m_labels;
    Card *m_labelsCard = nullptr;
    std::optional<ImageRow> m_row;
    std::int64_t m_now = 0;
    std::optional<docker::ImageDetails> m_details;
};

} // namespace roadstead::ui
