// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/privilege/contract/messages.h"

#include <QObject>

#include <atomic>

namespace roadstead::helper {

/// Hears what polkit answers to KAuth. KAuth keeps only yes or no, and nothing at all of an error;
/// the answer itself says whether the person closed the prompt and whether there was anybody to
/// ask. Listens on the GDBus connection that KAuth's polkit library uses; changes nothing on it.
class PolkitEar : public QObject
{
    Q_OBJECT
public:
    PolkitEar();

Q_SIGNALS:
    /// Polkit has not said yes. Emitted in the owner's thread, before KAuth goes on.
    void refused(roadstead::privilege::Stage stage);

private:
    friend struct Filter;
    std::atomic<unsigned> m_question{0}; ///< serial number of the question on the bus
};

} // namespace roadstead::helper
