// Three grey pictures in the channels of one: which ones, and what they are called.

#include <set>

#include <QtTest>

#include "tests/engine/data/data_support.h"

using namespace alphascope::engine;
using namespace alphascope::tests;

namespace {

std::vector<float> channel(const std::vector<float>& picture, std::size_t c) {
    const auto plane = static_cast<std::ptrdiff_t>(picture.size() / 3);
    const auto first = picture.begin() + static_cast<std::ptrdiff_t>(c) * plane;
    return {first, first + plane};
}

} // namespace

class TestStackedSets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void channelsAreGlyphs() {
        const auto stacked = openDataSet("stacked-glyphs", "", 28, 5);
        const auto glyphs = openDataSet("glyphs", "", 28, 5);
        QCOMPARE(stacked->info().labels.size(), std::size_t(1000));
        QCOMPARE(stacked->info().labels[407], std::string("407"));
        std::set<int> labels;
        for (std::uint64_t i = 0; i < 200; ++i) {
            int label = -1;
            const auto picture = pictureOf(*stacked, Split::Train, i, 0, &label);
            int digits[3];
            for (std::size_t c = 0; c < 3; ++c) {
                QVERIFY(channel(picture, c) == pictureOf(*glyphs, Split::Train, 3 * i + c, 0, &digits[c]));
            }
            QCOMPARE(label, 100 * digits[0] + 10 * digits[1] + digits[2]);
            labels.insert(label);
        }
        QVERIFY(labels.size() > 150); // 181 are expected of 1000
    }

    void theTransformTakesEveryPictureOnceAPass() {
        const TestFolder folder;
        folder.write("train-images-idx3-ubyte", idxPictures(12, 28, 28));
        folder.write("train-labels-idx1-ubyte", idxLabels(std::string("\0\1\2\3\4\5\6\7\10\11\0\1", 12)));
        folder.write("t10k-images-idx3-ubyte", idxPictures(6, 28, 28, 100));
        folder.write("t10k-labels-idx1-ubyte", idxLabels(std::string("\5\6\7\10\11\0", 6)));
        const auto grey = openDataSet(folder.path(), "", 0, 3);
        const auto stacked = openDataSet(folder.path(), "stacked", 0, 3);
        QCOMPARE(stacked->channels(), 3);
        QCOMPARE(stacked->count(Split::Train), std::uint64_t(12));
        QCOMPARE(stacked->count(Split::Test), std::uint64_t(6));
        bool fresh = false;
        for (std::uint64_t i = 0; i < 12; ++i) {
            int label = -1;
            int first = -1;
            const auto picture = pictureOf(*stacked, Split::Train, i, 0, &label);
            QVERIFY(channel(picture, 0) == pictureOf(*grey, Split::Train, i, 0, &first));
            QCOMPARE(label / 100, first);
            fresh = fresh || picture != pictureOf(*stacked, Split::Train, i, 1);
            QVERIFY(picture == pictureOf(*stacked, Split::Train, i, 0));
        }
        QVERIFY(fresh); // the next pass stacks others
        // Held-out pictures are stacked from held-out ones alone.
        std::set<std::vector<float>> heldOut;
        for (std::uint64_t i = 0; i < 6; ++i) {
            heldOut.insert(pictureOf(*grey, Split::Test, i));
        }
        for (std::uint64_t i = 0; i < 6; ++i) {
            const auto picture = pictureOf(*stacked, Split::Test, i);
            const auto factors = stacked->factors(Split::Test, i);
            int label = -1;
            pictureOf(*stacked, Split::Test, i, 0, &label);
            QCOMPARE(int(factors[0]) * 100 + int(factors[1]) * 10 + int(factors[2]), label);
            for (std::size_t c = 0; c < 3; ++c) {
                QVERIFY(heldOut.count(channel(picture, c)) == 1);
            }
        }
    }

    void theFingerprintTellsThemApart() {
        const std::string plain = openDataSet("glyphs", "", 28, 1)->fingerprint();
        const std::string stacked = openDataSet("glyphs", "stacked", 28, 1)->fingerprint();
        QVERIFY(plain != stacked);
        QVERIFY(openDataSet("glyphs", "color", 28, 1)->fingerprint() != stacked);
        QCOMPARE(openDataSet("stacked-glyphs", "", 28, 1)->fingerprint(), stacked);
    }

    void withoutTenLabelsThereIsNone() {
        const TestFolder folder;
        const auto set = openDataSet(folder.write("few", idxPictures(12, 28, 28)), "stacked", 0, 3);
        int label = 0;
        pictureOf(*set, Split::Train, 0, 0, &label);
        QCOMPARE(label, -1);
        QVERIFY(set->info().labels.empty());
        QVERIFY(set->factors(Split::Test, 0).empty());
    }

    void colouredSetsAreRefused() {
        EXPECT_ERROR(openDataSet("shapes", "stacked", 0, 1), ErrorKind::Usage,
                     "'stacked' is for grey pictures, and 'shapes' has coloured ones");
        EXPECT_ERROR(openDataSet("stacked-glyphs", "color", 0, 1), ErrorKind::Usage, "grey");
    }

    void aGreyPictureFillsAllChannels() {
        std::vector<float> out(3 * 28 * 28);
        const Image grey = gradient(28, 28, 1);
        prepareImage(grey, "stacked", 3, 28, 1, 0, out);
        QVERIFY(channel(out, 0) == channel(out, 1) && channel(out, 1) == channel(out, 2));
    }
};

QTEST_APPLESS_MAIN(TestStackedSets)
#include "tst_stacked_sets.moc"
