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

# A wrapper of moc that leaves out most of its work (moc.in).
get_target_property(ROADSTEAD_MOC Qt6::moc IMPORTED_LOCATION)
if(NOT ROADSTEAD_MOC)
    get_target_property(ROADSTEAD_MOC Qt6::moc IMPORTED_LOCATION_NONE)
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/moc.in ${CMAKE_BINARY_DIR}/moc @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
function(roadstead_use_moc target)
    set_target_properties(${target} PROPERTIES AUTOMOC ON AUTOMOC_EXECUTABLE ${CMAKE_BINARY_DIR}/moc)
endfunction()

add_library(roadstead_options INTERFACE)
target_compile_options(roadstead_options INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
    -Woverloaded-virtual -Wold-style-cast -Wcast-qual -Wformat=2 -Wundef>
    # Failures are values here (std::expected): nothing throws, and nothing catches. What the standard library throws is
    # a mistake of ours, and ends the program either way. A sixth less to compile, and to load.
    $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
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
        -fsanitize=${ROADSTEAD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
        # These cost a third of the time to compile, and most of what they find the address sanitizer finds, too.
        -fno-sanitize=null,alignment,vptr)
    target_link_options(roadstead_options INTERFACE -fsanitize=${ROADSTEAD_SANITIZE})
endif()

# QTRY_VERIFY and its like narrow a time-out where they are used; that is Qt's to mend.
add_library(roadstead_test_options INTERFACE)
# Of a source that is included by another, GCC warns when a class has members of types that are the source's own.
target_compile_options(roadstead_test_options INTERFACE -Wno-conversion
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
if(ROADSTEAD_SANITIZE) # what a test does itself is not watched: that would take half again the time to compile
    target_compile_options(roadstead_test_options INTERFACE -fno-sanitize=all)
    target_compile_definitions(roadstead_test_options INTERFACE ROADSTEAD_SANITIZED)
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
        roadstead_use_moc(${name})
    endif()
    target_link_libraries(${name} PUBLIC roadstead_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    roadstead_precompiled_headers(${name} ${arg_PUBLIC} ${arg_PRIVATE})
endfunction()

# The test programs that the sanitizers watch: unit, ui, contract and vectors. Their label is "sanitized", too. Not in
# "all", for installer/test builds and runs them once, with the sanitizers.
add_custom_target(roadstead_sanitized_tests)

# roadstead_test(NAME LABELS labels... [SOURCES ...] [LIBRARIES ...] [DEFINITIONS ...] [NEEDS targets...]
#                [ALONE] [MACHINE] [MATRIX engines...] [TIMEOUT seconds])
# A Qt Test class in tst_NAME.cpp, of the program that ROADSTEAD_TEST_PROGRAM of its folder names: tests_PROGRAM, or
# tests_PROGRAM_live for the labels live and system (tests/support/test_program). With ALONE it has a main() of its own
# and is the program tst_NAME. NEEDS is built before it. Tests run offscreen. With MACHINE it runs as root on a machine of
# its own (tests/support/machine), on which this build is installed; with MATRIX, as NAME_ENGINE, on such a machine for
# each of those engines of tests/engine/matrix, and without MACHINE on them alone.
function(roadstead_test name)
    cmake_parse_arguments(arg "ALONE;MACHINE" "TIMEOUT" "LABELS;SOURCES;LIBRARIES;DEFINITIONS;NEEDS;MATRIX" ${ARGN})
    set(sanitized ON)
    set(live)
    if("${arg_LABELS}" MATCHES "live|system")
        set(sanitized OFF)
        set(live _live)
    endif()
    if(arg_ALONE)
        set(program tst_${name})
        set(command $<TARGET_FILE:${program}>)
    else()
        set(program tests_${ROADSTEAD_TEST_PROGRAM}${live})
        set(command $<TARGET_FILE:${program}> ${name})
    endif()
    if(NOT TARGET ${program})
        roadstead_test_program(${program} ${sanitized} "${arg_ALONE}")
    endif()
    list(TRANSFORM arg_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
    get_target_property(sources ${program} SOURCES)
    foreach(source IN ITEMS ${CMAKE_CURRENT_SOURCE_DIR}/tst_${name}.cpp LISTS arg_SOURCES)
        if(NOT source IN_LIST sources)
            target_sources(${program} PRIVATE ${source})
        endif()
    endforeach()
    target_link_libraries(${program} PRIVATE ${arg_LIBRARIES})
    target_compile_definitions(${program} PRIVATE ${arg_DEFINITIONS})
    if(arg_NEEDS)
        add_dependencies(${program} ${arg_NEEDS})
    endif()
    if(sanitized)
        list(APPEND arg_LABELS sanitized)
    endif()
    set(tests)
    if(arg_MACHINE)
        add_test(NAME ${name} COMMAND
            ${CMAKE_SOURCE_DIR}/tests/support/machine/machine --install ${CMAKE_BINARY_DIR} ${command})
        list(APPEND tests ${name})
    elseif(NOT arg_MATRIX)
        add_test(NAME ${name} COMMAND ${command})
        list(APPEND tests ${name})
    endif()
    foreach(engine IN LISTS arg_MATRIX)
        add_test(NAME ${name}_${engine} COMMAND ${CMAKE_SOURCE_DIR}/tests/engine/matrix/run ${engine} ${command})
        list(APPEND tests ${name}_${engine})
    endforeach()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(ROADSTEAD_SANITIZE) # sanitizers cost up to three times the time, ten on a busy machine
        math(EXPR arg_TIMEOUT "${arg_TIMEOUT} * 3")
    endif()
    set_tests_properties(${tests} PROPERTIES
        LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_FORCE_STDERR_LOGGING=1;LC_ALL=C.UTF-8")
    if(arg_MACHINE OR arg_MATRIX)
        set_tests_properties(${tests} PROPERTIES SKIP_RETURN_CODE 77)
    endif()
endfunction()

function(roadstead_test_program program sanitized alone)
    add_executable(${program})
    roadstead_use_moc(${program})
    set_target_properties(${program} PROPERTIES UNITY_BUILD_BATCH_SIZE 8)
    if(NOT alone)
        target_sources(${program} PRIVATE
            ${CMAKE_SOURCE_DIR}/tests/support/test_program/test_program.cpp
            ${CMAKE_SOURCE_DIR}/tests/support/test_program/test_program.h)
    endif()
    target_link_libraries(${program} PRIVATE roadstead_options roadstead_test_options Qt6::Test)
    target_compile_definitions(${program} PRIVATE
        ROADSTEAD_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ROADSTEAD_BUILD_DIR="${CMAKE_BINARY_DIR}")
    if(sanitized)
        add_dependencies(roadstead_sanitized_tests ${program})
        set_target_properties(${program} PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
    # Which compiled headers it uses is known when all its tests are.
    cmake_language(EVAL CODE
        "cmake_language(DEFER DIRECTORY [[${CMAKE_SOURCE_DIR}/tests]] CALL roadstead_test_program_headers ${program})")
endfunction()

function(roadstead_test_program_headers program)
    get_target_property(libraries ${program} LINK_LIBRARIES)
    roadstead_precompiled_headers(${program} ${libraries})
endfunction()
