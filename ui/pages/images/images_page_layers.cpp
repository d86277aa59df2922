// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What ImagesPage asks and says about the layers of an image.

#include "engine/service/images/image_workers.h"
#include "ui/dialogs/choose_image_dialog.h"
#include "ui/pages/images/file_questions.h"
#include "ui/pages/images/image_details_view.h"
#include "ui/pages/images/images_page.h"
#include "ui/pages/images/layers/layers_tab.h"
#include "ui/pages/images/layers/waste_table.h"
#include "ui/text/display_text.h"
#include "ui/text/formats.h"
#include "ui/widgets/toast.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace roadstead::ui {

void ImagesPage::connectLayers()
{
    const LayersTab *tab = m_details->layersTab();
    connect(tab, &LayersTab::compareWanted, this, &ImagesPage::askWhatToCompare);
    connect(tab, &LayersTab::extractWanted, this, &ImagesPage::askWhereToExtract);
    connect(tab, &LayersTab::csvWanted, this, &ImagesPage::askWhereToWriteWaste);
    tellLayers();
}

void ImagesPage::askWhatToCompare()
{
    std::vector<std::pair<docker::Target, std::int64_t>> others;
    QStringList names;
    const auto &images = m_controller.list()->source();
    for (std::size_t i = 0; i < images.size(); ++i) {
        const ImageRowPointer row = images.rowAt(i);
        if (row->id() != m_details->imageId()) {
            others.push_back({{row->id(), row->reference()}, row->summary.size});
            names.append(row->title());
        }
    }
    auto *dialog = new ChooseImageDialog(
        tr("Compare with which image?"),
        tr("Shows the files that only one of the two has, and those that differ."), names,
        tr("Compare"), m_stack);
    connect(dialog, &QDialog::accepted, this, [this, dialog, others = std::move(others)] {
        if (dialog->chosen() >= 0) {
            const auto &[target, bytes] = others[std::size_t(dialog->chosen())];
            m_details->layersTab()->controller()->compareWith(target, bytes);
        }
    });
    dialog->open();
}

void ImagesPage::askWhereToExtract(layers::NodeId id)
{
    LayersController *controller = m_details->layersTab()->controller();
    auto *dialog = new QFileDialog(m_stack, tr("Extract a file"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    askForFile(dialog, "extractFileDialog",
               [controller, id, image = controller->image()](const QString &path) {
                   if (controller->image() == image) { // else it is another file by now
                       controller->extract(id, path);
                   }
               });
    const std::string_view name = controller->files()->tree().name(id);
    dialog->selectFile(fileNamePart(QString::fromUtf8(name.data(), qsizetype(name.size()))));
}

void ImagesPage::askWhereToWriteWaste()
{
    auto *dialog = new QFileDialog(m_stack, tr("Save what is wasted"), QString(),
                                   tr("Tables (*.csv);;All files (*)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    askForFile(dialog, "wasteTableDialog",
               [this, image = m_details->layersTab()->controller()->image()](const QString &path) {
                   service::inImageWorker<std::uint64_t>([image, path] {
                       return writeWasteTable(*image, path.toStdString());
                   }).then(this, [this, path](const Result<std::uint64_t> &files) {
                       const QString name = displayText(QFileInfo(path).fileName(), 80);
                       if (!files) {
                           showProblem(describe(files.error(), name));
                       } else if (m_toasts) {
                           ToastContent content;
                           content.title = tr("Saved %1").arg(name);
                           content.text = tr("%n files", nullptr, int(*files));
                           m_toasts->show(content);
                       }
                   });
               });
    dialog->selectFile(QStringLiteral("wasted.csv"));
}

void ImagesPage::tellLayers()
{
    const LayersController *controller = m_details->layersTab()->controller();
    connect(controller, &LayersController::comparisonFailed, this,
            [this, controller](const Error &error) {
                showProblem(describe(error, displayText(controller->other().display, 80)));
            });
    connect(controller, &LayersController::extractionFailed, this, [this](const Error &error) {
        Explanation words = describe(error, displayText(m_details->accessibleName(), 80));
        if (error.kind == ErrorKind::NotFound) {
            words.title = tr("Could not extract the file");
            words.reason = tr("The engine does not send it any more.");
            words.advice = tr("Make a container of the image and copy the file out of it.");
        }
        showProblem(words);
    });
    connect(
        controller, &LayersController::extracted, this, [this](const QString &path, qint64 bytes) {
            if (m_toasts) {
                const QFileInfo info(path);
                ToastContent content;
                content.title = tr("Extracted %1").arg(displayText(info.fileName(), 80));
                content.text =
                    tr("%1 in %2").arg(diskSizeText(bytes), displayText(info.absolutePath(), 120));
                m_toasts->show(content);
            }
        });
}

} // namespace roadstead::ui
