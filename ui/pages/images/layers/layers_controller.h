// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/images/image_layers.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roadstead::ui {

/// One line of the list of layers: an instruction, with the layer it made or none.
struct LayerStep
{
    QString text; ///< display text
    std::optional<std::size_t> layer{};
};

/// The layers of one image without widgets: opens it, has the chosen view made in a worker,
/// compares it with another. GUI thread only.
class LayersController : public QObject
{
    Q_OBJECT
public:
    using Opened = service::OpenedImagePointer;
    using Advances = service::ImageLayers::Advances;
    struct Parts
    {
        std::function<service::Operation<Opened>(const docker::Target &, Advances)> open;
        std::function<service::Operation<std::uint64_t>(
            const docker::Target &, const layers::FileInLayer &, const std::string &path)>
            extract;
    };
    enum class State {
        Closed,
        Loading, ///< progress() says how far; ended by stop()
        Ready,
        Failed ///< error() says why; also Cancelled, by stop()
    };

    explicit LayersController(Parts parts, QObject *parent = nullptr);
    ~LayersController() override;

    /// `bytes`: about how many will come; 0 = not known.
    void open(const docker::Target &image, std::int64_t bytes);
    void close();
    void retry();
    void stop(); ///< the image's or the comparison's coming

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] const docker::Target &target() const { return m_target; }
    [[nodiscard]] std::uint64_t progress() const { return m_progress; } ///< bytes
    [[nodiscard]] std::int64_t expected() const { return m_expected; }  ///< bytes
    [[nodiscard]] const Opened &image() const { return m_image; }       ///< null unless Ready
    /// Oldest first.
    [[nodiscard]] const std::vector<LayerStep> &steps() const { return m_steps; }
    [[nodiscard]] std::int64_t wasted() const; ///< bytes, by all layers

    [[nodiscard]] const layers::ViewQuestion &question() const { return m_question; }
    void ask(const layers::ViewQuestion &question);
    /// What is shown, and the answer to the newest question that was answered; null before that.
    [[nodiscard]] std::shared_ptr<const layers::ImageFiles> files() const { return m_shownFiles; }
    [[nodiscard]] std::shared_ptr<const layers::FileView> view() const { return m_view; }

    void compareWith(const docker::Target &other, std::int64_t bytes);
    void endComparison();
    [[nodiscard]] bool isComparing() const { return m_compared != nullptr; }
    [[nodiscard]] const docker::Target &other() const { return m_other; }

    /// Whether the contents of a file that is shown can be had.
    [[nodiscard]] bool isExtractable(layers::NodeId id) const;
    void extract(layers::NodeId id, const QString &path);
    [[nodiscard]] QString extractLine(layers::NodeId id, const QString &path) const;

    /// The instruction that would not have wasted what a layer wastes most; empty = none is known.
    /// Display text.
    [[nodiscard]] QString betterInstruction(std::size_t layer) const;

Q_SIGNALS:
    void stateChanged();
    void progressChanged();
    void viewChanged();
    void comparisonChanged(); ///< begun or ended
    void comparisonFailed(const roadstead::Error &error);
    void extracted(const QString &path, qint64 bytes);
    void extractionFailed(const roadstead::Error &error);

private:
    void setState(State state);
    void takeImage(const Opened &image);
    void look();
    [[nodiscard]] Advances advances(unsigned generation);
    [[nodiscard]] std::optional<layers::FileInLayer> fileOf(layers::NodeId id) const;

    Parts m_parts;
    State m_state = State::Closed;
    std::optional<Error> m_error;
    docker::Target m_target;
    std::int64_t m_expected = 0;
    std::uint64_t m_progress = 0;
    Opened m_image;
    std::vector<LayerStep> m_steps;
    service::Operation<Opened> m_opening;
    layers::ViewQuestion m_question;
    std::shared_ptr<const layers::ImageFiles> m_compared;
    docker::Target m_other;
    std::shared_ptr<const layers::ImageFiles> m_shownFiles;
    std::shared_ptr<const layers::FileView> m_view;
    unsigned m_generation = 0; ///< of the image and the comparison
    unsigned m_asked = 0;      ///< of the question
    bool m_looking = false;
};

} // namespace roadstead::ui
