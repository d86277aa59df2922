// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <utility>

namespace roadstead::test {

/// Starts something that answers through a callback on another thread, and waits for the answer.
/// After `patience` the test gets ErrorKind::NotAnswering with detail "test gave up".
template<typename T>
Result<T> await(const std::function<void(std::move_only_function<void(Result<T>)>)> &start,
                std::chrono::milliseconds patience = std::chrono::seconds(30))
{
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto answer = promise->get_future();
    start([promise](Result<T> result) { promise->set_value(std::move(result)); });
    if (answer.wait_for(patience) != std::future_status::ready) {
        return failure(ErrorKind::NotAnswering, "test", "test gave up");
    }
    return answer.get();
}

} // namespace roadstead::test
