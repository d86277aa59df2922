# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The icons that are compiled in. Names here are the names that code uses.

# Ours, from resources/icons.
set(ownIconNames
    brand-empty brand-logo container engine image network project prompt registry
    sidebar-collapse sidebar-expand stop
    tray-attention tray-running tray-silent tray-starting tray-stopped volume wrap)

# From Bootstrap Icons (MIT, The Bootstrap Authors), carried in resources/icons/bootstrap: not every distribution
# packages them.
set(bootstrapIconNames
    activity app-indicator arrow-clockwise arrows-angle-expand arrow-counterclockwise arrow-down arrow-left arrow-right arrow-up
    bell box-arrow-right box-arrow-up-right
    check check-circle check-lg chevron-down chevron-expand chevron-left chevron-right chevron-up circle-half
    clipboard clock clock-history columns-gap command copy cpu
    dash-lg display download exclamation-circle exclamation-triangle eye eye-slash
    file-earmark file-earmark-code file-earmark-text folder folder-plus folder2-open funnel gear globe2
    hammer hash hourglass-split house info-circle journal-text keyboard
    layers layout-sidebar layout-sidebar-reverse layout-three-columns lightning-charge link-45deg list-ul lock
    memory moon palette pause pencil play plug plus-lg power puzzle question-circle
    record-circle save search shield shield-lock sliders sort-down speedometer2 square sun
    tag terminal three-dots three-dots-vertical trash upload wifi-off x-circle x-lg)

set(ownIcons "")
foreach(name IN LISTS ownIconNames)
    set(file ${CMAKE_SOURCE_DIR}/resources/icons/${name}.svg)
    set_source_files_properties(${file} PROPERTIES QT_RESOURCE_ALIAS ${name}.svg)
    list(APPEND ownIcons ${file})
endforeach()
set(bootstrapIcons "")
foreach(name IN LISTS bootstrapIconNames)
    set(file ${CMAKE_SOURCE_DIR}/resources/icons/bootstrap/${name}.svg)
    if(NOT EXISTS ${file})
        message(FATAL_ERROR "${file} is missing. Copy it from Bootstrap Icons 1.12 (resources/icons/README.md).")
    endif()
    set_source_files_properties(${file} PROPERTIES QT_RESOURCE_ALIAS ${name}.svg)
    list(APPEND bootstrapIcons ${file})
endforeach()
