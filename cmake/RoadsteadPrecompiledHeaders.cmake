# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The sets of compiled headers (precompiled/*.h) and which target uses which.

# One small library per set carries it. Everything that uses a set must be compiled as it was, hence -fPIC and
# -pthread (which some libraries ask for) throughout.
# ccache needs -fpch-preprocess to see what the compiled headers were made of.
function(roadstead_precompiled_set set)
    set(source ${CMAKE_BINARY_DIR}/precompiled/${set}.cpp)
    if(NOT EXISTS ${source})
        file(WRITE ${source} "")
    endif()
    add_library(roadstead_precompiled_${set} OBJECT ${source})
    target_link_libraries(roadstead_precompiled_${set} PRIVATE roadstead_options ${ARGN})
    target_compile_options(roadstead_precompiled_${set} PRIVATE -fPIC -pthread -fpch-preprocess)
    target_precompile_headers(roadstead_precompiled_${set} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled/${set}.h)
endfunction()

roadstead_precompiled_set(standard)
roadstead_precompiled_set(json nlohmann_json::nlohmann_json)
roadstead_precompiled_set(core Qt6::Core)
roadstead_precompiled_set(widgets Qt6::Widgets)

# roadstead_precompiled_headers(TARGET LIBRARIES...): TARGET, which links LIBRARIES, uses the largest set of which it
# has all headers.
function(roadstead_precompiled_headers target)
    set(set standard)
    if("${ARGN}" MATCHES "Qt6::Widgets|roadstead_ui_(theme|widgets|dialogs|shell|container_tab|containers)|roadstead_program")
        set(set widgets)
    elseif("${ARGN}" MATCHES "Qt6::")
        set(set core)
    elseif("${ARGN}" MATCHES "nlohmann_json")
        set(set json)
    endif()
    target_compile_options(${target} PRIVATE -fPIC -pthread -fpch-preprocess)
    target_precompile_headers(${target} REUSE_FROM roadstead_precompiled_${set})
endfunction()
