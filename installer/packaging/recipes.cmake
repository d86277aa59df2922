# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Recipes for building on Fedora and Arch from this source: roadstead.spec and PKGBUILD, in build/packages.

roadstead_dependencies(fedora_build fedora build)
roadstead_dependencies(fedora_run fedora run)
roadstead_dependencies(fedora_recommend fedora recommend)
foreach(kind build run recommend)
    list(TRANSFORM fedora_${kind} REPLACE "^(.+)[|](.+)$" "(\\1 or \\2)")
endforeach()
list(TRANSFORM fedora_build PREPEND "BuildRequires:  ")
list(TRANSFORM fedora_run PREPEND "Requires:       ")
list(TRANSFORM fedora_recommend PREPEND "Recommends:     ")
list(JOIN fedora_build "\n" fedora_build)
list(JOIN fedora_run "\n" fedora_run)
list(JOIN fedora_recommend "\n" fedora_recommend)
configure_file(packaging/rpm/roadstead.spec.in ${CPACK_PACKAGE_DIRECTORY}/roadstead.spec @ONLY)

# Libraries that the build needs are the libraries that run: Arch has no separate development packages.
roadstead_dependencies(arch_build arch build)
roadstead_dependencies(arch_run arch run)
roadstead_dependencies(arch_recommend arch recommend)
# Alternatives are had by what packages provide there, so the first one names them all.
foreach(kind build run recommend)
    list(TRANSFORM arch_${kind} REPLACE "[|].*" "")
endforeach()
set(arch_libraries ${arch_build})
list(FILTER arch_libraries INCLUDE REGEX "^(qt6-|k[a-z]+$|curl$|glib2$|libarchive$|pcre2$)")
list(REMOVE_ITEM arch_libraries qt6-tools)
list(APPEND arch_run ${arch_libraries})
list(REMOVE_DUPLICATES arch_run)
list(REMOVE_ITEM arch_build ${arch_run})
list(JOIN arch_build " " arch_build)
list(JOIN arch_run " " arch_run)
list(JOIN arch_recommend " " arch_recommend)
configure_file(packaging/arch/PKGBUILD.in ${CPACK_PACKAGE_DIRECTORY}/PKGBUILD @ONLY)
configure_file(packaging/arch/roadstead.install.in ${CPACK_PACKAGE_DIRECTORY}/roadstead.install @ONLY)
