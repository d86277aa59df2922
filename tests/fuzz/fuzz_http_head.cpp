// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include "engine/http/head_reader.h"

#include <string>

using namespace roadstead::http;

/// Feeds the input line by line, as curl does.
void fuzz(std::string_view input)
{
    HeadReader reader;
    std::string_view rest = input;
    bool whole = true;
    while (whole && !rest.empty()) {
        const std::size_t newline = rest.find('\n');
        const std::size_t length = newline == std::string_view::npos ? rest.size() : newline + 1;
        whole = reader.line(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    require(whole == reader.fault().empty());
    if (!reader.complete()) {
        return;
    }
    const Response &response = reader.response();
    require(response.status >= 200 && response.status <= 599);
    std::size_t lengths = 0;
    for (const auto &[name, value] : response.headers) {
        require(!name.empty());
        require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        lengths += name == "content-length" || name == "transfer-encoding" ? 1u : 0u;
    }
    require(lengths <= 1);
    require(!reader.contentLength() || response.delimited);
}
