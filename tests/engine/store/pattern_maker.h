// SPDX-FileCopyrightText: The Roadstead authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <random>

namespace roadstead::test {

/// Grows patterns of everything that has a meaning for many lines.
class PatternMaker
{
public:
    explicit PatternMaker(unsigned seed)
        : m_random(seed)
    {
    }
    QString make() { return alternatives(0); }

private:
    unsigned below(unsigned end) { return unsigned(m_random() >> 8U) % end; }
    QString alternatives(int depth)
    {
        QString made = sequence(depth);
        while (below(5) == 0) {
            made += u'|' + sequence(depth);
        }
        return made;
    }
    QString sequence(int depth)
    {
        QString made;
        for (unsigned i = 0; i < 1 + below(4); ++i) {
            made += item(depth);
        }
        return made;
    }
    QString item(int depth)
    {
        static const QStringList atoms{"a",
                                       "b",
                                       "c",
                                       "1",
                                       " ",
                                       "ab",
                                       "b c",
                                       "a1b",
                                       ".",
                                       "\\s",
                                       "\\S",
                                       "\\w",
                                       "\\W",
                                       "\\d",
                                       "\\D",
                                       "\\h",
                                       "\\H",
                                       "\\V",
                                       "\\t",
                                       "\\x61",
                                       "\\.",
                                       "[ab]",
                                       "[^a]",
                                       "[^\\s]",
                                       "[\\s1]",
                                       "[^-b]",
                                       "[]a]",
                                       "[^]a]",
                                       "[a-c\\s]",
                                       "[\\w-]",
                                       "[[:space:]]",
                                       "[^[:alpha:]]",
                                       "[[:digit:]b]",
                                       "[^\\n]",
                                       "[ -c]",
                                       "[\\t-a]",
                                       "\\n",
                                       "\\R",
                                       "\\v",
                                       "\\N",
                                       "\\x{61}",
                                       "\\x0a",
                                       "\\p{L}",
                                       "\\P{L}",
                                       "\\1",
                                       "[^[:a]",
                                       "{a",
                                       "\xc3\xa9",
                                       "[\\r\\n]",
                                       "(?s:.)",
                                       "\\X",
                                       "\\K"};
        static const QStringList places{"^", "$",   "\\b", "\\B", "^",
                                        "$", "\\A", "\\z", "\\Z", "\\G"};
        static const QStringList groups{"(", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:"};
        static const QStringList repeats{"*",  "+",  "?",   "*?",    "+?",  "*+",
                                         "++", "?+", "{2}", "{0,2}", "{2,}"};
        if (below(7) == 0) {
            return places.at(qsizetype(below(unsigned(places.size()))));
        }
        QString made = depth < 3 && below(4) == 0
                           ? groups.at(qsizetype(below(unsigned(groups.size())))) +
                                 alternatives(depth + 1) + u')'
                           : atoms.at(qsizetype(below(unsigned(atoms.size()))));
        if (below(3) == 0) {
            made += repeats.at(qsizetype(below(unsigned(repeats.size()))));
        }
        return made;
    }

    std::minstd_rand m_random;
};

} // namespace roadstead::test
