// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"

#include <QRandomGenerator>

namespace clipkiln::test {

/// Requests by chance, the same in each run: every mode, model and optional field comes up, alone and together.
class RandomRequests
{
public:
    explicit RandomRequests(quint32 seed);

    /// A model of the table and a request that it takes.
    struct Made
    {
        Model model;
        GenerationRequest request;
        QString flaw; ///< what is wrong with it; empty for a good one
    };
    [[nodiscard]] Made good();
    /// A good one with one thing made wrong that the documents forbid.
    [[nodiscard]] Made bad();

    /// The names of all flaws that bad() knows.
    [[nodiscard]] static QStringList flaws();

private:
    [[nodiscard]] bool chance() { return m_random.bounded(2) == 0; }
    [[nodiscard]] int between(int least, int most) { return m_random.bounded(least, most + 1); }
    [[nodiscard]] QString oneOf(const QStringList& list) { return list.at(m_random.bounded(list.size())); }
    [[nodiscard]] Input input(); ///< an address; files are golden tests' own
    [[nodiscard]] QList<Keyframe> keyframes(const ModeLimits& limits, int seconds);
    [[nodiscard]] ModeInputs inputs(Mode mode, const ModeLimits& limits, int seconds);

    QRandomGenerator m_random;
    ModelTable m_table = ModelTable::builtIn();
};

} // namespace clipkiln::test
