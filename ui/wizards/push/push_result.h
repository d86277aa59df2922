// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <string>

class QVBoxLayout;

namespace roadstead::ui {

class Card;
class CopyRow;
class Label;
class PushController;
class Segmented;
class SignatureLine;

/// What was pushed: digests, how it is used from now on, what became of the tags, and where it is.
class PushResult : public Surface
{
    Q_OBJECT
public:
    /// `controller` must outlive this.
    explicit PushResult(PushController *controller, QWidget *parent = nullptr);

    void refresh();
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString pullLine() const; ///< of the first tag

Q_SIGNALS:
    void browseWanted(const std::string &registry, const std::string &repository);

private:
    QWidget *makeMain();
    QWidget *makeSide();
    void addTrust(QVBoxLayout *column);
    void refreshUse();
    void refreshTags();

    PushController *m_controller;
    Label *m_title = nullptr;
    Label *m_text = nullptr;
    CopyRow *m_digest = nullptr;
    Card *m_trust = nullptr; ///< null where nothing is signed
    SignatureLine *m_signature = nullptr;
    Segmented *m_use = nullptr;
    CopyRow *m_byTag = nullptr;
    CopyRow *m_byDigest = nullptr;
    Card *m_tags = nullptr;
    QWidget *m_tagRows = nullptr;
    Label *m_place = nullptr;
    Label *m_brand = nullptr;
};

} // namespace roadstead::ui
