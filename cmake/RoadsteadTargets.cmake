# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The three ways a target is made here. Every target gets the same warnings and language level.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF) # there are none; the scan costs a process per source
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(ROADSTEAD_CCACHE ccache)
if(ROADSTEAD_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ROADSTEAD_CCACHE})
    set(CMAKE_C_COMPILER_LAUNCHER ${ROADSTEAD_CCACHE})
endif()
find_program(ROADSTEAD_MOLD mold)
if(ROADSTEAD_MOLD)
    set(CMAKE_LINKER_TYPE MOLD)
endif()

add_library(roadstead_options INTERFACE)
target_compile_options(roadstead_options INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wold-style-cast -Wcast-qual -Wformat=2 -Wundef>
    $<$<BOOL:${ROADSTEAD_WERROR}>:-Werror>)
target_compile_definitions(roadstead_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_UP_TO=0x060800
    JSON_NOEXCEPTION JSON_USE_IMPLICIT_CONVERSIONS=0 JSON_DIAGNOSTICS=0)
target_include_directories(roadstead_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})
if(CMAKE_BUILD_TYPE STREQUAL Release)
    # What distributions build with, on those that do not say so themselves: programs of ours run as root.
    include(CheckPIESupported)
    check_pie_supported()
    # At -O2 GCC 14 says of values inside std::expected that they may be uninitialised, wherever it inlines one.
    target_compile_options(roadstead_options INTERFACE
        $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized>
        -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection
        $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
    target_link_options(roadstead_options INTERFACE -Wl,-z,relro -Wl,-z,now)
endif()
if(ROADSTEAD_SANITIZE)
    target_compile_options(roadstead_options INTERFACE
        -fsanitize=${ROADSTEAD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(roadstead_options INTERFACE -fsanitize=${ROADSTEAD_SANITIZE})
endif()

# QTRY_VERIFY and its like narrow a time-out where they are used; that is Qt's to mend.
add_library(roadstead_test_options INTERFACE)
target_compile_options(roadstead_test_options INTERFACE -Wno-conversion)
if(ROADSTEAD_SANITIZE) # what a test does itself is not watched: that would take half again the time to compile
    target_compile_options(roadstead_test_options INTERFACE -fno-sanitize=all)
endif()

# Reading Qt's and the standard library's headers is most of what a compiler does here, so each set of them is compiled
# once and used by every target of that kind. A source includes what it uses all the same: presets for which compiled
# headers are of no use (tidy, clazy, fuzz) build without them.
include(RoadsteadPrecompiledHeaders)

# roadstead_library(NAME SOURCES ... [PUBLIC libs...] [PRIVATE libs...] [QT])
# A static library for one folder. QT turns on moc for it.
function(roadstead_library name)
    cmake_parse_arguments(arg "QT" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    if(arg_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
    endif()
    target_link_libraries(${name} PUBLIC roadstead_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    roadstead_precompiled_headers(${name} ${arg_PUBLIC} ${arg_PRIVATE})
endfunction()

# The test programs that the sanitizers watch: unit, ui, contract and vectors. Their label is "sanitized", too. Not in
# "all", for installer/test builds and runs them once, with the sanitizers.
add_custom_target(roadstead_sanitized_tests)

# roadstead_test(NAME LABELS labels... [SOURCES ...] [LIBRARIES ...] [MACHINE] [TIMEOUT seconds])
# A Qt Test program tst_NAME from tst_NAME.cpp. Test programs run offscreen. With MACHINE it runs as root on a
# machine of its own (tests/support/machine), on which this build is installed.
function(roadstead_test name)
    cmake_parse_arguments(arg "MACHINE" "TIMEOUT" "LABELS;SOURCES;LIBRARIES" ${ARGN})
    add_executable(tst_${name} tst_${name}.cpp ${arg_SOURCES})
    # Without unity: the class of a test may have members of types that are the test's own.
    set_target_properties(tst_${name} PROPERTIES UNITY_BUILD OFF)
    if("${arg_SOURCES}" MATCHES "\\.h(;|$)")
        set_target_properties(tst_${name} PROPERTIES AUTOMOC ON)
    else()
        # AUTOMOC looks for what to read, and adds a source to be compiled: half a second for each of a hundred programs.
        set(moc ${CMAKE_CURRENT_BINARY_DIR}/tst_${name}.moc)
        qt_generate_moc(tst_${name}.cpp ${moc} TARGET tst_${name})
        target_sources(tst_${name} PRIVATE ${moc})
        target_include_directories(tst_${name} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
    endif()
    target_link_libraries(tst_${name} PRIVATE roadstead_options roadstead_test_options Qt6::Test ${arg_LIBRARIES})
    roadstead_precompiled_headers(tst_${name} roadstead_test_options Qt6::Test ${arg_LIBRARIES})
    if(NOT "${arg_LABELS}" MATCHES "live|system")
        add_dependencies(roadstead_sanitized_tests tst_${name})
        set_target_properties(tst_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
        list(APPEND arg_LABELS sanitized)
    endif()
    if(arg_MACHINE)
        add_test(NAME ${name} COMMAND
            ${CMAKE_SOURCE_DIR}/tests/support/machine/machine --install ${CMAKE_BINARY_DIR} $<TARGET_FILE:tst_${name}>)
        set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
    else()
        add_test(NAME ${name} COMMAND tst_${name})
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(ROADSTEAD_SANITIZE) # sanitizers cost up to three times the time, ten on a busy machine
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
    endif()
    set_tests_properties(${name} PROPERTIES
        LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1;LC_ALL=C.UTF-8")
endfunction()
