// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <cstddef>
#include <vector>

namespace clipkiln::simulator {

/// A soft chord that breathes, another one for each prompt, and a tone for each voice.
class Soundtrack
{
public:
    Soundtrack(size_t seed, double seconds, const QStringList& voices);
    /// The samples that follow, as VideoWriter takes them.
    std::vector<float> next(int samples);

private:
    struct Tone
    {
        double frequency;
        double loudness;
        double breath; ///< how often a second it swells
        double phase;
        double balance; ///< 0 left, 1 right
    };
    std::vector<Tone> m_tones;
    const double m_seconds;
    size_t m_played = 0;
};

/// The tone of a voice in Hz: another one for each that the service has.
double voiceFrequency(const QString& voice);

} // namespace clipkiln::simulator
