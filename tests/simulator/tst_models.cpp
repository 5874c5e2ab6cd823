// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/modeltable.h"
#include "simulator/models.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

QByteArray builtInText()
{
    return test::readFile(u":/clipkiln/simulator/models.json"_s);
}

simulator::Mode theirMode(Mode mode)
{
    return static_cast<simulator::Mode>(mode);
}

} // namespace

/// The simulator reads the table of models with a parser of its own, so that it does not share our mistakes; both
/// must read the same.
class TestModels : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    const ModelTable m_table = ModelTable::builtIn();
    const simulator::Models m_theirs = simulator::Models::builtIn();

private Q_SLOTS:
    void bothKnowTheSameModels()
    {
        QStringList ours;
        for (const Model& model : m_table.models())
            ours << model.id;
        QStringList theirs;
        for (const simulator::Model& model : m_theirs.list())
            theirs << model.id;
        QCOMPARE(ours, theirs);
        QVERIFY(!ours.isEmpty());
    }

    void bothAgreeOnEachModel_data()
    {
        QTest::addColumn<QString>("id");
        for (const simulator::Model& model : m_theirs.list())
            QTest::newRow(qPrintable(model.id)) << model.id;
    }
    void bothAgreeOnEachModel()
    {
        QFETCH(const QString, id);
        const simulator::Model theirs = *m_theirs.find(id);
        const Model* ours = m_table.find(id);
        QVERIFY(ours);
        QCOMPARE(theirs.aliases, ours->aliases);

        QMap<int, qint64> perSecond;
        for (auto price = ours->perSecond.cbegin(); price != ours->perSecond.cend(); ++price)
            perSecond.insert(price.key().chopped(1).toInt(), price->ticks);
        QCOMPARE(theirs.ticksPerSecond, perSecond);
        QCOMPARE(Money{theirs.ticksPerImage}, ours->perImage.value_or(Money{}));
        QCOMPARE(Money{theirs.ticksPerInputSecond}, ours->perInputSecond.value_or(Money{}));

        for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend}) {
            QCOMPARE(simulator::modeName(theirMode(mode)), toName(mode));
            QCOMPARE(theirs.supports(theirMode(mode)), ours->supports(mode));
            const ModeLimits limits = ours->modes.value(mode);
            const simulator::ModeTerms terms = theirs.modes.value(theirMode(mode));
            QCOMPARE(terms.longestSeconds, limits.maxSeconds);
            QCOMPARE(terms.resolutions, limits.resolutions);
            QCOMPARE(terms.aspectRatios, limits.aspectRatios);
            QCOMPARE(terms.references, limits.maxImages);
            QCOMPARE(terms.keyframes, limits.maxKeyframes);
            QCOMPARE(terms.voices, limits.maxVoices);
            QCOMPARE(terms.lastFrame, limits.lastFrame);
            QCOMPARE(terms.firstFrame, limits.firstFrame);
        }
    }

    void pricesAreReadExactly_data()
    {
        QTest::addColumn<QByteArray>("price");
        QTest::addColumn<qint64>("ticks");
        QTest::newRow("cents") << R"("0.07")"_ba << Q_INT64_C(700'000'000);
        QTest::newRow("a tenth of a cent") << R"("0.001")"_ba << Q_INT64_C(10'000'000);
        QTest::newRow("the smallest there is") << R"("0.0000000001")"_ba << Q_INT64_C(1);
        QTest::newRow("whole dollars") << R"("12")"_ba << Q_INT64_C(120'000'000'000);
        QTest::newRow("none: smaller still") << R"("0.00000000001")"_ba << Q_INT64_C(0);
        QTest::newRow("none: a number") << "0.07"_ba << Q_INT64_C(0);
        QTest::newRow("none: negative") << R"("-1")"_ba << Q_INT64_C(0);
        QTest::newRow("none: with its currency") << R"("$1")"_ba << Q_INT64_C(0);
        QTest::newRow("none: empty") << R"("")"_ba << Q_INT64_C(0);
        QTest::newRow("none: more than any sum can hold") << R"("99999999999999999999")"_ba << Q_INT64_C(0);
    }
    void pricesAreReadExactly()
    {
        QFETCH(const QByteArray, price);
        QFETCH(const qint64, ticks);
        const auto models =
            simulator::Models::fromJson(R"({"models":[{"id":"a","perImage":)" + price + R"(,"perSecond":{"480p":)" +
                                        price + R"(,"p":"1","-5p":"1","480":"1","99999p":"1"}}]})");
        QCOMPARE(models.list().size(), 1);
        QCOMPARE(models.list().first().ticksPerImage, ticks);
        QCOMPARE(models.list().first().ticksPerSecond.value(480), ticks);
        QVERIFY(models.list().first().ticksPerSecond.size() <= 1);
    }

    void aPersonsOwnModelsAreTakenToo()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"models.json"_s);
        QVERIFY(test::writeFile(file, R"({"models":[
            {"id":"mine","modes":{"text":{"maxSeconds":30}},"perSecond":{"480p":"0.5"}},
            {"id":"grok-imagine-video","modes":{"text":{"maxSeconds":4}},"perSecond":{"480p":"1"}}]})"));
        const auto models = simulator::Models::builtInAnd(file);
        QCOMPARE(models.list().size(), m_theirs.list().size() + 1);
        QCOMPARE(models.find(u"mine"_s)->modes.value(simulator::Mode::Text).longestSeconds, 30);
        QCOMPARE(models.find(u"grok-imagine-video"_s)->modes.size(), 1);
        QCOMPARE(models.list().first().id, u"grok-imagine-video"_s);
        QVERIFY(!models.find(u"yours"_s));
        QCOMPARE(simulator::Models::builtInAnd(folder.filePath(u"nowhere"_s)).list().size(), m_theirs.list().size());
        QCOMPARE(simulator::Models::builtInAnd(folder.path()).list().size(), m_theirs.list().size());
        QVERIFY(test::writeFile(file, "no table"));
        QCOMPARE(simulator::Models::builtInAnd(file).list().size(), m_theirs.list().size());
    }

    void noFileCanCrashTheParser()
    {
        const QByteArray text = builtInText();
        QVERIFY(text.size() > 1000);
        for (qsizetype length = 0; length < text.size(); length += 7) // cut off anywhere
            QCOMPARE(simulator::Models::fromJson(text.first(length)).list().size(), 0);
        for (qsizetype i = 0; i < text.size(); i += 3) { // one sign wrong anywhere
            for (const char sign : {'0', '"', '{', ']', '\0'}) {
                QByteArray wrong = text;
                wrong[i] = sign;
                QVERIFY(simulator::Models::fromJson(wrong).list().size() <= m_theirs.list().size());
            }
        }
    }

    void aValueOfTheWrongTypeIsLeftOut_data()
    {
        QTest::addColumn<QJsonValue>("wrong");
        QTest::newRow("null") << QJsonValue();
        QTest::newRow("a number") << QJsonValue(-1e300);
        QTest::newRow("a text") << QJsonValue(u"text"_s);
        QTest::newRow("true") << QJsonValue(true);
        QTest::newRow("a list") << QJsonValue(QJsonArray{QJsonArray{}, 1, u"x"_s});
        QTest::newRow("an object") << QJsonValue(QJsonObject{{u"text"_s, 1}, {u"480p"_s, QJsonArray{}}});
    }
    void aValueOfTheWrongTypeIsLeftOut()
    {
        QFETCH(const QJsonValue, wrong);
        const QJsonObject table = QJsonDocument::fromJson(builtInText()).object();
        const QJsonObject model = table["models"_L1].toArray().first().toObject();
        const auto read = [](const QJsonObject& one) {
            return simulator::Models::fromJson(QJsonDocument(QJsonObject{{u"models"_s, QJsonArray{one}}}).toJson())
                .list();
        };
        for (const QString& field : model.keys()) {
            QJsonObject changed = model;
            changed[field] = wrong;
            QCOMPARE(read(changed).size(), field != u"id"_s || wrong.isString() ? 1 : 0);
        }
        for (const QString& mode : model["modes"_L1].toObject().keys()) {
            for (const QString& field : model["modes"_L1][mode].toObject().keys()) {
                QJsonObject terms = model["modes"_L1][mode].toObject();
                terms[field] = wrong;
                QJsonObject changed = model;
                changed[u"modes"_s] = QJsonObject{{mode, terms}};
                QCOMPARE(read(changed).size(), 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
