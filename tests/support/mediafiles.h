// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>
#include <QStringList>

/// Pictures and videos for tests, made by the ffmpeg command or byte by byte.
namespace clipkiln::test {

/// Runs `ffmpeg <arguments>`; false with its words on the terminal when it fails.
bool runFfmpeg(const QStringList& arguments);

/// A video of 128 x 64 pixels at 24 frames per second in which every frame shows its own number in eight bars.
/// The arguments choose codec and container: {"-c:v", "libx264", "-g", "250"}.
bool makeNumberedVideo(const QString& path, int frames, const QStringList& arguments);
/// The number that such a frame shows.
int numberIn(const QImage& frame);

/// The picture as a file of a format ("jpeg", "png", "webp", "bmp").
QByteArray encoded(const QImage& picture, const char* format);
/// A JPEG with the EXIF mark "turn a quarter to the right" (orientation 6).
QByteArray withQuarterTurn(const QByteArray& jpeg);
/// A PNG with a header that promises this size and next to nothing behind it.
QByteArray pngThatClaims(quint32 width, quint32 height);

/// Writes the rotation of a phone held upright (a quarter turn to the right) into the header of an MP4.
bool turnMp4(const QString& path);

bool writeFile(const QString& path, const QByteArray& content);
QByteArray readFile(const QString& path);

} // namespace clipkiln::test
