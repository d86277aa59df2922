// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reference/csv.h"

#include "engine/reference/words.h"

namespace roadstead::reference {

namespace {

std::unexpected<Error> badQuote(std::string_view text)
{
    return refused(quotedWord(text) + " has a double quote where none may be");
}

/// Takes a quoted field, the opening quote gone already, off `rest`.
Result<std::string> takeQuoted(std::string_view &rest, std::string_view whole)
{
    std::string field;
    while (true) {
        const std::size_t quote = rest.find('"');
        if (quote == std::string_view::npos) {
            return badQuote(whole);
        }
        field.append(rest.substr(0, quote));
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"')) {
            break;
        }
        field.push_back('"');
        rest.remove_prefix(1);
    }
    if (!rest.empty() && rest.front() != ',' && rest.front() != '\n') {
        return badQuote(whole);
    }
    return field;
}

Result<std::string> takePlain(std::string_view &rest, std::string_view whole)
{
    const std::size_t end = std::min(rest.find_first_of(",\n"), rest.size());
    const std::string_view field = rest.substr(0, end);
    if (field.contains('"')) {
        return badQuote(whole);
    }
    rest.remove_prefix(end);
    return std::string(field);
}

/// What is read as a line: without its end, and without empty lines before it.
std::string_view firstLine(std::string_view text)
{
    while (text.starts_with('\n') || text.starts_with("\r\n")) {
        text.remove_prefix(text.front() == '\r' ? 2 : 1);
    }
    return text.ends_with("\r") ? text.substr(0, text.size() - 1) : text;
}

} // namespace

Result<std::vector<std::string>> parseCsv(std::string_view text)
{
    std::string_view rest = firstLine(text);
    if (rest.empty()) {
        return refused(quotedWord(text) + " is empty");
    }
    std::vector<std::string> fields;
    while (true) {
        const bool quoted = rest.starts_with('"');
        rest.remove_prefix(quoted ? 1 : 0);
        auto field = quoted ? takeQuoted(rest, text) : takePlain(rest, text);
        if (!field) {
            return std::unexpected(field.error());
        }
        fields.push_back(std::move(*field));
        if (!rest.starts_with(',')) {
            break;
        }
        rest.remove_prefix(1);
    }
    // A second line is no part of the value; the reference program does not read it either.
    if (!fields.back().empty() && fields.back().back() == '\r' && rest.starts_with('\n')) {
        fields.back().pop_back();
    }
    return fields;
}

std::string csvText(const std::vector<std::string> &fields)
{
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        line.append(i > 0 ? "," : "");
        const std::string &field = fields[i];
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            line.append(field);
            continue;
        }
        line.push_back('"');
        for (const char c : field) {
            line.append(c == '"' ? 2 : 1, c);
        }
        line.push_back('"');
    }
    return line;
}

} // namespace roadstead::reference
