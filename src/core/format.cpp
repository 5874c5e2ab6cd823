// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format.h"

#include "core/text.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {
namespace {

QString twoDigits(qint64 number)
{
    const QLocale locale;
    return number < 10 ? locale.zeroDigit() + locale.toString(number) : locale.toString(number);
}

/// A number with at most `decimals` decimals and no zeros at its end.
QString plainNumber(double number, int decimals)
{
    double scale = std::pow(10.0, decimals);
    while (decimals > 0 && std::fmod(std::round(number * scale), 10.0) == 0) {
        --decimals;
        scale /= 10;
    }
    return QLocale().toString(number, 'f', decimals);
}

QString modeWord(Mode mode)
{
    switch (mode) {
    case Mode::Text:
        return Text::tr("text", "mode in a line of settings");
    case Mode::Image:
        return Text::tr("image", "mode in a line of settings");
    case Mode::Reference:
        return Text::tr("reference", "mode in a line of settings");
    case Mode::Edit:
        return Text::tr("edit", "mode in a line of settings");
    case Mode::Extend:
        return Text::tr("extend", "mode in a line of settings");
    }
    return {};
}

/// The length in a line of settings: the asked one, of an edit the source's own; empty when neither is known.
QString lengthText(const GenerationRequest& request)
{
    if (request.duration) {
        const auto length = formatSeconds(static_cast<double>(request.duration->count()));
        return request.mode() == Mode::Extend ? Text::tr("+%1").arg(length) : length;
    }
    if (const auto* edit = std::get_if<EditClip>(&request.inputs)) {
        const auto* file = std::get_if<LocalFile>(&edit->video);
        if (file && file->seconds > 0)
            return formatSeconds(file->seconds);
    }
    return {};
}

} // namespace

QString formatClock(std::chrono::seconds time)
{
    const qint64 all = std::max<qint64>(0, time.count());
    const QLocale locale;
    const auto seconds = twoDigits(all % 60);
    if (all < 3600)
        return u"%1:%2"_s.arg(locale.toString(all / 60), seconds);
    return u"%1:%2:%3"_s.arg(locale.toString(all / 3600), twoDigits(all / 60 % 60), seconds);
}

QString formatClock(double seconds)
{
    return formatClock(std::chrono::seconds(std::llround(seconds)));
}

QString formatPosition(double seconds)
{
    // A hundredth that binary fractions put a hair below itself (0.29 * 100 = 28.99…) still counts as reached.
    const auto hundredths = static_cast<qint64>(std::floor(std::max(0.0, seconds) * 100 + 1e-6));
    return formatClock(std::chrono::seconds(hundredths / 100)) + QLocale().decimalPoint() + twoDigits(hundredths % 100);
}

QString formatSpan(double seconds)
{
    const qint64 all = std::max<qint64>(0, std::llround(seconds));
    const QLocale locale;
    if (all < 60)
        return Text::tr("%1 s").arg(locale.toString(all));
    if (all < 3600)
        return Text::tr("%1 min %2 s").arg(locale.toString(all / 60), locale.toString(all % 60));
    return Text::tr("%1 h %2 min").arg(locale.toString(all / 3600), locale.toString(all / 60 % 60));
}

QString formatSeconds(double seconds)
{
    return Text::tr("%1 s").arg(plainNumber(seconds, 1));
}

QString formatHundredths(double seconds)
{
    return Text::tr("%1 s").arg(plainNumber(seconds, 2));
}

QString formatMeasured(double seconds)
{
    return Text::tr("%1 s").arg(QLocale().toString(seconds, 'f', 1));
}

QString formatExact(double seconds)
{
    return Text::tr("%1 s").arg(QLocale().toString(seconds, 'f', 2));
}

QString formatBytes(qint64 bytes)
{
    double shown = static_cast<double>(bytes);
    while (shown >= 999.5)
        shown /= 1000;
    return QLocale().formattedDataSize(bytes, shown < 9.95 ? 1 : 0, QLocale::DataSizeSIFormat);
}

QString formatBytesOf(qint64 done, qint64 total)
{
    if (total <= 0)
        return formatBytes(done);
    const bool mega = total >= 100'000;
    const double unit = mega ? 1e6 : 1e3;
    const auto number = [unit](qint64 bytes) { return QLocale().toString(static_cast<double>(bytes) / unit, 'f', 1); };
    return (mega ? Text::tr("%1 of %2 MB") : Text::tr("%1 of %2 kB")).arg(number(done), number(total));
}

QString formatPercent(int percent)
{
    return Text::tr("%1 %").arg(QLocale().toString(percent));
}

QString formatSize(const QSize& size)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return u"%1 × %2"_s.arg(locale.toString(size.width()), locale.toString(size.height()));
}

QString formatRatio(const QSize& size)
{
    if (size.isEmpty())
        return {};
    constexpr std::array<std::pair<int, int>, 9> common{
        {{16, 9}, {9, 16}, {1, 1}, {4, 3}, {3, 4}, {3, 2}, {2, 3}, {21, 9}, {9, 21}}};
    const double ratio = static_cast<double>(size.width()) / size.height();
    const QLocale locale;
    for (const auto& [width, height] : common) {
        if (std::abs(ratio * height / width - 1) <= 0.01)
            return u"%1:%2"_s.arg(locale.toString(width), locale.toString(height));
    }
    return u"%1:%2"_s.arg(plainNumber(ratio, 2), locale.toString(1));
}

QString formatAbout(Money money)
{
    constexpr std::int64_t mill = Money::ticksPerDollar / 1000;
    return Text::tr("about %1").arg(formatUsd({(money.ticks + mill - 1) / mill * mill}));
}

QString formatMoment(const QDateTime& utc)
{
    return QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat);
}

QString formatSettings(const GenerationRequest& request)
{
    QStringList parts{modeWord(request.mode())};
    if (const auto length = lengthText(request); !length.isEmpty())
        parts << length;
    if (request.resolution)
        parts << *request.resolution;
    return parts.join(u" · "_s);
}

} // namespace clipkiln
