// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace roadstead {

/// std::visit() of one variant of many alternatives that is never valueless: one comparison after
/// the other instead of a table of functions, which takes a compiler a tenth of the time. `choice`
/// may be of a class that derives from a variant. The result is that of the first alternative.
template<typename Visitor, typename... Choices>
auto visitChoice(Visitor &&visitor, const std::variant<Choices...> &choice)
{
    using Result = std::decay_t<decltype(visitor(*std::get_if<0>(&choice)))>;
    return [&]<std::size_t... index>(std::index_sequence<index...>) {
        std::optional<Result> result;
        static_cast<void>(((choice.index() == index &&
                            (result.emplace(visitor(*std::get_if<index>(&choice))), true)) ||
                           ...));
        return *std::move(result);
    }(std::index_sequence_for<Choices...>());
}

/// The same for what changes the alternative and yields nothing.
template<typename Visitor, typename... Choices>
void changeChoice(Visitor &&visitor, std::variant<Choices...> &choice)
{
    [&]<std::size_t... index>(std::index_sequence<index...>) {
        static_cast<void>(
            ((choice.index() == index && (visitor(*std::get_if<index>(&choice)), true)) || ...));
    }(std::index_sequence_for<Choices...>());
}

} // namespace roadstead
