// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ImagesPage says after a command.

#include "ui/pages/images/images_page.h"
#include "ui/pages/images/images_view.h"
#include "ui/pages/list_table.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/text/trust_text.h"
#include "ui/widgets/toast.h"
#include "ui/wizards/pull/pull_wizard.h"
#include "ui/wizards/push/push_wizard.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>

#include <utility>

namespace roadstead::ui {

void ImagesPage::showProblem(const Explanation &words)
{
    if (!m_toasts) {
        return;
    }
    ToastContent content;
    content.kind = ToastKind::Error;
    content.title = words.title;
    content.text = words.body();
    content.details = words.rawDetail;
    const QString all = words.title + u'\n' + words.body() + u'\n' + words.rawDetail;
    content.actions.append({QStringLiteral("toastCopy"),
                            tr("Copy"),
                            {},
                            [all] { QGuiApplication::clipboard()->setText(all); },
                            false});
    m_toasts->show(content);
}

void ImagesPage::tellFailure(const ImageRowPointer &row, ImageWork work, const Error &error)
{
    showProblem(work == ImageWork::Tagging ? describe(error, row->title())
                                           : explainRemoval(error, *row));
}

void ImagesPage::tellTransfers()
{
    const auto fileName = [](const QString &path) {
        return displayText(QFileInfo(path).fileName(), 80);
    };
    const auto tell = [this](const QString &title, const QString &text) {
        if (m_toasts) {
            ToastContent content;
            content.title = title;
            content.text = text;
            m_toasts->show(content);
        }
    };
    connect(&m_transfers, &ImageTransfers::failed, this, &ImagesPage::showProblem);
    connect(
        &m_transfers, &ImageTransfers::saved, this,
        [tell, fileName](const QString &path, qint64 bytes) {
            tell(tr("Saved %1").arg(fileName(path)),
                 tr("%1 in %2")
                     .arg(diskSizeText(bytes), displayText(QFileInfo(path).absolutePath(), 120)));
        });
    connect(&m_transfers, &ImageTransfers::loaded, this,
            [tell, fileName](const QString &path, const QStringList &images) {
                tell(tr("Loaded %1").arg(fileName(path)),
                     images.isEmpty() ? tr("It had no images that were not here.")
                                      : images.join(QStringLiteral(", ")));
            });
    connect(&m_transfers, &ImageTransfers::imported, this,
            [tell, fileName](const QString &path, const QString &image) {
                tell(tr("Imported %1").arg(fileName(path)), image);
            });
}

/// What is not in view is told at its end.
void ImagesPage::followPull()
{
    const bool isSeen = isInPull() && m_wizard->isVisible();
    if (isSeen || !m_toasts) {
        return;
    }
    const QString name = displayText(m_pull.image().display, 80);
    ToastContent content;
    if (m_pull.step() == PullController::Step::Done) {
        content.title = tr("%1 is here").arg(name);
        content.actions.append(
            {QStringLiteral("toastShowImage"), tr("Show the image"), {}, [this] { showPulled(); }});
    } else if (m_pull.step() == PullController::Step::Editing && m_pull.failure()) {
        content.kind = ToastKind::Error;
        content.title = m_pull.failure()->title;
        content.text = m_pull.failure()->body();
        content.details = m_pull.failure()->rawDetail;
        content.actions.append({QStringLiteral("toastShowPull"), tr("Show the form"), {}, [this] {
                                    showPullWizard();
                                }});
    } else if (m_pull.step() == PullController::Step::Editing && m_pull.held()) {
        const Explanation words = explainPolicy(*m_pull.held(), m_pull.mayDecide());
        content.kind = ToastKind::Error;
        content.title = words.title;
        content.text = words.body();
        content.actions.append({QStringLiteral("toastShowPull"), tr("Show the form"), {}, [this] {
                                    showPullWizard();
                                }});
    } else {
        return;
    }
    m_toasts->show(content);
}

/// The same for a push.
void ImagesPage::followPush()
{
    const bool isSeen = isInPush() && m_pushWizard->isVisible();
    const auto &tags = m_push.tags();
    if (isSeen || !m_toasts || tags.empty()) {
        return;
    }
    ToastContent content;
    if (m_push.step() == PushController::Step::Done) {
        content.title = tr("Pushed %1").arg(displayText(tags.front().target.display, 80));
    } else if (m_push.step() == PushController::Step::Editing && m_push.failure()) {
        content.kind = ToastKind::Error;
        content.title = m_push.failure()->title;
        content.text = m_push.failure()->body();
        content.details = m_push.failure()->rawDetail;
    } else {
        return;
    }
    content.actions.append(
        {QStringLiteral("toastShowPush"), tr("Show"), {}, [this] { showPushWizard(); }});
    m_toasts->show(content);
}

/// In the list, with the filter out of its way.
void ImagesPage::showPulled()
{
    if (!m_stack) {
        return;
    }
    const ImageRowPointer row = m_controller.holderOf(m_pull.image().display);
    showList(Qt::OtherFocusReason);
    if (row) {
        m_controller.list()->setUseFilter(ImageFilter::All);
        m_view->table()->setCurrentKey(row->id());
        m_view->table()->selectKeys({row->id()});
    }
}

void ImagesPage::tellNews(int newer, int failed)
{
    if (!std::exchange(m_asksNews, false) || !m_toasts) {
        return; // badges tell; nobody asked just now
    }
    ToastContent content;
    content.title = newer > 0 ? tr("%n tags have a newer version", nullptr, newer)
                              : tr("No newer version was found");
    if (failed > 0) {
        content.text = tr("%n tags could not be asked for.", nullptr, failed);
    }
    m_toasts->show(content);
}

} // namespace roadstead::ui
