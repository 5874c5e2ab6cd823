// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

// Qt's own give up after five seconds, which a busy machine may need.
#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, clipkiln::test::patience)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, clipkiln::test::patience)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, clipkiln::test::patience)

namespace clipkiln::test {

/// How long a test waits for what has to come, in milliseconds. One that passes never waits so long.
inline constexpr int patience = 60'000;

/// What every test class is: a warning fails the test function in which it comes, unless that expects it
/// (QTest::ignoreMessage). A class with an init() of its own calls this one first.
class TestCase : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init();
};

} // namespace clipkiln::test
