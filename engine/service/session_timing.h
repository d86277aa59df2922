// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>

namespace roadstead::service {

/// Every time and amount that EngineSession goes by. Tests shorten them.
struct SessionTiming
{
    std::chrono::milliseconds notAnswering{3000}; ///< silence that is told to the user
    std::chrono::milliseconds heartbeat{2500};    ///< a ping after so much silence
    std::chrono::milliseconds retryFirst{250};    ///< back-off: this, doubled each time …
    std::chrono::milliseconds retryLast{3000};    ///< … up to this, until Live for as long
    std::chrono::milliseconds signalSpacing{50};  ///< between two emissions of one signal
    /// Between two lists of everything at least this, and three times what the last one took: an
    /// engine must not spend more than a quarter of its time on us.
    std::chrono::milliseconds listSpacing{100};
    std::chrono::milliseconds listSpacingMost{2000};
    /// Between two reads of single containers, once `quickReads` have been used up. Until then,
    /// commands do not wait for the spacing of lists either.
    std::chrono::milliseconds readSpacing{50};
    int quickReads = 16;
    /// The engine's words on age ("Up 3 hours") grow old without an event.
    std::chrono::milliseconds relist{60'000};
    int firstPage = 50; ///< containers of the first, quick list
    /// Changed containers up to this many are read one by one, more by a whole list.
    std::size_t singleReads = 32;
    /// Events in a quarter of a second that make a burst: engines drop some for slow readers.
    std::size_t burst = 200;
    std::chrono::milliseconds stats{1000}; ///< between two readings of cgroup files
    /// The same while nobody looks and they are for the history alone.
    std::chrono::milliseconds statsUnseen{12'000};
};

} // namespace roadstead::service
