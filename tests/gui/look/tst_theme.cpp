// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "support/testcase.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace clipkiln;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

} // namespace

class TestTheme : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.applyTo(*qApp); }

    void textCanBeRead_data()
    {
        QTest::addColumn<Theme::Choice>("choice");
        QTest::addColumn<Token>("text");
        QTest::addColumn<Token>("surface");
        const QList<Token> surfaces{Token::Window, Token::Panel, Token::Raised, Token::Hover, Token::Selected};
        const QList<Token> texts{Token::Text, Token::Text2, Token::Text3,     Token::Accent, Token::Info,
                                 Token::Done, Token::Warn,  Token::Moderated, Token::Failed};
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            const char* name = choice == Theme::Choice::Dark ? "dark" : "light";
            for (const Token surface : surfaces) {
                for (const Token text : texts) {
                    if (text == Token::Text3 && surface == Token::Selected)
                        continue; // the look forbids this pair
                    QTest::addRow("%s: text %d on surface %d", name, int(text), int(surface))
                        << choice << text << surface;
                }
            }
            QTest::addRow("%s: the primary action", name) << choice << Token::OnAccent << Token::Accent;
        }
    }

    void textCanBeRead()
    {
        QFETCH(Theme::Choice, choice);
        QFETCH(Token, text);
        QFETCH(Token, surface);
        m_theme.setChoice(choice);
        const double found = contrast(m_theme.color(text), m_theme.color(surface));
        QVERIFY2(found >= 4.5, qPrintable(QString::number(found)));
    }

    void theStageIsDarkInBoth()
    {
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            m_theme.setChoice(choice);
            QVERIFY(contrast(m_theme.onStage(Token::Text3), m_theme.color(Token::Stage)) >= 4.5);
            QVERIFY(m_theme.color(Token::Stage).lightness() < 30);
        }
    }

    void theStyleSheetIsFilledIn()
    {
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            m_theme.setChoice(choice);
            const QString sheet = qApp->styleSheet();
            QVERIFY(!sheet.isEmpty());
            static const QRegularExpression leftOver(u"[@%]"_s);
            QVERIFY2(!sheet.contains(leftOver), qPrintable(sheet.mid(sheet.indexOf(leftOver), 40)));
            static const QRegularExpression picture(u"url\\(([^)]+)\\)"_s);
            for (const auto& match : picture.globalMatch(sheet))
                QVERIFY2(QFile::exists(match.captured(1)), qPrintable(match.captured(1)));
        }
    }

    /// The style sheet cannot tint pictures, so theirs repeat the tokens.
    void picturesOfControlsHaveTheTokensColours()
    {
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            m_theme.setChoice(choice);
            const QString scheme = choice == Theme::Choice::Dark ? u"dark"_s : u"light"_s;
            for (const auto& [name, token] : {std::pair{u"down"_s, Token::Text2}, std::pair{u"up"_s, Token::Text2},
                                              std::pair{u"check"_s, Token::OnAccent}}) {
                QFile file(u":/clipkiln/icons/control-%1-%2.svg"_s.arg(name, scheme));
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY(QString::fromUtf8(file.readAll()).contains(m_theme.color(token).name(), Qt::CaseInsensitive));
            }
        }
    }

    void iconsFollowTheTheme()
    {
        const QIcon icon = m_theme.icon(u"play"_s);
        const auto strongest = [&icon] {
            const QImage image = icon.pixmap(QSize(24, 24)).toImage();
            QColor best(0, 0, 0, 0);
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y).alpha() > best.alpha())
                        best = image.pixelColor(x, y);
            return best;
        };
        m_theme.setChoice(Theme::Choice::Light);
        const QColor light = strongest();
        m_theme.setChoice(Theme::Choice::Dark);
        const QColor dark = strongest();
        QVERIFY(light.alpha() > 200);
        QVERIFY(dark.lightness() > light.lightness() + 60);
    }

    void theSameChoiceAgainPaintsNothingAnew()
    {
        m_theme.setChoice(Theme::Choice::Light);
        QSignalSpy changed(&m_theme, &Theme::changed);
        m_theme.setChoice(Theme::Choice::Light);
        QCOMPARE(changed.count(), 0);
        m_theme.setChoice(Theme::Choice::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void fontsGrowWithThePersonsFont()
    {
        const QFont before = QApplication::font();
        const double small = m_theme.font(Theme::TextSize::Small).pointSizeF();
        QFont larger = before;
        larger.setPointSizeF(before.pointSizeF() * 2);
        QApplication::setFont(larger);
        QCOMPARE(m_theme.font(Theme::TextSize::Small).pointSizeF(), small * 2);
        QApplication::setFont(before);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
