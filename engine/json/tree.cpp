// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/tree.h"

#include "engine/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace roadstead::json {

namespace {

/// Builds the tree from the parser's events. Its function names are given by nlohmann/json.
class Builder
{
public:
    explicit Builder(Value &root)
        : m_next(&root)
    {
    }

    bool null() { return put({}); }
    bool boolean(bool value) { return put(Value::boolean(value)); }
    bool number_integer(std::int64_t value) { return put(Value::number(std::to_string(value))); }
    bool number_unsigned(std::uint64_t value) { return put(Value::number(std::to_string(value))); }
    bool number_float(double, const std::string &literal) { return put(Value::number(literal)); }
    bool string(std::string &text) { return put(Value::text(std::move(text))); }
    bool binary(nlohmann::json::binary_t &) { return false; }
    bool start_object(std::size_t) { return open(Value::object()); }
    bool start_array(std::size_t) { return open(Value::list()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string &name)
    {
        m_open.back()->members().push_back({std::move(name), {}});
        m_next = &m_open.back()->members().back().value;
        return true;
    }
    static bool parse_error(std::size_t, const std::string &, const nlohmann::json::exception &)
    {
        return false;
    }

private:
    /// Where the next value goes.
    Value &place()
    {
        if (m_next == nullptr) {
            m_open.back()->elements().emplace_back();
            return m_open.back()->elements().back();
        }
        return *std::exchange(m_next, nullptr);
    }
    bool put(Value &&value)
    {
        place() = std::move(value);
        return true;
    }
    bool open(Value &&value)
    {
        if (m_open.size() >= depthLimit) {
            return false;
        }
        Value &placed = place();
        placed = std::move(value);
        m_open.push_back(&placed);
        return true;
    }
    bool close()
    {
        m_open.pop_back();
        return true;
    }

    // Pointers into the tree hold: only the innermost open value grows.
    std::vector<Value *> m_open;
    Value *m_next;
};

bool isSameWithoutCase(std::string_view left, std::string_view right)
{
    const auto lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(left, right, {}, lower, lower);
}

void writeEscape(std::string &out, unsigned code)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out.append("\\u");
    for (unsigned shift = 16; shift > 0;) {
        shift -= 4;
        out.push_back(digits[(code >> shift) & 0xFU]);
    }
}

void writeLine(std::string &out, std::size_t level)
{
    out.push_back('\n');
    out.append(level, '\t');
}

void write(std::string &out, const Value &value, bool lines, std::size_t level);

void writeObject(std::string &out, const Value &value, bool lines, std::size_t level)
{
    out.push_back('{');
    bool first = true;
    for (const Member &member : value.members()) {
        out.append(first ? "" : ",");
        first = false;
        if (lines) {
            writeLine(out, level + 1);
        }
        out.append(quotedText(member.name)).append(lines ? ": " : ":");
        write(out, member.value, lines, level + 1);
    }
    if (lines && !first) {
        writeLine(out, level);
    }
    out.push_back('}');
}

void writeList(std::string &out, const Value &value, bool lines, std::size_t level)
{
    out.push_back('[');
    bool first = true;
    for (const Value &element : value.elements()) {
        out.append(first ? "" : ",");
        first = false;
        if (lines) {
            writeLine(out, level + 1);
        }
        write(out, element, lines, level + 1);
    }
    if (lines && !first) {
        writeLine(out, level);
    }
    out.push_back(']');
}

void write(std::string &out, const Value &value, bool lines, std::size_t level)
{
    switch (value.type()) {
    case Value::Type::Null:
        out.append("null");
        break;
    case Value::Type::Boolean:
        out.append(value.isTrue() ? "true" : "false");
        break;
    case Value::Type::Number:
        out.append(value.characters());
        break;
    case Value::Type::Text:
        out.append(quotedText(value.characters()));
        break;
    case Value::Type::List:
        writeList(out, value, lines, level);
        break;
    case Value::Type::Object:
        writeObject(out, value, lines, level);
        break;
    }
}

} // namespace

Value Value::boolean(bool value)
{
    Value made;
    made.m_type = Type::Boolean;
    made.m_boolean = value;
    return made;
}

Value Value::text(std::string characters)
{
    Value made;
    made.m_type = Type::Text;
    made.m_text = std::move(characters);
    return made;
}

Value Value::number(std::string literal)
{
    Value made;
    made.m_type = Type::Number;
    made.m_text = std::move(literal);
    return made;
}

Value Value::list()
{
    Value made;
    made.m_type = Type::List;
    return made;
}

Value Value::object()
{
    Value made;
    made.m_type = Type::Object;
    return made;
}

std::optional<std::int64_t> Value::integer() const
{
    if (m_type != Type::Number) {
        return std::nullopt;
    }
    const char *end = m_text.data() + m_text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(m_text.data(), end, whole);
        read.ec == std::errc() && read.ptr == end) {
        return whole;
    }
    double number = 0;
    const auto read = std::from_chars(m_text.data(), end, number);
    constexpr double exact = 9007199254740992.0; // 2^53: beyond it a double skips whole numbers
    if (read.ec != std::errc() || read.ptr != end || number > exact || number < -exact) {
        return std::nullopt;
    }
    whole = static_cast<std::int64_t>(number);
    const double difference = static_cast<double>(whole) - number;
    return difference < 0 || difference > 0 ? std::nullopt : std::optional(whole);
}

const Value *Value::find(std::string_view name) const
{
    const auto found = std::find_if(m_members.rbegin(), m_members.rend(),
                                    [name](const Member &member) { return member.name == name; });
    return found == m_members.rend() ? nullptr : &found->value;
}

void Value::forEachNamed(std::string_view name,
                         const std::function<void(const Value &)> &visit) const
{
    for (const Member &member : m_members) {
        if (isSameWithoutCase(member.name, name)) {
            visit(member.value);
        }
    }
}

Result<Value> parse(std::string_view text, std::string_view what, Rest rest)
{
    std::string repaired;
    if (!isValidUtf8(text)) {
        repaired = repairUtf8(text);
        text = repaired;
    }
    Value root;
    Builder builder(root);
    // The library passes over a byte-order mark, and takes a zero for the end; JSON has neither
    // (RFC 8259, sections 2 and 8.1).
    if (text.starts_with("\xEF\xBB\xBF") || text.contains('\0') ||
        !nlohmann::json::sax_parse(text, &builder, nlohmann::json::input_format_t::json,
                                   rest == Rest::Refused)) {
        return failure(ErrorKind::MalformedReply, {}, std::string(what).append(": not JSON"));
    }
    return root;
}

std::string quotedText(std::string_view characters)
{
    std::string out = "\"";
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char c = characters[i];
        const bool isLineSeparator = characters.substr(i).starts_with("\u2028") ||
                                     characters.substr(i).starts_with("\u2029");
        if (c == '"' || c == '\\') {
            out.append({'\\', c});
        } else if (c == '\n') {
            out.append("\\n");
        } else if (c == '\r') {
            out.append("\\r");
        } else if (c == '\t') {
            out.append("\\t");
        } else if (c == '\b') {
            out.append("\\b");
        } else if (c == '\f') {
            out.append("\\f");
        } else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&') {
            writeEscape(out, static_cast<unsigned char>(c));
        } else if (isLineSeparator) {
            writeEscape(out, characters[i + 2] == '\xA8' ? 0x2028U : 0x2029U);
            i += 2;
        } else {
            out.push_back(c);
        }
    }
    return out.append("\"");
}

std::string compact(const Value &value)
{
    std::string out;
    write(out, value, false, 0);
    return out;
}

std::string indented(const Value &value)
{
    std::string out;
    write(out, value, true, 0);
    return out;
}

} // namespace roadstead::json
