// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// JSON of files that other programs wrote: configuration, contexts, image documents.
namespace roadstead::json {

/// Deepest nesting that is read.
constexpr int depthLimit = 64;

struct Member;

/// One value of a document. Members keep their order, and a name that stands there twice is there
/// twice. A value; thread-safe as such.
class Value
{
public:
    enum class Type { Null, Boolean, Number, Text, List, Object };

    Value() = default;
    static Value boolean(bool value);
    static Value text(std::string characters);
    static Value number(std::string literal);
    static Value list();
    static Value object();

    [[nodiscard]] Type type() const { return m_type; }
    [[nodiscard]] bool isNull() const { return m_type == Type::Null; }
    [[nodiscard]] bool isText() const { return m_type == Type::Text; }
    [[nodiscard]] bool isList() const { return m_type == Type::List; }
    [[nodiscard]] bool isObject() const { return m_type == Type::Object; }
    [[nodiscard]] bool isBoolean() const { return m_type == Type::Boolean; }
    [[nodiscard]] bool isNumber() const { return m_type == Type::Number; }

    /// The characters of a text, the digits of a number as they were written; else empty.
    [[nodiscard]] const std::string &characters() const { return m_text; }
    /// Whether this is the boolean true.
    [[nodiscard]] bool isTrue() const { return m_boolean; }
    /// A whole number; also where it is written as 12.0 or 1.2e1, as JSON Schema counts it. None
    /// for everything else and beyond 64 bits.
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    [[nodiscard]] const std::vector<Value> &elements() const { return m_elements; }
    [[nodiscard]] std::vector<Value> &elements() { return m_elements; }
    [[nodiscard]] const std::vector<Member> &members() const { return m_members; }
    [[nodiscard]] std::vector<Member> &members() { return m_members; }

    /// The last member of exactly that name; nullptr when there is none, or this is no object.
    [[nodiscard]] const Value *find(std::string_view name) const;
    /// Calls `visit` for each member of that name in order, whatever its case in ASCII: how Go
    /// fills a struct, later ones over earlier ones.
    void forEachNamed(std::string_view name, const std::function<void(const Value &)> &visit) const;

private:
    Type m_type = Type::Null;
    bool m_boolean = false;
    std::string m_text;
    std::vector<Value> m_elements;
    std::vector<Member> m_members;
};

struct Member
{
    std::string name;
    Value value;
};

/// What may follow the value.
enum class Rest {
    Refused, ///< nothing but white space
    Ignored  ///< anything, as Go's decoder of a stream leaves it unread
};

/// Reads a document. Bytes that are not UTF-8 become U+FFFD; a byte-order mark, comments and more
/// than `depthLimit` levels are refused. Fails with ErrorKind::MalformedReply; `what` names the
/// document in the detail.
Result<Value> parse(std::string_view text, std::string_view what, Rest rest = Rest::Refused);

/// `characters` as a JSON string with its quotes, escaped as Go does: also "<", ">", "&", U+2028
/// and U+2029.
std::string quotedText(std::string_view characters);

/// The document in one line, or with one tab for each level and a line for each member.
std::string compact(const Value &value);
std::string indented(const Value &value);

} // namespace roadstead::json
