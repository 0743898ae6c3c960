// What is said of bfloat16 follows from what the processor has.

#include <QTest>

#include "engine/training/cpu_features.h"

using namespace alphascope::engine;

class TestCpuFeatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bfloat16FollowsTheFlags() {
        QCOMPARE(bfloat16Of({}), Bfloat16::Emulated);
        QCOMPARE(bfloat16Of({"avx2", "avx512f"}), Bfloat16::Emulated);
        QCOMPARE(bfloat16Of({"avx2", "avx512f", "avx512_bf16"}), Bfloat16::Vectors);
        QCOMPARE(bfloat16Of({"avx512_bf16", "amx_tile", "amx_bf16"}), Bfloat16::Matrices);
        QCOMPARE(bfloat16Of({"asimd", "bf16"}), Bfloat16::Matrices);
    }

    void flagsOfThisProcessorAreRead() {
#if defined(__x86_64__) && defined(__linux__)
        QVERIFY(cpuFlags().contains("sse2")); // of every 64-bit x86
#else
        QSKIP("only Linux on x86 lists flags that are known beforehand");
#endif
    }
};

QTEST_APPLESS_MAIN(TestCpuFeatures)
#include "tst_cpu_features.moc"
