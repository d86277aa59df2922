# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later

roadstead_dependencies(needed fedora run)
roadstead_dependencies(recommended fedora recommend)
list(TRANSFORM needed REPLACE "^(.+)[|](.+)$" "(\\1 or \\2)")
list(TRANSFORM recommended REPLACE "^(.+)[|](.+)$" "(\\1 or \\2)")
list(JOIN needed ", " CPACK_RPM_PACKAGE_REQUIRES)
list(JOIN recommended ", " CPACK_RPM_PACKAGE_RECOMMENDS)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later AND CC0-1.0 AND MIT")
set(CPACK_RPM_PACKAGE_GROUP "Applications/System")
set(CPACK_RPM_PACKAGE_AUTOREQ ON)
set(CPACK_RPM_CHANGELOG_FILE)
# Folders that other packages own, wherever the build system's layout puts them.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/libexec /usr/lib/systemd /usr/lib/systemd/system /usr/share/applications /usr/share/metainfo
    /usr/share/dbus-1 /usr/share/dbus-1/system-services /usr/share/dbus-1/system.d /usr/share/polkit-1 /usr/share/polkit-1/rules.d
    /usr/share/polkit-1/actions /usr/share/icons /usr/share/icons/hicolor /usr/share/icons/hicolor/scalable
    /usr/share/icons/hicolor/scalable/apps /usr/share/lintian /usr/share/lintian/overrides
    /usr/share/man /usr/share/man/man1 /usr/lib/kf6 /usr/lib/kf6/kauth /usr/lib/kf6/kauth/libexec
    /usr/${CMAKE_INSTALL_LIBDIR} /usr/${KDE_INSTALL_LIBEXECDIR} /usr/${KDE_INSTALL_LIBEXECDIR_KF})

set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none")
foreach(script post preun postun)
    configure_file(packaging/rpm/${script}.in ${CMAKE_CURRENT_BINARY_DIR}/rpm/${script} @ONLY)
endforeach()
set(CPACK_RPM_POST_INSTALL_SCRIPT_FILE ${CMAKE_CURRENT_BINARY_DIR}/rpm/post)
set(CPACK_RPM_PRE_UNINSTALL_SCRIPT_FILE ${CMAKE_CURRENT_BINARY_DIR}/rpm/preun)
set(CPACK_RPM_POST_UNINSTALL_SCRIPT_FILE ${CMAKE_CURRENT_BINARY_DIR}/rpm/postun)
