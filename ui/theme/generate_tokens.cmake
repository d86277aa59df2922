# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DINPUT=tokens.json -DOUTPUT=tokens.h -P GenerateTokens.cmake
# Turns the visual tokens into a header of enumerations and constexpr tables.

file(READ "${INPUT}" json)

# "bg-nav-selected" -> BgNavSelected (upper) or bgNavSelected (lower)
function(camel name case out)
    string(REPLACE "-" ";" parts "${name}")
    set(result "")
    foreach(part IN LISTS parts)
        string(SUBSTRING "${part}" 0 1 first)
        string(SUBSTRING "${part}" 1 -1 rest)
        if(case STREQUAL "upper" OR NOT result STREQUAL "")
            string(TOUPPER "${first}" first)
        endif()
        string(APPEND result "${first}${rest}")
    endforeach()
    set(${out} "${result}" PARENT_SCOPE)
endfunction()

function(members out)
    string(JSON length LENGTH "${json}" ${ARGN})
    set(names "")
    if(length GREATER 0)
        math(EXPR last "${length} - 1")
        foreach(i RANGE ${last})
            string(JSON name MEMBER "${json}" ${ARGN} ${i})
            list(APPEND names "${name}")
        endforeach()
    endif()
    set(${out} "${names}" PARENT_SCOPE)
endfunction()

# "#RRGGBB" or "rgba(r,g,b,a)" -> 0xAARRGGBBu
function(rgba text out)
    if(text MATCHES "^#([0-9A-Fa-f]+)$")
        set(${out} "0xFF${CMAKE_MATCH_1}u" PARENT_SCOPE)
    elseif(text MATCHES "rgba\\(([0-9]+),([0-9]+),([0-9]+),0?\\.([0-9]+)\\)")
        math(EXPR rgb "(${CMAKE_MATCH_1} << 16) | (${CMAKE_MATCH_2} << 8) | ${CMAKE_MATCH_3}")
        string(SUBSTRING "${CMAKE_MATCH_4}00" 0 2 percent)
        math(EXPR value "((${percent} * 255 + 50) / 100 << 24) | ${rgb}" OUTPUT_FORMAT HEXADECIMAL)
        set(${out} "${value}u" PARENT_SCOPE)
    else()
        message(FATAL_ERROR "${INPUT}: not a colour: ${text}")
    endif()
endfunction()

# One constant (or array) for each number under a key.
function(constants namespace)
    set(text "namespace ${namespace} {\n")
    members(names ${ARGN})
    foreach(name IN LISTS names)
        string(JSON type TYPE "${json}" ${ARGN} "${name}")
        string(JSON value GET "${json}" ${ARGN} "${name}")
        string(REGEX REPLACE "-ms$" "" shortName "${name}")
        camel("${shortName}" lower id)
        if(id MATCHES "^[0-9]")
            set(id "s${id}")
        endif()
        if(type STREQUAL "NUMBER")
            string(APPEND text "inline constexpr int ${id} = ${value};\n")
        elseif(type STREQUAL "ARRAY")
            string(JSON count LENGTH "${value}")
            string(REGEX REPLACE "[][ \n]" "" list "${value}")
            string(APPEND text "inline constexpr std::array<int, ${count}> ${id} = {${list}};\n")
        endif()
    endforeach()
    string(APPEND text "} // namespace ${namespace}\n\n")
    set(output "${output}${text}" PARENT_SCOPE)
endfunction()

members(colors color light)
members(darkColors color dark)
if(NOT colors STREQUAL darkColors)
    message(FATAL_ERROR "${INPUT}: light and dark must name the same colours in the same order")
endif()
list(LENGTH colors colorCount)

set(enum "")
set(names "")
foreach(name IN LISTS colors)
    camel("${name}" upper id)
    string(APPEND enum "    ${id},\n")
    string(APPEND names "    \"${name}\",\n")
endforeach()
set(output "// Generated from resources/tokens.json. Do not edit.
#pragma once

#include <array>
#include <string_view>

namespace roadstead::ui {

/// A colour by its name in the design.
enum class Color : unsigned char {
${enum}};
inline constexpr std::size_t colorCount = ${colorCount};
inline constexpr std::array<std::string_view, colorCount> colorNames = {
${names}};

")
foreach(scheme IN ITEMS light dark)
    string(APPEND output "/// 0xAARRGGBB, by Color.\ninline constexpr std::array<unsigned int, colorCount> ${scheme}Colors = {\n")
    foreach(name IN LISTS colors)
        string(JSON value GET "${json}" color ${scheme} "${name}")
        rgba("${value}" number)
        string(APPEND output "    ${number}, // ${name}\n")
    endforeach()
    string(APPEND output "};\n\n")
    string(JSON shadow GET "${json}" elevation menu ${scheme})
    string(REGEX MATCH "^0 ([0-9]+) ([0-9]+) (.*)$" ok "${shadow}")
    set(shadowY "${CMAKE_MATCH_1}")
    set(shadowBlur "${CMAKE_MATCH_2}")
    rgba("${CMAKE_MATCH_3}" number)
    set(${scheme}Shadow "{${shadowY}, ${shadowBlur}, ${number}}")
endforeach()
string(APPEND output "struct ShadowToken
{
    int dy;
    int blur;
    unsigned int color;
};
inline constexpr ShadowToken lightShadow = ${lightShadow};
inline constexpr ShadowToken darkShadow = ${darkShadow};

struct FontToken
{
    int size; ///< px at 96 dpi
    int line; ///< px at 96 dpi
};
")

members(roles font scale)
set(enum "")
set(table "")
foreach(name IN LISTS roles)
    camel("${name}" upper id)
    string(JSON size GET "${json}" font scale "${name}" size)
    string(JSON line GET "${json}" font scale "${name}" line)
    string(APPEND enum "    ${id},\n")
    string(APPEND table "    {${size}, ${line}},\n")
endforeach()
list(LENGTH roles count)
string(APPEND output "/// A text style by its name in the design.
enum class FontRole : unsigned char {
${enum}};
inline constexpr std::array<FontToken, ${count}> fontTokens = {{
${table}}};

")

members(states state)
set(enum "")
set(table "")
foreach(name IN LISTS states)
    camel("${name}" upper id)
    string(JSON value GET "${json}" state "${name}" color)
    string(JSON shape GET "${json}" state "${name}" shape)
    camel("${value}" upper colorId)
    string(APPEND enum "    ${id}, ///< ${shape}\n")
    string(APPEND table "    Color::${colorId},\n")
endforeach()
list(LENGTH states count)
string(APPEND output "/// A state mark: one shape for each state.
enum class StateMark : unsigned char {
${enum}};
inline constexpr std::array<Color, ${count}> stateMarkColors = {
${table}};

")

constants(space space)
constants(radius radius)
constants(border border)
constants(size size)
constants(iconSize icon)
constants(motion motion)
constants(duration time)
string(APPEND output "} // namespace roadstead::ui\n")
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "${output}" @ONLY)
