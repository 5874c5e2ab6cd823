// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/soundtrack.h"

#include "simulator/seed.h"
#include "simulator/videowriter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace Qt::StringLiterals;

namespace clipkiln::simulator {

namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr double fadeSeconds = 0.6;

/// Of CONTRACT.md 9; a voice that a person made has another id.
const QStringList& presetVoices()
{
    static const QStringList list =
        u"ara eve leo rex sal carina zagan helix orion luna iris altair zenith perseus helios lux kepler rigel "
        "cosmo celeste ursa sirius lumen castor naksh atlas"_s.split(u' ');
    return list;
}

double frequencyOf(double semitonesAboveA2)
{
    return 110 * std::exp2(semitonesAboveA2 / 12);
}

} // namespace

Soundtrack::Soundtrack(size_t seed, double seconds, const QStringList& voices) : m_seconds(seconds)
{
    static constexpr std::array<std::array<double, 5>, 4> chords{{
        {0, 7, 12, 16, 19}, // major, open
        {0, 7, 12, 15, 22}, // minor with its seventh
        {0, 7, 14, 16, 23}, // major with seventh and ninth
        {0, 5, 12, 17, 19}, // suspended
    }};
    const auto& chord = chords[seed % chords.size()];
    const auto root = static_cast<double>(seed / 7 % 8) - 3;
    for (size_t i = 0; i < chord.size(); ++i) {
        const auto place = static_cast<double>(i);
        const double breath = 0.11 + 0.05 * static_cast<double>((seed >> i) % 5);
        m_tones.push_back(
            {frequencyOf(root + chord[i]), 0.085 / (1 + 0.35 * place), breath, place * 1.7, 0.25 + 0.125 * place});
        // An octave above, faint and slightly out of tune: it shimmers.
        m_tones.push_back({frequencyOf(root + chord[i] + 12.06), 0.018, breath * 1.6, place * 2.3, 0.8 - 0.15 * place});
    }
    for (const QString& voice : voices)
        m_tones.push_back({voiceFrequency(voice), 0.06, 0.9, 0, 0.5});
}

double voiceFrequency(const QString& voice)
{
    constexpr size_t others = 10;
    const qsizetype preset = presetVoices().indexOf(voice);
    const auto place =
        static_cast<double>(preset >= 0 ? static_cast<size_t>(preset)
                                        : static_cast<size_t>(presetVoices().size()) + seedOf(voice) % others);
    return frequencyOf(24.5 + place); // between the tones of the chords
}

std::vector<float> Soundtrack::next(int samples)
{
    std::vector<float> result(static_cast<size_t>(samples) * 2);
    for (auto sample = result.begin(); sample != result.end(); sample += 2) {
        const double time = static_cast<double>(m_played++) / samplesPerSecond;
        double left = 0;
        double right = 0;
        for (const Tone& tone : m_tones) {
            const double swell = 0.6 + 0.4 * std::sin(turn * tone.breath * time + tone.phase);
            const double value = tone.loudness * swell * std::sin(turn * tone.frequency * time);
            left += value * (1 - tone.balance);
            right += value * tone.balance;
        }
        const double fade = std::clamp(std::min(time, m_seconds - time) / fadeSeconds, 0.0, 1.0);
        sample[0] = static_cast<float>(left * fade);
        sample[1] = static_cast<float>(right * fade);
    }
    return result;
}

} // namespace clipkiln::simulator
