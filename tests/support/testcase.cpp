// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcase.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

/// What Qt and its libraries say of the machine that runs the tests, and nothing in Clipkiln can mend.
QRegularExpression warnings()
{
    const QStringList noise{
        u"This plugin does not support "_s,   // the offscreen platform: raise(), size hints, grabbing the keyboard
        u"PulseAudioService: "_s,             // there is no sound server
        u"QRhi\\* initializeRHI"_s,           // there is no GPU
        u"failed: \"Could not open file\""_s, // Qt's FFmpeg backend, of a file that is no video
        u"QStandardPaths: "_s,                // there is no XDG_RUNTIME_DIR
    };
    return QRegularExpression(u"^(?!%1)"_s.arg(noise.join(u'|')));
}

} // namespace

void TestCase::init()
{
    // Qt's readers warn of a damaged or oversized picture; that the program says so, too, is what tests look at.
    QLoggingCategory::setFilterRules(u"qt.gui.imageio*.warning=false"_s);
    QTest::failOnWarning(warnings());
}

} // namespace clipkiln::test
