// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/archive/document_reader.h"

#include "engine/base/ascii.h"

#include <algorithm>
#include <array>

namespace roadstead::archive {

namespace {

using Type = json::Value::Type;

/// The number that `length` digits at the front make; -1 when they are not there. They are taken.
int takeNumber(std::string_view &text, std::size_t length)
{
    if (text.size() < length || !std::ranges::all_of(text.substr(0, length), isDigit)) {
        return -1;
    }
    int number = 0;
    for (const char c : text.substr(0, length)) {
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(length);
    return number;
}

bool takeCharacter(std::string_view &text, std::string_view allowed)
{
    const bool isThere = !text.empty() && allowed.contains(text.front());
    text.remove_prefix(isThere ? 1 : 0);
    return isThere;
}

bool isWithin(int number, int smallest, int largest)
{
    return number >= smallest && number <= largest;
}

int daysOf(int year, int month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && isLeap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

} // namespace

bool isDateTime(std::string_view text)
{
    const int year = takeNumber(text, 4);
    bool isGood = year >= 0 && takeCharacter(text, "-");
    const int month = takeNumber(text, 2);
    isGood = isGood && isWithin(month, 1, 12) && takeCharacter(text, "-");
    const int day = takeNumber(text, 2);
    isGood = isGood && isWithin(day, 1, daysOf(year, month)) && takeCharacter(text, "T");
    isGood = isGood && isWithin(takeNumber(text, 2), 0, 23) && takeCharacter(text, ":");
    isGood = isGood && isWithin(takeNumber(text, 2), 0, 59) && takeCharacter(text, ":");
    isGood = isGood && isWithin(takeNumber(text, 2), 0, 59);
    if (isGood && takeCharacter(text, ".")) {
        const auto end = std::ranges::find_if_not(text, isDigit);
        isGood = end != text.begin();
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    }
    if (!isGood || text == "Z") {
        return isGood;
    }
    isGood = takeCharacter(text, "+-") && isWithin(takeNumber(text, 2), 0, 23) &&
             takeCharacter(text, ":") && isWithin(takeNumber(text, 2), 0, 59);
    return isGood && text.empty();
}

bool isUri(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const std::string_view scheme = text.substr(0, colon);
    const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    return colon != std::string_view::npos && !scheme.empty() && isLetter(scheme.front()) &&
           std::ranges::all_of(scheme,
                               [&isLetter](char c) {
                                   return isLetter(c) || isDigit(c) ||
                                          std::string_view("+-.").contains(c);
                               }) &&
           std::ranges::all_of(text, [](char c) {
               return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
                      !std::string_view("\"<>\\^`{|}").contains(c);
           });
}

ObjectReader::ObjectReader(const json::Value *object, std::string &fault, bool allowsNull)
    : m_object(object)
    , m_fault(&fault)
    , m_allowsNull(allowsNull)
{
    if (object != nullptr && !object->isObject()) {
        fail("document", "not an object");
        m_object = nullptr;
    }
}

void ObjectReader::fail(std::string_view member, std::string_view why)
{
    if (m_fault->empty()) {
        m_fault->append("\"").append(member).append("\": ").append(why);
    }
}

const json::Value *ObjectReader::find(const char *name) const
{
    const json::Value *member = m_object == nullptr ? nullptr : m_object->find(name);
    return member != nullptr && m_allowsNull && member->isNull() ? nullptr : member;
}

const json::Value *ObjectReader::typed(const char *name, Type type, bool orNull)
{
    const json::Value *member = find(name);
    if (member == nullptr || (orNull && member->isNull())) {
        return nullptr;
    }
    if (member->type() != type) {
        fail(name, "of a wrong type");
        return nullptr;
    }
    return member;
}

void ObjectReader::require(const char *name)
{
    if (!has(name)) {
        fail(name, "missing");
    }
}

std::string ObjectReader::text(const char *name)
{
    const json::Value *member = typed(name, Type::Text);
    return member == nullptr ? std::string() : member->characters();
}

bool ObjectReader::boolean(const char *name)
{
    const json::Value *member = typed(name, Type::Boolean);
    return member != nullptr && member->isTrue();
}

std::int64_t ObjectReader::integer(const char *name, std::int64_t smallest, std::int64_t largest)
{
    const json::Value *member = typed(name, Type::Number);
    if (member == nullptr) {
        return 0;
    }
    const auto number = member->integer();
    if (!number || *number < smallest || *number > largest) {
        fail(name, "not a number that fits");
        return 0;
    }
    return *number;
}

std::vector<std::string> ObjectReader::texts(const char *name, bool orNull)
{
    std::vector<std::string> all;
    if (const json::Value *member = typed(name, Type::List, orNull)) {
        for (const json::Value &element : member->elements()) {
            if (!element.isText()) {
                fail(name, "not a list of texts");
                return {};
            }
            all.push_back(element.characters());
        }
    }
    return all;
}

std::vector<std::string> ObjectReader::names(const char *name, bool orNull)
{
    std::vector<std::string> all;
    if (const json::Value *member = typed(name, Type::Object, orNull)) {
        for (const json::Member &one : member->members()) {
            if (!one.value.isObject() && !(m_allowsNull && one.value.isNull())) {
                fail(name, "not an object of objects");
                return {};
            }
            all.push_back(one.name);
        }
    }
    return all;
}

void ObjectReader::textMap(const char *name, std::map<std::string, std::string> &out, bool orNull)
{
    if (const json::Value *member = typed(name, Type::Object, orNull)) {
        for (const json::Member &one : member->members()) {
            if (!one.value.isText()) {
                fail(name, "not an object of texts");
                return;
            }
            out[one.name] = one.value.characters();
        }
    }
}

ObjectReader ObjectReader::object(const char *name)
{
    return {typed(name, Type::Object), *m_fault, m_allowsNull};
}

void ObjectReader::forEach(const char *name, const std::function<void(ObjectReader)> &visit)
{
    if (const json::Value *member = typed(name, Type::List)) {
        for (const json::Value &element : member->elements()) {
            visit({&element, *m_fault, m_allowsNull});
        }
    }
}

std::size_t ObjectReader::count(const char *name) const
{
    const json::Value *member = find(name);
    return member == nullptr ? 0 : member->elements().size();
}

} // namespace roadstead::archive
