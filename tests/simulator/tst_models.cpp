// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"
#include "simulator/models.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The simulator keeps a table of its own, so that it does not agree with our mistakes; the two must tell one story.
class TestModels : public QObject
{
    Q_OBJECT

private:
    const ModelTable m_table = ModelTable::builtIn();

private Q_SLOTS:
    void bothKnowTheSameModels()
    {
        QStringList ours;
        for (const Model& model : m_table.models())
            ours << model.id;
        QStringList theirs;
        for (const simulator::Model& model : simulator::models())
            theirs << model.id;
        QCOMPARE(ours, theirs);
    }

    void bothAgreeOnEachModel_data()
    {
        QTest::addColumn<QString>("id");
        for (const simulator::Model& model : simulator::models())
            QTest::newRow(qPrintable(model.id)) << model.id;
    }
    void bothAgreeOnEachModel()
    {
        QFETCH(const QString, id);
        const simulator::Model theirs = *simulator::modelNamed(id);
        const Model* ours = m_table.find(id);
        QVERIFY(ours);
        QCOMPARE(ours->aliases, theirs.aliases);

        QMap<int, qint64> perSecond;
        for (auto price = ours->perSecond.cbegin(); price != ours->perSecond.cend(); ++price)
            perSecond.insert(price.key().chopped(1).toInt(), price->ticks);
        QCOMPARE(perSecond, theirs.ticksPerSecond);
        QCOMPARE(ours->perImage.value_or(Money{}), Money{theirs.ticksPerImage});

        QCOMPARE(ours->takes(Mode::Edit), theirs.editsAndExtends);
        QCOMPARE(ours->takes(Mode::Extend), theirs.editsAndExtends);
        QCOMPARE(theirs.inputModalities.contains(u"video"_s), theirs.editsAndExtends);
        if (theirs.editsAndExtends)
            QCOMPARE(ours->perInputSecond, std::optional(Money{simulator::ticksPerInputSecond}));

        const ModeLimits reference = ours->modes.value(Mode::Reference);
        QCOMPARE(reference.maxImages, theirs.references);
        QCOMPARE(reference.maxSeconds, theirs.referenceSeconds);
        QCOMPARE(reference.firstFrame, theirs.extras);
        QCOMPARE(reference.maxVoices > 0, theirs.extras);
        QCOMPARE(ours->modes.value(Mode::Image).lastFrame, theirs.extras);
        QCOMPARE(ours->modes.value(Mode::Text).maxKeyframes > 0, theirs.extras);
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
