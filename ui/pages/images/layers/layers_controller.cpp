// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/images/layers/layers_controller.h"

#include "engine/service/images/image_workers.h"
#include "ui/pages/images/layers/layer_text.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace roadstead::ui {

using layers::FileView;
using layers::ImageFiles;
using layers::ViewQuestion;

namespace {

/// The history laid beside the layers; layers that it does not tell of stand without words.
std::vector<LayerStep> stepsOf(const service::OpenedImage &image)
{
    std::vector<LayerStep> steps;
    std::size_t layer = 0;
    for (const archive::HistoryStep &step : image.config.history) {
        const bool hasLayer = !step.isEmptyLayer && layer < image.files.layerCount();
        steps.push_back({layerText(step.createdBy.empty() ? step.comment : step.createdBy),
                         hasLayer ? std::optional(layer) : std::nullopt});
        layer += hasLayer ? 1 : 0;
    }
    for (; layer < image.files.layerCount(); ++layer) {
        steps.push_back({layerText({}), layer});
    }
    return steps;
}

std::shared_ptr<const ImageFiles> filesOf(const service::OpenedImagePointer &image)
{
    return {image, &image->files};
}

} // namespace

LayersController::LayersController(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
}

LayersController::~LayersController()
{
    m_opening.cancel();
}

void LayersController::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

LayersController::Advances LayersController::advances(unsigned generation)
{
    return [self = QPointer(this), generation](std::uint64_t bytes) {
        if (self && generation == self->m_generation) {
            self->m_progress = bytes;
            Q_EMIT self->progressChanged();
        }
    };
}

void LayersController::open(const docker::Target &image, std::int64_t bytes)
{
    close();
    m_target = image;
    m_expected = bytes;
    retry();
}

void LayersController::close()
{
    ++m_generation;
    ++m_asked;
    m_opening.cancel();
    m_opening = {};
    m_image.reset();
    m_compared.reset();
    m_shownFiles.reset();
    m_view.reset();
    m_steps.clear();
    m_error.reset();
    m_question = {};
    m_looking = false;
    setState(State::Closed);
}

void LayersController::retry()
{
    const unsigned generation = ++m_generation;
    m_progress = 0;
    m_error.reset();
    setState(State::Loading);
    m_opening = m_parts.open(m_target, advances(generation));
    m_opening.then(this, [this, generation](const Result<Opened> &image) {
        if (generation != m_generation) {
            return;
        }
        m_opening = {};
        if (image) {
            takeImage(*image);
        } else {
            m_error = image.error();
            setState(State::Failed);
        }
    });
}

void LayersController::stop()
{
    m_opening.cancel();
}

void LayersController::takeImage(const Opened &image)
{
    m_image = image;
    m_steps = stepsOf(*image);
    m_question.layer = std::max<std::size_t>(1, image->files.layerCount()) - 1;
    setState(State::Ready);
    look();
}

std::int64_t LayersController::wasted() const
{
    return m_image ? std::accumulate(m_image->summaries.begin(), m_image->summaries.end(),
                                     std::int64_t(0),
                                     [](std::int64_t sum, const layers::LayerSummary &layer) {
                                         return sum + layer.wasted;
                                     })
                   : 0;
}

void LayersController::ask(const ViewQuestion &question)
{
    if (question != m_question && m_image) {
        m_question = question;
        look();
    }
}

/// One view at a time; the newest question is answered last.
void LayersController::look()
{
    ++m_asked;
    if (m_looking) {
        return;
    }
    m_looking = true;
    auto files = m_compared ? m_compared : filesOf(m_image);
    ViewQuestion question = m_question;
    if (m_compared) {
        question.layer = 1;
        question.span = ViewQuestion::Span::ThisLayer;
    }
    using Answer = std::shared_ptr<const FileView>;
    service::inImageWorker<Answer>([files, question]() -> Result<Answer> {
        return std::make_shared<const FileView>(layers::view(*files, question));
    })
        .then(this, [this, files, asked = m_asked,
                     generation = m_generation](const Result<Answer> &answer) {
            if (generation != m_generation) {
                return;
            }
            m_looking = false;
            m_shownFiles = files;
            m_view = *answer;
            Q_EMIT viewChanged();
            if (asked != m_asked) {
                look();
            }
        });
}

void LayersController::compareWith(const docker::Target &other, std::int64_t bytes)
{
    m_opening.cancel();
    const unsigned generation = ++m_generation;
    m_looking = false;
    m_other = other;
    m_progress = 0;
    const std::int64_t before = std::exchange(m_expected, bytes);
    setState(State::Loading);
    m_opening = m_parts.open(other, advances(generation));
    using Compared = std::shared_ptr<const ImageFiles>;
    const auto end = [this, generation, before](const Result<Compared> &both) {
        if (generation != m_generation) {
            return;
        }
        m_expected = before;
        if (both) {
            m_compared = *both;
            m_question.only.reset();
        }
        setState(State::Ready);
        Q_EMIT comparisonChanged();
        look();
        if (!both && both.error().kind != ErrorKind::Cancelled) {
            Q_EMIT comparisonFailed(both.error());
        }
    };
    m_opening.then(this, [this, generation, end, image = m_image](const Result<Opened> &second) {
        if (generation != m_generation || !second) {
            end(second ? Result<Compared>(nullptr) : std::unexpected(second.error()));
            return;
        }
        service::inImageWorker<Compared>([image, second = *second]() -> Result<Compared> {
            auto both = layers::compared(image->files, image->config.diffIds, second->files,
                                         second->config.diffIds);
            return both ? Result<Compared>(std::make_shared<const ImageFiles>(*std::move(both)))
                        : std::unexpected(both.error());
        }).then(this, end);
    });
}

void LayersController::endComparison()
{
    if (m_compared) {
        ++m_generation;
        m_looking = false;
        m_compared.reset();
        m_question.only.reset();
        Q_EMIT comparisonChanged();
        look();
    }
}

std::optional<layers::FileInLayer> LayersController::fileOf(layers::NodeId id) const
{
    if (!m_image || m_compared || !m_view || id >= m_view->rows.size()) {
        return {};
    }
    layers::VersionId shown = m_view->rows[id].version;
    if (shown != layers::noVersion &&
        m_image->files.version(shown).change == layers::Change::Removed) {
        shown = m_image->files.version(shown).before;
    }
    if (shown == layers::noVersion ||
        m_image->files.version(shown).facts.kind != layers::FileKind::File) {
        return {};
    }
    const std::size_t layer = m_image->files.version(shown).layer;
    return layer < m_image->members.size()
               ? std::optional(
                     layers::FileInLayer{m_image->members[layer], m_image->files.tree().path(id)})
               : std::nullopt;
}

bool LayersController::isExtractable(layers::NodeId id) const
{
    return fileOf(id).has_value();
}

void LayersController::extract(layers::NodeId id, const QString &path)
{
    if (const auto file = fileOf(id)) {
        m_parts.extract(m_target, *file, path.toStdString())
            .then(this, [this, path](const Result<std::uint64_t> &bytes) {
                if (bytes) {
                    Q_EMIT extracted(path, qint64(*bytes));
                } else if (bytes.error().kind != ErrorKind::Cancelled) {
                    Q_EMIT extractionFailed(bytes.error());
                }
            });
    }
}

QString LayersController::extractLine(layers::NodeId id, const QString &path) const
{
    const auto file = fileOf(id);
    return file ? QString::fromStdString(
                      service::ImageLayers::extractLine(m_target, *file, path.toStdString()))
                : QString();
}

QString LayersController::betterInstruction(std::size_t layer) const
{
    if (!m_image || layer >= m_image->summaries.size()) {
        return {};
    }
    const layers::LayerSummary &summary = m_image->summaries[layer];
    const auto words = [this](std::size_t wanted) {
        const auto step = std::ranges::find(m_steps, std::optional(wanted), &LayerStep::layer);
        return step == m_steps.end() ? QString() : step->text;
    };
    const QString run = QStringLiteral("RUN ");
    const QString wasting = words(layer);
    const QString hiding = words(summary.hidingLayer);
    if (summary.hidingLayer == 0 || !wasting.startsWith(run) || !hiding.startsWith(run)) {
        return {};
    }
    return wasting + QStringLiteral(" && ") + hiding.sliced(run.size());
}

} // namespace roadstead::ui
