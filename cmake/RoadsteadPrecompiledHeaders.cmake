# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The sets of compiled headers (precompiled/*.h) and which target uses which.

# One small library per set carries it. Everything that uses a set must be compiled as it was, hence -fPIC and
# -pthread (which some libraries ask for) throughout.
# ccache has to see what the compiled headers were made of, which takes -fpch-preprocess from GCC; Clang's must not hold
# the times of the headers.
set(roadsteadPrecompiledOptions
    -fPIC -pthread
    $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
    $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
function(roadstead_precompiled_set set)
    roadstead_make_precompiled_set(${set} ${set} roadstead_options ${ARGN})
    if(ROADSTEAD_SANITIZE) # test programs are compiled without
        roadstead_make_precompiled_set(${set}_tests ${set} roadstead_options roadstead_test_options ${ARGN})
    endif()
endfunction()

function(roadstead_make_precompiled_set name set)
    set(source ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    if(NOT EXISTS ${source})
        file(WRITE ${source} "")
    endif()
    add_library(roadstead_precompiled_${name} OBJECT ${source})
    target_link_libraries(roadstead_precompiled_${name} PRIVATE ${ARGN})
    target_compile_options(roadstead_precompiled_${name} PRIVATE ${roadsteadPrecompiledOptions})
    target_precompile_headers(roadstead_precompiled_${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled/${set}.h)
endfunction()

roadstead_precompiled_set(standard)
roadstead_precompiled_set(json nlohmann_json::nlohmann_json)
roadstead_precompiled_set(core Qt6::Core)
roadstead_precompiled_set(widgets Qt6::Widgets)

# roadstead_precompiled_headers(TARGET LIBRARIES...): TARGET, which links LIBRARIES, uses the largest set of which it
# has all headers.
function(roadstead_precompiled_headers target)
    set(set standard)
    string(REGEX REPLACE "roadstead_ui_(text|models|[a-z]+_form)" "" withWidgets "${ARGN}")
    if(withWidgets MATCHES "Qt6::Widgets|roadstead_ui_|roadstead_program")
        set(set widgets)
    elseif("${ARGN}" MATCHES "Qt6::")
        set(set core)
    elseif("${ARGN}" MATCHES "nlohmann_json")
        set(set json)
    endif()
    if(ROADSTEAD_SANITIZE AND "roadstead_test_options" IN_LIST ARGN)
        string(APPEND set _tests)
    endif()
    target_compile_options(${target} PRIVATE ${roadsteadPrecompiledOptions})
    target_precompile_headers(${target} REUSE_FROM roadstead_precompiled_${set})
endfunction()
