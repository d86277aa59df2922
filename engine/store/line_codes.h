// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/line_expression.h"

#include <memory>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace roadstead::store {

struct PcreFree
{
    void operator()(pcre2_code *code) const { ::pcre2_code_free(code); }
    void operator()(pcre2_match_data *data) const { ::pcre2_match_data_free(data); }
    void operator()(pcre2_match_context *context) const { ::pcre2_match_context_free(context); }
    void operator()(pcre2_compile_context *context) const { ::pcre2_compile_context_free(context); }
    void operator()(pcre2_jit_stack *stack) const { ::pcre2_jit_stack_free(stack); }
};

using LineCode = std::unique_ptr<pcre2_code, PcreFree>;

/// An expression as PCRE2 has it.
struct LineExpression::Codes
{
    LineCode line;    ///< for a line alone
    LineCode block;   ///< for many lines; none = only for each alone
    LineCode literal; ///< a text that stands in each match; none = none is known
};

} // namespace roadstead::store
