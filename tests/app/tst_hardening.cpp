// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/program.h"
#include "support/testcase.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <elf.h>

#include <cstring>

using namespace clipkiln::test;
using namespace Qt::StringLiterals;

namespace {

/// What the linker wrote into a 64-bit program about its protection.
struct Elf
{
    bool isProgram = false; ///< readable, of 64 bits
    bool isPie = false;
    bool bindsAtOnce = false;       ///< all addresses are looked up at the start and then read-only
    bool hasReadOnlyTables = false; ///< PT_GNU_RELRO
    bool hasExecutableStack = true;
    QList<QByteArray> symbols; ///< it takes from libraries
};

template <typename T>
T at(const QByteArray& bytes, quint64 offset)
{
    T value{};
    if (offset + sizeof(T) <= static_cast<quint64>(bytes.size()))
        std::memcpy(&value, bytes.constData() + offset, sizeof(T));
    return value;
}

Elf readElf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    const auto header = at<Elf64_Ehdr>(bytes, 0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
        return {};
    Elf elf;
    elf.isProgram = true;
    for (quint64 i = 0; i < header.e_phnum; ++i) {
        const auto segment = at<Elf64_Phdr>(bytes, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (segment.p_type == PT_GNU_RELRO)
            elf.hasReadOnlyTables = true;
        if (segment.p_type == PT_GNU_STACK)
            elf.hasExecutableStack = (segment.p_flags & PF_X) != 0;
        if (segment.p_type != PT_DYNAMIC)
            continue;
        for (quint64 offset = 0; offset < segment.p_filesz; offset += sizeof(Elf64_Dyn)) {
            const auto entry = at<Elf64_Dyn>(bytes, segment.p_offset + offset);
            if (entry.d_tag == DT_FLAGS_1) {
                elf.isPie = header.e_type == ET_DYN && (entry.d_un.d_val & DF_1_PIE) != 0;
                elf.bindsAtOnce = elf.bindsAtOnce || (entry.d_un.d_val & DF_1_NOW) != 0;
            }
            if (entry.d_tag == DT_FLAGS)
                elf.bindsAtOnce = elf.bindsAtOnce || (entry.d_un.d_val & DF_BIND_NOW) != 0;
        }
    }
    for (quint64 i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf64_Shdr>(bytes, header.e_shoff + i * sizeof(Elf64_Shdr));
        if (section.sh_type != SHT_DYNSYM)
            continue;
        const auto names = at<Elf64_Shdr>(bytes, header.e_shoff + section.sh_link * sizeof(Elf64_Shdr));
        for (quint64 offset = 0; offset < section.sh_size; offset += sizeof(Elf64_Sym)) {
            const auto symbol = at<Elf64_Sym>(bytes, section.sh_offset + offset);
            const quint64 name = names.sh_offset + symbol.st_name;
            if (symbol.st_shndx == SHN_UNDEF && name < static_cast<quint64>(bytes.size()))
                elf.symbols.append(QByteArray(bytes.constData() + name));
        }
    }
    return elf;
}

} // namespace

/// How the program is built and how it runs: what makes a fault in it harder to use.
class TestHardening : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theProgramIsHardened()
    {
        const QStringList flags = QStringLiteral(CLIPKILN_HARDENING).split(u' ', Qt::SkipEmptyParts);
        if (flags.isEmpty())
            QSKIP("Only a release is hardened.");
        for (const QString& flag : {u"-fstack-protector-strong"_s, u"-D_FORTIFY_SOURCE=2"_s})
            QVERIFY2(flags.contains(flag), qPrintable(flags.join(u' ')));
        const Elf elf = readElf(qEnvironmentVariable("CLIPKILN_PROGRAM"));
        if (!elf.isProgram)
            QSKIP("The program has another format than this test reads.");
        QVERIFY(elf.isPie);
        QVERIFY(elf.bindsAtOnce);
        QVERIFY(elf.hasReadOnlyTables);
        QVERIFY(!elf.hasExecutableStack);
        QVERIFY(elf.symbols.contains("__stack_chk_fail"));
    }

    void theRunningProgramShowsNoKey()
    {
        const Program program;
        const auto process = program.start({u"serve"_s, u"--port"_s, u"0"_s});
        QTRY_VERIFY(process->canReadLine()); // it serves
        const auto read = [&process](const QString& name) {
            QFile file(u"/proc/%1/%2"_s.arg(process->processId()).arg(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray environment = read(u"environ"_s);
        QVERIFY(!environment.isEmpty());
        QVERIFY(!environment.contains(Program::key));
        QVERIFY(!read(u"cmdline"_s).contains(Program::key));
        const QList<QByteArray> limits = read(u"limits"_s).split('\n');
        const auto isCore = [](const QByteArray& line) { return line.startsWith("Max core file size"); };
        const auto core = std::find_if(limits.begin(), limits.end(), isCore);
        QVERIFY(core != limits.end());
        QCOMPARE(core->simplified(), QByteArray("Max core file size 0 0 bytes"));
        process->kill();
        QVERIFY(process->waitForFinished());
    }
};

QTEST_MAIN(TestHardening)

#include "tst_hardening.moc"
