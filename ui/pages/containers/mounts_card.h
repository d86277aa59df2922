// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/docker/types.h"
#include "ui/widgets/card.h"

#include <string>
#include <utility>
#include <vector>

namespace roadstead::ui {

class ElidedLabel;
class IconButton;
class VolumeSizes;

/// What is mounted into a container; how large its volumes are is asked for while this is on
/// screen.
class MountsCard : public Card
{
    Q_OBJECT
public:
    /// `sizes` must outlive this.
    explicit MountsCard(VolumeSizes *sizes, QWidget *parent = nullptr);

    void setMounts(const std::vector<docker::Mount> &mounts);
    /// In a pane, a mount takes two lines.
    void setNarrow(bool narrow);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    [[nodiscard]] QWidget *mountRow(const docker::Mount &mount, int number);
    void want();
    void showSizes();

    VolumeSizes *m_sizes;
    std::vector<docker::Mount> m_mounts;
    std::vector<std::pair<std::string, ElidedLabel *>> m_cells; ///< by volume
    IconButton *m_again;
    QWidget *m_rows = nullptr;
    bool m_narrow = false;
};

} // namespace roadstead::ui
