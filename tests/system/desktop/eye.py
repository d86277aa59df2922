# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon a key shows on the screen: pressed and seen through the display itself, to the millisecond. The
accessibility tree would take longer to answer than what is measured."""

import ctypes
import time

from desktop import NotSeen

ALL_PLANES = 0xFFFFFFFF
Z_PIXMAP = 2


class Image(ctypes.Structure):
    """The beginning of Xlib's XImage."""

    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("offset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("unit", ctypes.c_int),
                ("bit_order", ctypes.c_int), ("pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int)]


class Eye:
    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.test = ctypes.CDLL("libXtst.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XGetImage.restype = ctypes.POINTER(Image)
        self.display = ctypes.c_void_p(self.x11.XOpenDisplay(None))
        self.root = ctypes.c_ulong(self.x11.XDefaultRootWindow(self.display))

    def see(self, area):
        """The pixels of an area: x, y, width, height."""
        x, y, width, height = area
        image = self.x11.XGetImage(self.display, self.root, x, y, width, height, ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        pixels = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * image.contents.height)
        self.x11.XDestroyImage(image)
        return pixels

    def press(self, letter):
        code = self.x11.XKeysymToKeycode(self.display, ctypes.c_ulong(self.x11.XStringToKeysym(letter.encode())))
        for down in (1, 0):
            self.test.XTestFakeKeyEvent(self.display, code, down, ctypes.c_ulong(0))
        self.x11.XFlush(self.display)

    def time_of(self, letter, area, seconds=2.0):
        """Presses a letter; after how many milliseconds the area looks different."""
        before = self.see(area)
        began = time.monotonic()
        self.press(letter)
        while self.see(area) == before:
            if time.monotonic() - began > seconds:
                raise NotSeen(f"The letter “{letter}” was not on the screen within {seconds:g} s")
            time.sleep(0.001)
        return 1000 * (time.monotonic() - began)
