# SPDX-FileCopyrightText: The Roadstead authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -DINPUT=file -DOUTPUT=file -P: KAuth's generator says nothing about sessions that are neither active nor
# inactive (remote ones); here they are refused in so many words. It also drops messages with a comma outside of quotes.
file(READ "${INPUT}" text)
string(REGEX MATCHALL "<allow_inactive>no</allow_inactive>" places "${text}")
string(REGEX MATCHALL "<action " actions "${text}")
list(LENGTH places placeCount)
list(LENGTH actions actionCount)
if(NOT placeCount EQUAL actionCount OR actionCount EQUAL 0 OR text MATCHES "allow_any"
        OR text MATCHES "<message></message>")
    message(FATAL_ERROR "KAuth's policy generator wrote something unexpected into ${INPUT}")
endif()
string(REPLACE "<allow_inactive>" "<allow_any>no</allow_any>\n         <allow_inactive>" text "${text}")
file(WRITE "${OUTPUT}" "${text}")
