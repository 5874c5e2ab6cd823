// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/scenechoice.h"

#include "simulator/seed.h"

#include <QRegularExpression>
#include <QStringList>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

const std::array<Palette, 6>& palettes()
{
    static const std::array<Palette, 6> list{{
        // dawn
        {QColor(58, 70, 120), QColor(190, 130, 150), QColor(255, 205, 160), QColor(255, 236, 200), QColor(44, 42, 66)},
        // day
        {QColor(46, 112, 190), QColor(130, 185, 228), QColor(226, 238, 240), QColor(255, 252, 232), QColor(34, 74, 62)},
        // golden hour
        {QColor(60, 84, 130), QColor(232, 160, 110), QColor(255, 214, 140), QColor(255, 238, 190), QColor(60, 38, 40)},
        // sunset
        {QColor(38, 30, 80), QColor(190, 66, 96), QColor(255, 160, 92), QColor(255, 214, 150), QColor(30, 16, 44)},
        // blue night
        {QColor(8, 12, 34), QColor(24, 40, 84), QColor(74, 100, 150), QColor(232, 238, 255), QColor(6, 12, 26), true},
        // green night
        {QColor(6, 14, 30), QColor(14, 56, 76), QColor(58, 130, 124), QColor(220, 255, 236), QColor(4, 16, 22), true},
    }};
    return list;
}

constexpr std::size_t firstNight = 4;

bool mentions(const QString& prompt, const QString& words)
{
    const QRegularExpression pattern(u"\\b(%1)"_s.arg(words), QRegularExpression::CaseInsensitiveOption);
    return prompt.contains(pattern);
}

Place placeOf(const QString& prompt, size_t seed)
{
    if (mentions(prompt, u"space|planet|galax|mars|moon landing|rocket|cosm|nebula|astronaut|orbit|starship"_s))
        return Place::Space;
    if (mentions(prompt, u"city|street|town|skyline|neon|building|taxi|subway|tower|market|traffic"_s))
        return Place::City;
    if (mentions(prompt, u"sea|ocean|beach|boat|ship|sail|wave|lake|water|island|surf|river|harbou?r|whale|fish"_s))
        return Place::Sea;
    if (mentions(prompt,
                 u"hill|mountain|forest|tree|meadow|field|garden|valley|road|farm|snow|desert|dog|horse|ball"_s))
        return Place::Hills;
    return seed % 3 == 0 ? Place::Sea : seed % 3 == 1 ? Place::City : Place::Hills;
}

const Palette& paletteOf(const QString& prompt, Place place, size_t seed)
{
    if (mentions(prompt, u"sunset|dusk|evening"_s))
        return palettes()[3];
    if (mentions(prompt, u"sunrise|dawn|morning"_s))
        return palettes()[0];
    if (mentions(prompt, u"golden|autumn|desert|warm"_s))
        return palettes()[2];
    if (mentions(prompt, u"aurora|jungle|alien|glow"_s))
        return palettes()[5];
    if (place == Place::Space || mentions(prompt, u"night|moon|star|midnight|dark|neon"_s))
        return palettes()[firstNight + seed % 2];
    if (mentions(prompt, u"day|sunn|noon|summer|spring|sky"_s))
        return palettes()[1];
    return palettes()[seed / 5 % palettes().size()];
}

QColor ballColor(const QString& prompt)
{
    if (!mentions(prompt, u"ball\\b|marble|sphere"_s))
        return {};
    for (const char* name : {"red", "blue", "green", "yellow", "orange", "purple", "white", "pink"}) {
        if (mentions(prompt, QString::fromLatin1(name)))
            return QColor(QLatin1StringView(name)).toHsv().value() < 150 ? QColor(QLatin1StringView(name)).lighter(140)
                                                                         : QColor(QLatin1StringView(name));
    }
    return QColor(214, 60, 48);
}

} // namespace

SceneChoice chooseScene(const QString& prompt)
{
    SceneChoice choice;
    choice.seed = seedOf(prompt);
    choice.place = placeOf(prompt, choice.seed);
    choice.palette = paletteOf(prompt, choice.place, choice.seed);
    if (mentions(prompt, u"snow|winter|ice|frost|blizzard"_s))
        choice.weather = Weather::Snow;
    else if (mentions(prompt, u"rain|storm|drizzle|thunder"_s))
        choice.weather = Weather::Rain;
    else if (choice.place == Place::Hills)
        choice.weather = Weather::Fireflies;
    choice.balloon = mentions(prompt, u"balloon"_s);
    choice.ball = ballColor(prompt);
    return choice;
}

} // namespace clipkiln::simulator
