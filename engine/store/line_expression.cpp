// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/line_expression.h"

#include "engine/store/block_pattern.h"
#include "engine/store/line_codes.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace roadstead::store {

namespace {

constexpr std::size_t shortestLiteral = 3;

struct CompiledLine
{
    LineCode code;
    int error = 0;
};

CompiledLine compileLine(std::string_view pattern, std::uint32_t options)
{
    const std::unique_ptr<pcre2_compile_context, PcreFree> context(
        ::pcre2_compile_context_create(nullptr));
    if (context) {
        ::pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    }
    CompiledLine made;
    std::size_t where = 0;
    const std::string text(pattern); // an empty view may have no address
    made.code.reset(::pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                                    options | PCRE2_UTF | PCRE2_USE_OFFSET_LIMIT, &made.error,
                                    &where, context.get()));
    if (made.code) { // where there is no compiler for it, it is interpreted
        ::pcre2_jit_compile(made.code.get(), PCRE2_JIT_COMPLETE);
    }
    return made;
}

bool mayBeEmpty(const LineCode &code)
{
    std::uint32_t empty = 1;
    ::pcre2_pattern_info(code.get(), PCRE2_INFO_MATCHEMPTY, &empty);
    return empty != 0;
}

std::string messageOf(int error)
{
    std::array<PCRE2_UCHAR, 256> message{};
    ::pcre2_get_error_message(error, message.data(), message.size());
    return reinterpret_cast<const char *>(message.data());
}

} // namespace

LineExpression::LineExpression(std::unique_ptr<const Codes> codes)
    : m_codes(std::move(codes))
{
}

LineExpression::~LineExpression() = default;

Result<std::shared_ptr<const LineExpression>> LineExpression::make(std::string_view pattern,
                                                                   Letters letters)
{
    const std::uint32_t options = letters == Letters::InAnyCase ? PCRE2_CASELESS : 0U;
    auto codes = std::make_unique<Codes>();
    CompiledLine line = compileLine(pattern, options);
    if (!line.code) {
        return failure(ErrorKind::InvalidArgument, "log.search", messageOf(line.error));
    }
    codes->line = std::move(line.code);
    // That a match is empty, and none, is only seen by going through all matches of a line.
    const auto block = mayBeEmpty(codes->line) ? std::nullopt : blockPattern(pattern);
    if (block) {
        codes->block = compileLine(block->pattern, options | PCRE2_MULTILINE).code;
    }
    if (codes->block && block->literal.size() >= shortestLiteral) {
        codes->literal = compileLine(block->literal, options | PCRE2_LITERAL).code;
    }
    return std::shared_ptr<const LineExpression>(new LineExpression(std::move(codes)));
}

} // namespace roadstead::store
