// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace clipkiln::test {

/// What every test class is: a warning fails the test function in which it comes, unless that expects it
/// (QTest::ignoreMessage). A class with an init() of its own calls this one first.
class TestCase : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init();
};

} // namespace clipkiln::test
