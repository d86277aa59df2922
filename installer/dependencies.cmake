# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later

# roadstead_dependencies(OUTPUT COLUMN GROUP...): the packages that dependencies.tsv names for these groups; COLUMN is
# debian, fedora or arch. Alternatives stay "a|b".
function(roadstead_dependencies output column)
    set(table ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/dependencies.tsv)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${table})
    set(columns group debian fedora arch)
    list(FIND columns ${column} index)
    file(STRINGS ${table} rows REGEX "^[^#]")
    set(names)
    foreach(row IN LISTS rows)
        string(REPLACE "\t" ";" row "${row}")
        list(GET row 0 group)
        list(GET row ${index} name)
        if(group IN_LIST ARGN AND NOT name STREQUAL "-")
            list(APPEND names "${name}")
        endif()
    endforeach()
    list(REMOVE_DUPLICATES names)
    set(${output} "${names}" PARENT_SCOPE)
endfunction()
